import type { Session } from '../session.svelte.ts';
import { Turns } from '../segments/background-answer.svelte.ts';
import { Explore } from './explore.svelte.ts';
import { Advice } from './advice.svelte.ts';
import { AuditBoard } from './audit.svelte.ts';
import { Explanation } from './explanation.svelte.ts';
import { SegmentsOverTime } from './over-time.svelte.ts';
import { Passports } from './passports.svelte.ts';

/** What checking segments needs of a session. */
export type Checked = Session;

/** How far segments can be trusted: each screen's answers, made in the background while it is open, one after the other. */
export class Validation {
	readonly turns: Turns;
	readonly advice: Advice;
	readonly explore: Explore;
	readonly explanation: Explanation;
	readonly audit: AuditBoard;
	readonly overTime: SegmentsOverTime;
	readonly passports: Passports;

	constructor(readonly session: Checked) {
		this.turns = new Turns(session.onRun);
		this.advice = new Advice(session, this.turns);
		this.explore = new Explore(this);
		this.explanation = new Explanation(this);
		this.audit = new AuditBoard(this);
		this.overTime = new SegmentsOverTime(session, this.turns);
		this.passports = new Passports(session, this.turns, this.overTime);
	}
}
