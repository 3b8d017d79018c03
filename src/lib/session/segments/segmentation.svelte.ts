import type { Session } from '../session.svelte.ts';
import { AgreedCounts } from './agreed.svelte.ts';
import { CartBoard } from './carts.svelte.ts';
import { Ideas } from './ideas.svelte.ts';
import { JourneyBoard } from './journeys.svelte.ts';
import { RuleDraft } from './rule-draft.svelte.ts';
import { SegmentBoard } from './segment-board.svelte.ts';

/** What the screens on segments of the user's own keep. */
export class Segmentation {
	readonly draft: RuleDraft;
	readonly ideas: Ideas;
	readonly carts: CartBoard;
	readonly journeys: JourneyBoard;
	readonly board: SegmentBoard;
	readonly agreed: AgreedCounts;

	constructor(session: Session) {
		this.draft = new RuleDraft(session);
		this.ideas = new Ideas(session);
		this.carts = new CartBoard(session);
		this.journeys = new JourneyBoard(session);
		this.board = new SegmentBoard(session);
		this.agreed = new AgreedCounts(session);
	}
}
