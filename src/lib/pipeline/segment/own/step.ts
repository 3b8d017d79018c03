import { countYours } from './yours.ts';
import { AppError, isAbort } from '#lib/core/errors.ts';
import { errorWords } from '#lib/core/messages.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { sql, type Sql } from '#lib/engine/sql.ts';
import { missingNeeds, needWords } from '#lib/pipeline/features/needs.ts';
import { selectOf } from '#lib/pipeline/queries/select.ts';
import { describeSelect } from '#lib/pipeline/queries/workspace.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { featuresOf, membersSql, needsOf, problemsOf } from '../rules/compile.ts';
import type { Rule } from '../rules/schema.ts';
import type { RuleScope } from '../rules/scope.ts';
import { assignPeople } from './assign.ts';
import { countActive, requireLargeEnough, type CountedSegment } from './guard.ts';
import { findListed } from './list-people.ts';
import { inOrderOfUse, ringProblem } from './order.ts';
import type { OwnResult, OwnSegment, OwnSegmentResult } from './schema.ts';
import { ownRef, scopeOfToday, withoutUnasked, type RuleFacts } from './scope.ts';

export { countActive, featuresOf, ownRef, requireLargeEnough, scopeOfToday, type RuleFacts };

type OwnContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/**
 * Asks who is in every own segment, and writes `segment.own` and `segment.assigned`. A segment that cannot be asked says why
 * in its result; the others run on without it.
 */
export async function runOwn(context: OwnContext, facts: RuleFacts): Promise<OwnResult> {
	const { engine, signal, onProgress } = context;
	const { segments } = facts.params.own;
	const own = await engine.place('memory', 'segment', 'own');
	await engine.exec(sql`CREATE TABLE ${own} (segment VARCHAR, idx INTEGER)`, signal);
	const scope = scopeOfToday(facts);
	const results = new Map<string, OwnSegmentResult>();
	const known = () => withoutUnasked(scope, [...results.values()]);
	for (const segment of inOrderOfUse(segments)) {
		onProgress({ what: `Asking who is in ${segment.name}`, share: results.size / segments.length });
		results.set(segment.id, await runOne(context, segment, known(), ringProblem(segment, segments)));
	}
	const there = segmentsThere(known());
	const guard = { asOf: scope.asOf, activeDays: facts.params.own.guard.activeDays };
	const first = facts.params.own.priority.flatMap((ref) => there.find((each) => each.ref === ref) ?? []);
	return {
		segments: segments.flatMap(({ id }) => results.get(id) ?? []),
		assigned: await assignPeople(engine, first, guard, signal),
		yours: await countYours(engine, there, signal),
		reach: await countActive(engine, there, guard, signal)
	};
}

/** The segments whose people are known. */
function segmentsThere({ segments }: RuleScope): readonly CountedSegment[] {
	return [...segments.values()].flatMap(({ ref, members }) => (members === null ? [] : [{ ref, members }]));
}

async function runOne(
	{ engine, signal }: OwnContext,
	segment: OwnSegment,
	scope: RuleScope,
	ring: string | null
): Promise<OwnSegmentResult> {
	const none = { id: segment.id, customers: 0, revenue: null, notFound: 0 };
	if (ring !== null) return { ...none, problem: ring };
	try {
		const problem = segment.kind === 'rule' ? await problemOf(engine, segment.rule, scope, signal) : null;
		if (problem !== null) return { ...none, problem };
		const { people, notFound } = await peopleOf(engine, segment, scope, signal);
		await engine.exec(sql`INSERT INTO segment.own SELECT ${segment.id}, idx FROM (${people})`, signal);
		return { ...none, ...(await sizeOf(engine, segment.id, scope, signal)), notFound, problem: null };
	} catch (error) {
		if (isAbort(error) || !(error instanceof AppError)) throw error;
		const { title, why } = errorWords(error);
		return { ...none, problem: `${title} ${why}` };
	}
}

/** Why a rule cannot be asked, in words; null when it can. */
export async function problemOf(
	engine: Engine,
	rule: Rule,
	scope: RuleScope,
	signal: AbortSignal
): Promise<string | null> {
	const needs = needsOf(rule);
	const missing = await missingNeeds(
		engine,
		needs,
		{ asOf: scope.asOf, params: scope.featureParams },
		signal
	);
	const words = [...problemsOf(rule, scope), ...[...missing].map((need) => `It needs ${needWords(need)}.`)];
	return words.length === 0 ? null : words.join(' ');
}

/** A SELECT of the `idx` of the people of an own segment, each once; and those of a list who are no customers. */
async function peopleOf(
	engine: Engine,
	segment: OwnSegment,
	scope: RuleScope,
	signal: AbortSignal
): Promise<{ readonly people: Sql; readonly notFound: number }> {
	switch (segment.kind) {
		case 'rule':
			return { people: membersSql(segment.rule, scope), notFound: 0 };
		case 'sql': {
			const columns = await describeSelect(engine, segment.sql, signal);
			const names = columns.map(({ name }) => name);
			if (!names.includes('customer_id'))
				throw new AppError('sql.no-customer-id', { name: segment.name, columns: names });
			const people = sql`
				SELECT idx FROM features.customers
				WHERE customer_id IN (SELECT customer_id::VARCHAR FROM ${selectOf(segment.sql)})`;
			return { people, notFound: 0 };
		}
		case 'list':
			return findListed(engine, segment.members, signal);
	}
}

async function sizeOf(
	engine: Engine,
	segment: string,
	{ features }: RuleScope,
	signal: AbortSignal
): Promise<Pick<OwnSegmentResult, 'customers' | 'revenue'>> {
	const hasMoney = Boolean(features.get('monetary_total')?.table);
	const [size] = await engine.rows<{ customers: number; revenue: number | null }>(
		sql`
			SELECT count(*)::INTEGER AS customers,
				${hasMoney ? sql`coalesce(sum(f.monetary_total), 0)::DOUBLE` : sql`NULL::DOUBLE`} AS revenue
			FROM segment.own o JOIN features.customers f ON f.idx = o.idx
			WHERE o.segment = ${segment} ORDER BY customers`,
		signal
	);
	return size ?? { customers: 0, revenue: null };
}
