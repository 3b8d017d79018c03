import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Audit, ValidateParams, Verdict } from '#lib/pipeline/validate/schema.ts';

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
	fits: 'fits',
	'does-not-fit': 'does not fit',
	unsure: 'cannot be told'
};

/** What an edit did to how segments are checked; null where it is the same. */
export function validateChange(before: ValidateParams, after: ValidateParams): string | null {
	const audits = auditsChange(before.audits, after.audits);
	if (audits) return audits;
	if (!isSame(before.testing, after.testing)) return testingChange(before.testing, after.testing);
	const refs = Object.keys({ ...before.plans, ...after.plans });
	const ref = refs.find((each) => before.plans[each] !== after.plans[each]);
	if (ref === undefined) return null;
	const plan = after.plans[ref];
	return plan === undefined ? 'Took back the plan for a segment' : `Plan for a segment: ${plan}`;
}

function auditsChange(before: readonly Audit[], after: readonly Audit[]): string | null {
	if (before === after) return null;
	const old = new Map<SegmentRef, Audit>(before.map((audit) => [audit.segment, audit]));
	const changed = after.find((audit) => !isSame(audit, old.get(audit.segment)));
	if (!changed) return null;
	const previous = old.get(changed.segment);
	const isGoingOn = previous?.people === changed.people && previous.seed === changed.seed;
	const said = changed.verdicts.findIndex(
		(verdict, card) => verdict !== ((isGoingOn ? previous.verdicts[card] : null) ?? null)
	);
	const verdict = changed.verdicts[said];
	if (said < 0) return `Drew ${changed.verdicts.length} people to look at`;
	return `Audit, card ${said + 1}: ${verdict ? VERDICT_WORDS[verdict] : 'verdict taken back'}`;
}

function testingChange(before: ValidateParams['testing'], after: ValidateParams['testing']): string {
	if (before.baselineRate !== after.baselineRate) {
		return after.baselineRate === null
			? 'Tests start from the share that orders anyway'
			: `Tests start from ${percent(after.baselineRate)}`;
	}
	if (before.holdoutShare !== after.holdoutShare) return `Tests hold ${percent(after.holdoutShare)} back`;
	if (before.power !== after.power) return `Tests find a lift in ${percent(after.power)} of cases`;
	return `Tests are wrong in at most ${percent(after.alpha)} of cases`;
}

function percent(share: number): string {
	return `${Math.round(share * 1000) / 10}%`;
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
