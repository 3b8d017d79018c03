import { AppError, isAbort, toAppError } from '#lib/core/errors.ts';
import { errorWords } from '#lib/core/messages.ts';
import { sql } from '#lib/engine/sql.ts';
import type { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import { describeSelect, selectOf } from '#lib/pipeline/queries/workspace.ts';
import type { CustomerRow } from '#lib/pipeline/segment/customer-list.ts';
import type { Session } from '../session.svelte.ts';
import { answerOf, askRule, type Asked, type RuleAnswer } from './ask.ts';
import { examplesOf } from './draft-people.ts';

/** What is asked: a rule, or SQL with a column `customer_id`. */
export type Content =
	{ readonly kind: 'rule'; readonly rule: Rule } | { readonly kind: 'sql'; readonly sql: string };

/** Who fits, and a few of them. */
export interface Found extends RuleAnswer {
	/** A few of them, who spent most. */
	readonly examples: readonly CustomerRow[];
}

type Outcome = { readonly found: Found } | { readonly problem: string };

/** What the answer needs of a session. */
export type Answering = Asked & Pick<Session, 'clean' | 'details' | 'busy' | 'onRun' | 'libraryOf'>;

/** A change is asked when nothing else has changed for so long. */
const REST_MS = 250;
/** A question that takes longer can be cancelled. */
const LONG_MS = 500;
const EXAMPLES = 5;
const MOST_KEPT = 12;

/**
 * Who the draft holds of: asked a moment after the last change, and anew when the data changes. A change takes the place of the
 * question before it.
 */
export class DraftAnswer {
	readonly #session: Answering;
	/** The last answers by what was asked, of the same data. */
	#kept = new Map<string, Outcome>();
	#basis: readonly unknown[] = [];
	#shown = $state.raw<{ readonly key: string; readonly outcome: Outcome } | null>(null);
	#running: AbortController | null = null;
	/** A question is under way, or about to be. */
	isAsking = $state(false);
	/** It has taken so long that somebody may want to stop it. */
	isLong = $state(false);
	/** The question that somebody stopped. */
	isStopped = $state(false);

	constructor(session: Answering) {
		this.#session = session;
		session.onRun.add(() => this.#running?.abort());
	}

	/** The last answer, also while the next one is asked; null before there is one, or where it failed. */
	readonly found: Found | null = $derived.by(() => {
		const outcome = this.#shown?.outcome;
		return outcome && 'found' in outcome ? outcome.found : null;
	});

	/** True when the answer is the one to what is asked. */
	readonly isFresh: boolean = $derived.by(() => this.#shown !== null && !this.isAsking && !this.isStopped);

	/** Why what is asked cannot be asked. */
	readonly problem: string | null = $derived.by(() => {
		const outcome = this.#shown?.outcome;
		return outcome && 'problem' in outcome && this.isFresh ? outcome.problem : null;
	});

	/**
	 * Asks, a moment later; the answer to call stops it. Nothing is asked while a run goes on.
	 * @param problem why it cannot be asked, where that is known
	 */
	ask(content: Content, problem: string | null = null): () => void {
		if (this.#session.busy || this.#session.customers === null) {
			this.isAsking = true;
			return () => undefined;
		}
		const controller = new AbortController();
		const key = JSON.stringify(content);
		this.#forgetOld();
		const known = problem === null ? this.#kept.get(key) : { problem };
		this.isStopped = false;
		if (known) {
			this.#show(key, known);
			return () => undefined;
		}
		this.isAsking = true;
		this.#running = controller;
		const timer = setTimeout(() => void this.#find(content, key, controller), REST_MS);
		return () => {
			clearTimeout(timer);
			controller.abort();
			this.isLong = false;
		};
	}

	/** Stops the question that is under way; the next change asks again. */
	cancel = (): void => {
		this.#running?.abort();
		this.isAsking = false;
		this.isLong = false;
		this.isStopped = true;
	};

	async #find(content: Content, key: string, { signal }: AbortController): Promise<void> {
		const timer = setTimeout(() => (this.isLong = !signal.aborted), LONG_MS);
		try {
			const answer = await this.#answer(content, signal);
			const outcome =
				typeof answer === 'string'
					? { problem: answer }
					: {
							found: { ...answer, examples: await examplesOf(this.#session, answer.rows, EXAMPLES, signal) }
						};
			signal.throwIfAborted();
			this.#keep(key, outcome);
			this.#show(key, outcome);
		} catch (error) {
			if (signal.aborted || isAbort(error)) return;
			const { title, why } = errorWords(toAppError(error));
			this.#show(key, { problem: `${title} ${why}` });
		} finally {
			clearTimeout(timer);
			if (!signal.aborted) this.isLong = false;
		}
	}

	#answer(content: Content, signal: AbortSignal): Promise<RuleAnswer | string> {
		return content.kind === 'rule'
			? askRule(this.#session, content.rule, signal)
			: this.#askSql(content.sql, signal);
	}

	async #askSql(text: string, signal: AbortSignal): Promise<RuleAnswer> {
		const { engine } = this.#session.runner;
		const columns = (await describeSelect(engine, text, signal)).map(({ name }) => name);
		if (!columns.includes('customer_id'))
			throw new AppError('sql.no-customer-id', { name: 'This SQL', columns });
		const found = await engine.columns(
			sql`
				SELECT idx::INTEGER AS idx FROM features.customers
				WHERE customer_id IN (SELECT customer_id::VARCHAR FROM ${selectOf(text)}) ORDER BY idx`,
			signal
		);
		const arrays = this.#session.customers;
		return answerOf(
			found.get('idx') as Int32Array,
			arrays?.features.get('monetary_total'),
			arrays?.count ?? 0
		);
	}

	#keep(key: string, outcome: Outcome): void {
		this.#kept.set(key, outcome);
		const oldest = this.#kept.keys().next().value;
		if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
	}

	#show(key: string, outcome: Outcome): void {
		this.#shown = { key, outcome };
		this.isAsking = false;
		this.isLong = false;
	}

	/** Forgets answers to other data. */
	#forgetOld(): void {
		const { clean, features, rfm, clustering, libraryOf, own, queries } = this.#session;
		const now = [clean, features, rfm, clustering, libraryOf, own, queries];
		if (this.#basis.length === now.length && now.every((part, i) => part === this.#basis[i])) return;
		this.#basis = now;
		this.#kept = new Map();
	}
}
