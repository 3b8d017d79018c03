import { isAbort } from '#lib/core/errors.ts';
import type { PerturbationOutput } from '#lib/pipeline/segment/compute.ts';
import { gradeSegment, type SegmentGrade } from '#lib/pipeline/segment/describe.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { FairnessResult } from '#lib/pipeline/validate/fairness/schema.ts';
import { disturbSegments, segmentsToGrade } from '#lib/pipeline/validate/passport/ask.ts';
import { gradePassport, NO_GROUP_REASON } from '#lib/pipeline/validate/passport/grade.ts';
import { collectPassports, type PassportsOutcome } from '#lib/pipeline/validate/passport/passports.ts';
import type { Grade, Passport } from '#lib/pipeline/validate/passport/schema.ts';
import type { Session } from '../session.svelte.ts';
import { factsOf } from '../segments/ask.ts';
import { BackgroundAnswer, type Turns } from '../segments/background-answer.svelte.ts';
import type { SegmentsOverTime } from './over-time.svelte.ts';

/** What a session shows, as far as passports need it. */
type Described = Pick<
	Session,
	| 'busy'
	| 'isRunning'
	| 'finish'
	| 'events'
	| 'features'
	| 'library'
	| 'rfm'
	| 'clustering'
	| 'own'
	| 'queries'
	| 'recipe'
	| 'runner'
	| 'format'
>;

/** A grade as a screen shows it: `testing` where it would be one to trust, but not every test is done. */
export type ToldGrade = SegmentGrade | { readonly grade: 'testing'; readonly reason: string };

const TESTING: ToldGrade = {
	grade: 'testing',
	reason: 'Small changes and earlier days are still being looked at.'
};

/** What passports need of earlier days. */
type EarlierDays = Pick<SegmentsOverTime, 'past' | 'naturalWanted' | 'pastWanted' | 'lookBack'>;

/** What was collected, and the results that it is of. */
interface Collected extends PassportsOutcome {
	/** What small changes and earlier days say of natural segments is in it, or cannot be. */
	readonly isWhole: boolean;
	readonly of: Pick<Session, 'own' | 'clustering'>;
}

/** One card per segment with its grade: made when a screen shows them or a file needs them, and kept until the results change. */
export class Passports {
	readonly #session: Described;
	readonly #overTime: EarlierDays;
	readonly #disturbed: BackgroundAnswer<PerturbationOutput | null>;
	readonly #collected: BackgroundAnswer<Collected>;
	/** What could not be made, of which results: it is not tried again while both stay. */
	#failed = $state.raw<{ readonly wanted: string; readonly own: Session['own'] } | null>(null);

	/** @param overTime what earlier days say of natural segments and of own rules */
	constructor(session: Described, turns: Turns, overTime: EarlierDays) {
		this.#session = session;
		this.#overTime = overTime;
		this.#disturbed = new BackgroundAnswer(turns, {
			asked: () => {
				const { clustering, busy } = session;
				return clustering === null || busy ? null : { key: 'disturbed', basis: clustering };
			},
			make: (stop) => this.#disturb(stop)
		});
		this.#collected = new BackgroundAnswer(turns, {
			asked: () => {
				const { own, busy, recipe } = session;
				if (own === null || busy) return null;
				const parts = [recipe.validate, this.#disturbed.now !== null, overTime.pastWanted];
				return { key: JSON.stringify(parts), basis: own };
			},
			make: (stop) => this.#collect(stop)
		});
	}

	/** The latest that was collected of the results of now, which may lack what is still being made. */
	readonly #outcome: Collected | null = $derived.by(() => {
		const { latest } = this.#collected;
		const { own, clustering } = this.#session;
		const isOfNow = own !== null && latest?.of.own === own && latest.of.clustering === clustering;
		return isOfNow ? latest : null;
	});

	/** The passports of natural segments, own ones, saved ones and RFM groups; null while they are being made. */
	readonly all: readonly Passport[] | null = $derived(
		this.#outcome?.facts.map((facts) => gradePassport(facts, this.#session.format)) ?? null
	);

	/** What the search for natural segments told of each: their grades until there are passports. */
	readonly #first: ReadonlyMap<SegmentRef, SegmentGrade> = $derived.by(() => {
		const { clustering, features } = this.#session;
		if (clustering === null) return new Map();
		const { clusterCount, profiles } = clustering.result;
		const customers = features?.customers ?? 0;
		return new Map(
			profiles.map((profile) => [
				`cluster:${clusterCount}:${profile.cluster}`,
				profile.isNoise ? { grade: 'stop', reason: NO_GROUP_REASON } : gradeSegment(profile, customers)
			])
		);
	});

	readonly #graded: ReadonlyMap<SegmentRef, SegmentGrade> = $derived(
		new Map([
			...this.#first,
			...(this.all ?? []).map(({ segment, ...passport }): [SegmentRef, SegmentGrade] => [segment, passport])
		])
	);

	/** Every test of natural segments is done, or failed and is not tried again. */
	readonly isTested: boolean = $derived((this.#outcome?.isWhole ?? false) || this.#hasFailed);

	/** How far a segment can be trusted and why; null where nothing is known. Trust is told only when every test is done. */
	gradeOf(segment: SegmentRef): ToldGrade | null {
		const known = this.#graded.get(segment) ?? null;
		return known?.grade === 'trust' && this.#first.has(segment) && !this.isTested ? TESTING : known;
	}

	/** How evenly segments take from groups of people; null while it is being counted, empty where nothing can be checked. */
	get fairness(): readonly FairnessResult[] | null {
		return this.#outcome?.fairness ?? null;
	}

	/** Stands for what is still to be made; null where nothing is. */
	get wanted(): string | null {
		return this.#lacking === '' || this.#hasFailed ? null : this.#lacking;
	}

	get #lacking(): string {
		const parts = [this.#collected.wanted, this.#disturbed.wanted, this.#overTime.pastWanted];
		return parts.filter((part) => part !== null).join(' ');
	}

	get #hasFailed(): boolean {
		return this.#failed?.wanted === this.#lacking && this.#failed.own === this.#session.own;
	}

	/** Makes what is lacking: first what is quickly known, then what small changes and earlier days show. */
	async look(signal: AbortSignal): Promise<void> {
		for (let { wanted } = this; !signal.aborted && wanted !== null; { wanted } = this) {
			const { own } = this.#session;
			try {
				await this.#lookOnce(signal);
			} catch (error) {
				this.#failed = { wanted, own };
				throw error;
			}
		}
	}

	#lookOnce(signal: AbortSignal): Promise<void> {
		if (this.#collected.wanted !== null) return this.#collected.look(signal);
		if (this.#disturbed.wanted !== null) return this.#disturbed.look(signal);
		return this.#overTime.lookBack(signal);
	}

	/**
	 * The grade of every segment, for a file: waits for the run and for the passports. Where they cannot be made, natural
	 * segments have the grade that their search told.
	 */
	async grades(signal: AbortSignal): Promise<ReadonlyMap<SegmentRef, Grade>> {
		const { isRunning, finish, events } = this.#session;
		if (isRunning) await finish();
		try {
			await this.look(signal);
		} catch (error) {
			if (isAbort(error)) throw error;
			events.onFailure(error);
		}
		signal.throwIfAborted();
		return new Map(Array.from(this.#graded, ([segment, { grade }]) => [segment, grade]));
	}

	async #disturb(stop: AbortSignal): Promise<PerturbationOutput | null> {
		const { clustering, recipe, runner } = this.#session;
		if (clustering === null) throw new Error('there are no natural segments to disturb');
		return disturbSegments(runner.compute, clustering, recipe.segment.clustering.options, stop);
	}

	async #collect(stop: AbortSignal): Promise<Collected> {
		const { features, library, clustering, own, recipe, runner } = this.#session;
		const facts = factsOf(this.#session);
		const isWhole = this.#disturbed.wanted === null && this.#overTime.naturalWanted === null;
		if (features === null || facts === null) throw new Error('nobody is described yet');
		const outcome = await collectPassports(
			runner.engine,
			{
				params: recipe.validate,
				features,
				library: library?.features ?? [],
				segments: segmentsToGrade(facts, own),
				clustering: clustering?.result ?? null,
				data: clustering?.data ?? null,
				perturbation: this.#disturbed.now,
				past: this.#overTime.past,
				hasPeople: true
			},
			stop
		);
		return { ...outcome, isWhole, of: { own, clustering } };
	}
}
