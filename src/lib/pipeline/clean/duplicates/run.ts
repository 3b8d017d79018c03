import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import type { AccountPair } from '../schema.ts';
import { runStatement } from '../statement.ts';
import {
	BLOCKING_RULES,
	blockSizesSql,
	blocksSql,
	largestBlock,
	largestBlocksSql,
	pairsSql,
	randomPairsSql,
	type BlockingRule,
	type BlockSize
} from './blocking.sql.ts';
import { COMPARISONS } from './comparisons.sql.ts';
import {
	apartSql,
	comparedSql,
	isShared,
	patternsSql,
	startWeight,
	recordsSql,
	weighedSql
} from './compare.sql.ts';
import { estimate, type Estimate, type Pattern } from './em.ts';
import { duplicateMacros, preparedSql } from './prepared.sql.ts';
import { LOWEST_PROBABILITY, type DuplicatesResult, type FieldResult, type SkippedBlocks } from './schema.ts';

type DuplicatesContext = Pick<StepContext, 'engine' | 'signal' | 'onProgress'>;

/** Pairs that are drawn at random. */
const RANDOM_PAIRS = 500_000;
/** Pairs that a blocking rule may make: so many per person, within these. */
const PAIRS_PER_PERSON = 8;
const FEWEST_PAIRS = 500_000;
const MOST_PAIRS = 2_000_000;
/** Blocks too large to be compared that are told for each rule. */
const EXAMPLES = 3;

const BLOCKS = 'duplicate_blocks';
const CANDIDATES = 'duplicate_candidates';
const COMPARED = 'duplicate_compared';
/** Tables of the way there, dropped when the search ends. */
const PASSING = [BLOCKS, CANDIDATES, COMPARED, 'duplicate_people', 'duplicate_apart'] as const;

/**
 * Finds pairs of people who may be one: `clean.duplicate_pairs` (`weighedSql`), and `clean.duplicate_records`, the people in
 * them as they were (`recordsSql`). Nothing is joined. Needs `runDetails`. The same people give the same pairs.
 * @param apart who was told apart: their pairs say so
 */
export async function findDuplicates(
	{ engine, signal, onProgress }: DuplicatesContext,
	apart: readonly AccountPair[] = []
): Promise<DuplicatesResult> {
	const create = (table: string, content: Sql) =>
		runStatement(engine, { database: 'memory', table, content: sql`AS ${content}` }, signal);
	try {
		onProgress({ what: 'Reading names and addresses', share: 0 });
		for (const macro of duplicateMacros()) await engine.exec(macro, signal);
		await create('duplicate_people', preparedSql());
		const people = await count(engine, 'duplicate_people', signal);
		const skipped = await findCandidates({ engine, signal, onProgress }, people);
		onProgress({ what: 'Comparing people', share: 0.4 });
		await create(
			COMPARED,
			comparedSql(sql`(SELECT a, b, min(rule) AS rule FROM ${id('clean', CANDIDATES)} GROUP BY a, b)`, [
				id('rule')
			])
		);
		onProgress({ what: 'Comparing people at random', share: 0.75 });
		const random = await readPatterns(engine, randomCompared(people), signal);
		const compared = await readPatterns(engine, id('clean', COMPARED), signal);
		const allPairs = (people * (people - 1)) / 2;
		const model = estimate({ compared, random, allPairs, priorM: PRIOR_M, priorH: PRIOR_H });
		onProgress({ what: 'Weighing what was found', share: 0.9 });
		await create('duplicate_apart', apartSql(apart));
		await create('duplicate_pairs', weighedSql(id('clean', COMPARED), model, LOWEST_PROBABILITY));
		await create('duplicate_records', recordsSql());
		return {
			people,
			comparedPairs: compared.reduce((sum, pattern) => sum + pattern.count, 0),
			allPairs,
			keptPairs: await count(engine, 'duplicate_pairs', signal),
			matchShare: model.matches,
			householdShare: model.households,
			startWeight: startWeight(model),
			rounds: model.rounds,
			fields: fieldResults(model, random),
			skipped
		};
	} finally {
		// Where the engine is gone, so are the tables.
		await Promise.allSettled(PASSING.map((table) => engine.place('memory', 'clean', table)));
	}
}

const PRIOR_M = COMPARISONS.map(({ levels }) => levels.map(({ prior }) => prior));
const PRIOR_H = COMPARISONS.map(({ levels }) =>
	isShared(levels) ? levels.map(({ household }) => household ?? 0) : null
);

/** Fills `clean.duplicate_candidates` rule by rule, and tells which blocks were left out. */
async function findCandidates(
	{ engine, signal, onProgress }: DuplicatesContext,
	people: number
): Promise<SkippedBlocks[]> {
	const mostPairs = Math.min(MOST_PAIRS, Math.max(FEWEST_PAIRS, PAIRS_PER_PERSON * people));
	const columns = sql`(a INTEGER, b INTEGER, rule TINYINT)`;
	await runStatement(engine, { database: 'memory', table: CANDIDATES, content: columns }, signal);
	const skipped: SkippedBlocks[] = [];
	for (const [i, rule] of BLOCKING_RULES.entries()) {
		onProgress({
			what: 'Looking for people with something in common',
			share: 0.05 + (0.35 * i) / BLOCKING_RULES.length
		});
		const content = sql`AS ${blocksSql(rule)}`;
		await runStatement(engine, { database: 'memory', table: BLOCKS, content }, signal);
		const sizes = await engine.rows<BlockSize>(blockSizesSql(BLOCKS), signal);
		const most = largestBlock(sizes, mostPairs);
		await engine.exec(sql`INSERT INTO ${id('clean', CANDIDATES)} ${pairsSql(rule, i, BLOCKS, most)}`, signal);
		const left = sizes.filter((size) => size.people > most);
		if (left.length > 0) skipped.push(await describeSkipped(engine, rule, left, signal));
	}
	return skipped;
}

async function describeSkipped(
	engine: Engine,
	rule: BlockingRule,
	sizes: readonly BlockSize[],
	signal: AbortSignal
): Promise<SkippedBlocks> {
	const examples = await engine.rows<{ key: string }>(largestBlocksSql(BLOCKS, EXAMPLES), signal);
	return {
		rule: rule.id,
		blocks: sizes.reduce((sum, { blocks }) => sum + blocks, 0),
		people: sizes.reduce((sum, { blocks, people }) => sum + blocks * people, 0),
		from: sizes[0]?.people ?? 0,
		examples: examples.map(({ key }) => key)
	};
}

function randomCompared(people: number): Sql {
	return sql`(${comparedSql(sql`(${randomPairsSql(people, RANDOM_PAIRS)})`)})`;
}

async function readPatterns(engine: Engine, compared: Sql, signal: AbortSignal): Promise<Pattern[]> {
	const rows = await engine.rows<{ levels: string; pairs: number }>(patternsSql(compared), signal);
	return rows.map(({ levels, pairs }) => ({ levels: levels.split('.').map(Number), count: pairs }));
}

async function count(engine: Engine, table: string, signal: AbortSignal): Promise<number> {
	const [found] = await engine.rows<{ count: number }>(
		sql`SELECT count(*)::INTEGER AS count FROM ${id('clean', table)} ORDER BY count`,
		signal
	);
	return found?.count ?? 0;
}

/** The fields that any two people have. */
function fieldResults({ m, u }: Estimate, random: readonly Pattern[]): FieldResult[] {
	const all = COMPARISONS.map(({ field, levels }, f) => ({
		field,
		levels: levels.map((level, i) => {
			const [ofMatch, ofOther] = [m[f]?.[i + 1] ?? 0, u[f]?.[i + 1] ?? 0];
			return { level: level.id, m: ofMatch, u: ofOther, weight: Math.log2(ofMatch / ofOther) };
		})
	}));
	return all.filter((_, f) => random.some(({ levels }) => (levels[f] ?? 0) > 0));
}
