import { valuesAt } from '#lib/core/matrix.ts';
import { breathe } from '#lib/core/pause.ts';
import { median } from '#lib/stats/quantile.ts';
import { customerOrders, type CustomerRow, type OrderRow } from '#lib/pipeline/segment/customer-list.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { AUDIT_CARDS, countVerdicts, drawAudit, type AuditCount } from '#lib/pipeline/validate/audit/draw.ts';
import type { Audit, Verdict } from '#lib/pipeline/validate/schema.ts';
import { setAudit } from '#lib/recipe/validate-edits.ts';
import { BackgroundAnswer, type Asked } from '../segments/background-answer.svelte.ts';
import { boardSegments, type BoardSegment } from '../segments/board-segments.ts';
import { examplesOf } from '../segments/draft-people.ts';
import type { Validation } from './validation.svelte.ts';

/** A number of a customer beside what is typical. */
export interface CardNumber {
	readonly feature: string;
	readonly value: number;
	/** Medians of the segment and of everyone. */
	readonly typical: number;
	readonly typicalAll: number;
}

/** A person to look at. */
export interface AuditCard {
	readonly customer: CustomerRow;
	readonly numbers: readonly CardNumber[];
}

/** The cards of a segment. */
export interface Deck {
	readonly cards: readonly AuditCard[];
	readonly members: number;
	readonly people: string;
}

/** Shown on every card, besides what was compared. */
const USUAL = ['recency_days', 'frequency', 'monetary_total'];
const MOST_NUMBERS = 8;
const ORDERS = 5;

/** People of a segment looked at one by one, and what was said of them. */
export class AuditBoard {
	readonly #of: Validation;
	#chosen = $state.raw<SegmentRef | null>(null);
	readonly deck: BackgroundAnswer<Deck>;

	constructor(of: Validation) {
		this.#of = of;
		this.deck = new BackgroundAnswer(of.turns, {
			asked: () => this.#asked(),
			make: (stop) => this.#deal(this.#seed, stop)
		});
	}

	/** The segments that can be looked at, the natural ones first. */
	readonly segments: readonly BoardSegment[] = $derived.by(() => {
		const known = boardSegments(this.#of.session, new Map()).filter(({ members }) => members !== null);
		return [
			...known.filter(({ kind }) => kind === 'cluster'),
			...known.filter(({ kind }) => kind !== 'cluster')
		];
	});

	/** The segment whose people are looked at; null where there is none. */
	readonly segment: BoardSegment | null = $derived.by(
		() => this.segments.find(({ ref }) => ref === this.#chosen) ?? this.segments[0] ?? null
	);

	/** What the recipe keeps of the segment. */
	readonly #kept: Audit | null = $derived.by(
		() => this.#of.session.recipe.validate.audits.find(({ segment }) => segment === this.segment?.ref) ?? null
	);

	readonly #seed: number = $derived.by(
		() => this.#kept?.seed ?? this.#of.session.recipe.segment.clustering.seed
	);

	/** What the cards are made of: they hold as long as it is the same. */
	readonly #basis: readonly unknown[] = $derived.by(() => {
		const { features, customers, clustering, rfm, own, queries, details } = this.#of.session;
		return [features, customers, clustering, rfm, own, queries, details];
	});

	/** True where verdicts were of other people: the segment or the data has changed since. */
	readonly isStale: boolean = $derived.by(() => {
		const people = this.deck.now?.people;
		return people !== undefined && this.#kept !== null && this.#kept.people !== people;
	});

	/** The verdicts of the cards that are shown. */
	readonly verdicts: readonly (Verdict | null)[] = $derived.by(() => {
		const cards = this.deck.now?.cards ?? [];
		const said = this.isStale ? [] : (this.#kept?.verdicts ?? []);
		return cards.map((_, card) => said[card] ?? null);
	});

	readonly count: AuditCount = $derived.by(() => countVerdicts(this.verdicts, this.verdicts.length));

	/** Every audit that is kept, with the name of its segment; those of segments that are gone are left out. */
	readonly done: readonly { readonly segment: BoardSegment; readonly count: AuditCount }[] = $derived.by(() =>
		this.#of.session.recipe.validate.audits.flatMap(({ segment: ref, verdicts }) => {
			const segment = this.segments.find((each) => each.ref === ref);
			const isBegun = verdicts.some((verdict) => verdict !== null);
			return segment && isBegun ? [{ segment, count: countVerdicts(verdicts, verdicts.length) }] : [];
		})
	);

	/** Looks at the people of another segment. */
	choose(segment: SegmentRef): void {
		this.#chosen = segment;
	}

	/** Says of a card what it is; null takes it back. */
	say(card: number, verdict: Verdict | null): void {
		const deck = this.deck.now;
		if (deck === null) return;
		const verdicts = this.verdicts.map((said, at) => (at === card ? verdict : said));
		this.#keep(this.#seed, verdicts, deck.people);
	}

	/** Draws other people; what was said of those before is forgotten, and undo brings it back. */
	drawAgain(signal: AbortSignal): Promise<void> {
		return this.#of.turns.take(signal, async (stop) => {
			const seed = (this.#seed + 1) >>> 0;
			const { people, cards } = await this.#deal(seed, stop);
			stop.throwIfAborted();
			this.#keep(
				seed,
				cards.map(() => null),
				people
			);
		});
	}

	/** The newest orders of a person. */
	async ordersOf({ customer }: AuditCard): Promise<readonly OrderRow[]> {
		const orders = await customerOrders(this.#of.session.runner.engine, customer.customerId);
		return orders.slice(0, ORDERS);
	}

	#keep(seed: number, verdicts: readonly (Verdict | null)[], people: string): void {
		if (this.segment === null) return;
		this.#of.session.edit(setAudit({ segment: this.segment.ref, seed, verdicts: [...verdicts], people }));
	}

	#asked(): Asked | null {
		const { busy, customers } = this.#of.session;
		if (busy || customers === null || this.segment === null) return null;
		return { key: `${this.segment.ref} ${this.#seed}`, basis: this.#basis };
	}

	async #deal(seed: number, stop: AbortSignal): Promise<Deck> {
		const { session } = this.#of;
		const select = this.segment?.members;
		if (!select) throw new Error('there is nobody to look at');
		const { rows, members, people } = await drawAudit(session.runner.engine, select, seed, stop);
		const customers = await examplesOf(session, Int32Array.from(rows), AUDIT_CARDS, stop);
		const numbersOf = await this.#numbersOf(members);
		const cards = customers
			.toSorted((a, b) => a.idx - b.idx)
			.map((customer) => ({ customer, numbers: numbersOf(customer.idx) }));
		return { cards, members: members.length, people };
	}

	async #numbersOf(members: Int32Array): Promise<(row: number) => CardNumber[]> {
		const { customers, clustering } = this.#of.session;
		const features = [...new Set([...USUAL, ...(clustering?.result.features ?? [])])];
		const known: (Omit<CardNumber, 'value'> & { readonly values: Float64Array })[] = [];
		for (const feature of features) {
			const values = customers?.features.get(feature);
			if (!values) continue;
			await breathe();
			const typical = median(valuesAt(values, members));
			known.push({ feature, values, typical, typicalAll: median(values) });
		}
		return (row) =>
			known.slice(0, MOST_NUMBERS).map(({ values, ...rest }) => ({ ...rest, value: values[row] as number }));
	}
}
