import { toAppError, type AppError } from '#lib/core/errors.ts';
import { membersSql } from '#lib/pipeline/segment/rules/compile.ts';
import { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import { templateFacts } from '#lib/pipeline/segment/template-facts.ts';
import { TEMPLATES } from '#lib/pipeline/segment/templates/index.ts';
import {
	defaultsOf,
	piecesOf,
	type SegmentTemplate,
	type TemplateFacts,
	type TemplateParam,
	type TemplatePiece,
	type TemplateValues
} from '#lib/pipeline/segment/templates/template.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import type { Session } from '../session.svelte.ts';
import { askRule, scopeOf } from './ask.ts';

/** Who an idea holds of, or why that cannot be told. */
export type IdeaAnswer =
	| { readonly kind: 'counted'; readonly customers: number; readonly revenue: number | null }
	| { readonly kind: 'lacking'; readonly why: string }
	/** Nobody can be in it with these numbers. */
	| { readonly kind: 'unfit'; readonly why: string }
	| { readonly kind: 'failed'; readonly error: AppError };

/** An idea as the screen shows it. */
export interface Idea {
	readonly template: SegmentTemplate;
	readonly params: readonly TemplateParam[];
	/** Its sentence, after “Customers who”. */
	readonly pieces: readonly TemplatePiece[];
	readonly values: TemplateValues;
	/** True while its numbers are those that it began with. */
	readonly isUsual: boolean;
	readonly rule: Rule;
	/** The answer with these numbers; null until it is counted. */
	readonly answer: IdeaAnswer | null;
	/** The answer, else the one before it, which is to be dimmed. */
	readonly shown: IdeaAnswer | null;
	/** The name of the own segment that has this rule; null where there is none. */
	readonly usedAs: string | null;
}

type Asked = Pick<
	Session,
	| 'recipe'
	| 'history'
	| 'clean'
	| 'features'
	| 'library'
	| 'libraryOf'
	| 'rfm'
	| 'clustering'
	| 'queries'
	| 'customers'
	| 'own'
	| 'runner'
	| 'busy'
	| 'onRun'
	| 'edit'
	| 'select'
>;

/** Segments to begin with, counted one after the other while their screen is open. */
export class Ideas {
	readonly #session: Asked;
	#facts = $state.raw<TemplateFacts | null>(null);
	/** Numbers that the user changed, by the id of the idea. */
	#changed = $state.raw<ReadonlyMap<string, TemplateValues>>(new Map());
	#answers = $state.raw<ReadonlyMap<string, IdeaAnswer>>(new Map());
	/** The last answer of each idea, whatever its numbers were. */
	#last = $state.raw<ReadonlyMap<string, IdeaAnswer>>(new Map());
	/** What facts and answers were made of. */
	#basis = $state.raw<readonly unknown[]>([]);
	/** True after the user stopped the counting. */
	isStopped = $state(false);
	/** Rises when the counting gave way to something else, and has to be taken up again. */
	round = $state(0);
	/** Ids of the ideas that are on the screen: they are counted first. */
	readonly #inSight = new Set<string>();
	readonly #running = new Set<AbortController>();
	#turn: Promise<unknown> = Promise.resolve();

	constructor(session: Asked) {
		this.#session = session;
		session.onRun.add(() => this.#giveWay());
	}

	readonly #basisNow: readonly unknown[] = $derived.by(() => {
		const { clean, features, library, rfm, recipe } = this.#session;
		const { carts, journeys } = recipe.segment;
		return [clean, features, library, rfm, recipe.features, carts, journeys];
	});
	readonly #isCurrent: boolean = $derived.by(
		() =>
			this.#basis.length === this.#basisNow.length &&
			this.#basis.every((part, i) => part === this.#basisNow[i])
	);

	/** True when rules can be asked. */
	readonly isReady: boolean = $derived.by(() => {
		const { busy, customers, features, library, libraryOf, own, rfm } = this.#session;
		return !busy && [customers, features, library, own, rfm].every(Boolean) && libraryOf === features;
	});

	/** Every idea, in the order of the registry; none before it is known what is usual. */
	readonly all: readonly Idea[] = $derived.by(() => {
		const facts = this.#facts;
		if (facts === null) return [];
		const used = new Map(
			this.#session.recipe.segment.own.segments.flatMap((segment) =>
				segment.kind === 'rule' ? [[textOf(segment.rule), segment.name] as const] : []
			)
		);
		return TEMPLATES.map((template) => this.#ideaOf(template, facts, used));
	});

	/** How many of the ideas have their answer. */
	readonly counted: number = $derived(this.all.filter(({ answer }) => answer !== null).length);

	/** True while there is something to count, and nobody stopped it. */
	readonly isCounting: boolean = $derived.by(
		() => this.isReady && !this.isStopped && (!this.#isCurrent || this.counted < TEMPLATES.length)
	);

	/** Changes a number of an idea. */
	change(idea: Idea, param: string, value: number): void {
		this.#changed = new Map([...this.#changed, [idea.template.id, { ...idea.values, [param]: value }]]);
		this.isStopped = false;
	}

	/** Gives an idea the numbers that it began with. */
	reset({ template }: Idea): void {
		this.#changed = new Map([...this.#changed].filter(([id]) => id !== template.id));
	}

	/** Says whether an idea is on the screen. */
	sight({ template }: Idea, isInSight: boolean): void {
		if (isInSight) this.#inSight.add(template.id);
		else this.#inSight.delete(template.id);
	}

	/** Stops the counting. */
	cancel = (): void => {
		this.isStopped = true;
		for (const controller of this.#running) controller.abort();
	};

	/** Takes the counting up again. */
	goOn = (): void => {
		this.isStopped = false;
	};

	/** Asks an idea again that failed. */
	retry(idea: Idea): void {
		this.#answers = new Map([...this.#answers].filter(([key]) => key !== keyOf(idea.template, idea.values)));
		this.isStopped = false;
	}

	/** Counts what is not counted yet, what is on the screen first. Gives way to a run. Rejects only with failures. */
	count(signal: AbortSignal): Promise<void> {
		return this.#inTurn(signal, async (stop) => {
			while (this.isCounting) {
				this.#startAnew();
				const basis = this.#basis;
				if (this.#facts === null) {
					const facts = await this.#lookAround(stop);
					if (facts === null) return;
					if (basis === this.#basis) this.#facts = facts;
					continue;
				}
				const next = this.#next();
				if (next === null) return;
				const answer = await this.#ask(next, stop);
				stop.throwIfAborted();
				if (basis === this.#basis && this.#isCurrent) this.#keep(next, answer);
			}
		});
	}

	/** Adds an idea to the own segments, as a living rule. */
	use({ template, rule }: Idea): void {
		const { recipe, history } = this.#session;
		const id = nextSegmentId(recipe, [...history.past, ...history.future]);
		this.#session.edit(addSegment(id, { kind: 'rule', name: template.name, rule }));
	}

	/** Picks the people of an idea, also where they are picked; resolves when they are. */
	see(idea: Idea): Promise<void> {
		return this.#inTurn(new AbortController().signal, async (stop) => {
			const scope = scopeOf(this.#session);
			if (scope === null) return;
			const columns = await this.#session.runner.engine.columns(membersSql(idea.rule, scope), stop);
			const ids = columns.get('customerId') as readonly string[];
			// Picking the same again would let them go.
			this.#session.select(null);
			this.#session.select({ kind: 'listed', title: idea.template.name, ids });
		});
	}

	#ideaOf(template: SegmentTemplate, facts: TemplateFacts, used: ReadonlyMap<string, string>): Idea {
		const changed = this.#changed.get(template.id);
		const values = changed ?? defaultsOf(template, facts);
		const rule = template.rule(values, facts);
		const answer = this.#isCurrent ? this.#answerOf(template, values) : null;
		return {
			template,
			params: template.params(facts),
			pieces: piecesOf(template, facts),
			values,
			isUsual: changed === undefined,
			rule,
			answer,
			shown: answer ?? this.#last.get(template.id) ?? null,
			usedAs: used.get(textOf(rule)) ?? null
		};
	}

	/** What is known of an idea; what cannot hold of anybody is not asked. */
	#answerOf(template: SegmentTemplate, values: TemplateValues): IdeaAnswer | null {
		const problem = template.problem?.(values) ?? null;
		if (problem !== null) return { kind: 'unfit', why: problem };
		return this.#answers.get(keyOf(template, values)) ?? null;
	}

	#next(): Idea | null {
		const waiting = this.all.filter(({ answer }) => answer === null);
		return waiting.find(({ template }) => this.#inSight.has(template.id)) ?? waiting[0] ?? null;
	}

	async #lookAround(stop: AbortSignal): Promise<TemplateFacts | null> {
		const scope = scopeOf(this.#session);
		return scope && templateFacts(this.#session.runner.engine, scope, stop);
	}

	async #ask({ rule }: Idea, stop: AbortSignal): Promise<IdeaAnswer> {
		try {
			const answer = await askRule(this.#session, rule, stop);
			if (typeof answer === 'string') return { kind: 'lacking', why: answer };
			return { kind: 'counted', customers: answer.customers, revenue: answer.revenue };
		} catch (error) {
			if (stop.aborted) throw error;
			return { kind: 'failed', error: toAppError(error) };
		}
	}

	#keep({ template, values }: Idea, answer: IdeaAnswer): void {
		this.#answers = new Map([...this.#answers, [keyOf(template, values), answer]]);
		this.#last = new Map([...this.#last, [template.id, answer]]);
	}

	/** Forgets what was counted on earlier results; it stays, dimmed, until it is counted again. */
	#startAnew(): void {
		if (this.#isCurrent) return;
		this.#basis = this.#basisNow;
		this.#answers = new Map();
		this.#facts = null;
	}

	#giveWay(): void {
		if (this.#running.size === 0) return;
		for (const controller of this.#running) controller.abort();
		this.round += 1;
	}

	/** Runs after what came before. */
	#inTurn(signal: AbortSignal, work: (stop: AbortSignal) => Promise<void>): Promise<void> {
		const own = new AbortController();
		const stop = AbortSignal.any([signal, own.signal]);
		const turn = this.#turn.then(async () => {
			if (stop.aborted) return;
			this.#running.add(own);
			try {
				await work(stop);
			} catch (error) {
				if (!stop.aborted) throw error;
			} finally {
				this.#running.delete(own);
			}
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}
}

function keyOf({ id }: SegmentTemplate, values: TemplateValues): string {
	return `${id} ${JSON.stringify(Object.entries(values).sort())}`;
}

/** A rule as a text: equal rules have equal texts, in whatever order their parts were written. */
function textOf(rule: Rule): string {
	return JSON.stringify(Rule.parse(rule));
}
