import { missingNeeds } from '#lib/pipeline/features/needs.ts';
import { countAgreedCarts } from '#lib/pipeline/export/carts-csv.ts';
import type {
	CartBoardResult,
	CartFilter,
	CartPerson,
	CartStageId
} from '#lib/pipeline/segment/carts/result.ts';
import type { CartTableScope } from '#lib/pipeline/segment/carts/board.sql.ts';
import { cartBoard, cartPeople, cartRows } from '#lib/pipeline/segment/carts/step.ts';
import type { Condition } from '#lib/pipeline/segment/rules/schema.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import type { Session } from '../session.svelte.ts';
import { audienceOf } from '../downloads.ts';
import { BackgroundAnswer, Turns, type Asked } from './background-answer.svelte.ts';
import { cartScopeOf } from './cart-file.ts';
import { idsOfRows } from './draft-people.ts';

/** The carts of everybody, and whether any file tells of carts. */
export interface CartAnswer {
	readonly board: CartBoardResult;
	readonly isTold: boolean;
	/** How many people agreed to e-mail, by stage; null where the files do not tell. */
	readonly agreed: ReadonlyMap<CartStageId, number> | null;
}

/** The carts that were left; looked at while their screen is open. */
export class CartBoard {
	readonly #session: Session;
	readonly #turns: Turns;
	readonly answer: BackgroundAnswer<CartAnswer>;
	/** True after the user stopped the work. */
	isStopped = $state(false);

	constructor(session: Session) {
		this.#session = session;
		this.#turns = new Turns(session.onRun);
		this.answer = new BackgroundAnswer(this.#turns, {
			asked: () => this.#asked(),
			make: (stop) => this.#look(stop)
		});
	}

	/** A page of the people with such a cart, those with most in it first. */
	people(filter: CartFilter, offset: number, limit: number): Promise<CartPerson[]> {
		return cartPeople(this.#session.runner.engine, filter, { offset, limit }, new AbortController().signal);
	}

	/** Picks the customers with such a cart; picking the same again lets them go. */
	pick(filter: CartFilter, title: string): Promise<void> {
		return this.#turns.take(new AbortController().signal, async (stop) => {
			if (this.answer.now === null) return;
			const { engine } = this.#session.runner;
			const rows = await cartRows(engine, filter, stop);
			const ids = await idsOfRows(engine, rows, stop);
			this.#session.select({ kind: 'listed', title, ids });
		});
	}

	/** Adds a living rule of these conditions to the own segments; the answer is the name that it got. */
	keep(name: string, conditions: readonly Condition[]): string {
		const { recipe, history } = this.#session;
		const id = nextSegmentId(recipe, [...history.past, ...history.future]);
		const rule = { kind: 'group', match: 'all', conditions: [...conditions] } as const;
		this.#session.edit(addSegment(id, { kind: 'rule', name, rule }));
		return this.#session.recipe.segment.own.segments.at(-1)?.name ?? name;
	}

	async #look(stop: AbortSignal): Promise<CartAnswer> {
		const { engine } = this.#session.runner;
		const scope = this.#scope();
		const missing = await missingNeeds(
			engine,
			['event_carts'],
			{ asOf: scope.asOf, params: scope.featureParams },
			stop
		);
		const board = await cartBoard(engine, scope, stop);
		const isConsentTold = audienceOf(this.#session)?.consents.includes('email_consent') ?? false;
		const agreed = isConsentTold ? await countAgreedCarts({ engine, signal: stop }) : null;
		return { isTold: missing.size === 0, board, agreed };
	}

	#scope(): CartTableScope {
		const scope = cartScopeOf(this.#session);
		if (scope === null) throw new Error('there are no customers whose carts could be looked at');
		return scope;
	}

	/** Nothing while a run changes what the answer is made of. */
	#asked(): Asked | null {
		const { rfm, busy, own, recipe } = this.#session;
		return rfm === null || own === null || busy
			? null
			: { key: JSON.stringify(recipe.segment.carts), basis: rfm };
	}
}
