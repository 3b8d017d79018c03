import type { Engine } from '#lib/engine/engine.ts';
import { id, sql, type Sql } from '#lib/engine/sql.ts';
import { runStatement } from '../statement.ts';

/*
 * Connected components by randomised contraction (Bögeholz, Brand and Todor, In-database connected component analysis,
 * ICDE 2020): in each round every node points to the neighbour, itself included, that comes first in a random order; the
 * nodes are contracted to what they point to, and edges within a node fall away. The expected number of nodes shrinks by
 * a constant factor, so a path of 100,000 nodes needs some twenty rounds, and most people only one. Then the pointers are
 * followed back. Which order is drawn changes the number of rounds, never the components.
 */

/** The tables of a search. The names are the same whenever it runs, so that a script can be written afterwards. */
export interface ComponentTables {
	readonly edges: string;
	readonly roots: string;
	/** How many edges each round left: `round` INTEGER, `edges` INTEGER. Kept. */
	readonly rounds: string;
}

/** Edges to begin with: `a` INTEGER, `b` INTEGER, of different nodes from 0 to 2^31 − 1, in any order. */
export const EDGES = 'identity_edges';
/** What comes out: `node` INTEGER, `root` INTEGER, for nodes with an edge; `root` is one of the component. */
export const ROOTS = 'identity_roots';
/** The same two of what the user merged. */
export const MERGED_EDGES = 'identity_merges';
export const MERGED_ROOTS = 'identity_merged';

const BY_KEYS: ComponentTables = { edges: EDGES, roots: ROOTS, rounds: 'identity_rounds' };

/** The search over what the user merged. */
export const BY_HAND: ComponentTables = {
	edges: MERGED_EDGES,
	roots: MERGED_ROOTS,
	rounds: 'identity_merge_rounds'
};

const NODE_LIMIT = 2 ** 31;

/** Fills the roots, `clean.identity_roots`, from the edges, `clean.identity_edges`, which are used up. */
export async function findComponents(
	engine: Engine,
	signal?: AbortSignal,
	tables: ComponentTables = BY_KEYS
): Promise<void> {
	const create = (table: string, content: Sql) =>
		runStatement(engine, { database: 'memory', table, content }, signal);
	const edges = (round: number) => id('clean', edgesName(tables, round));
	await create(
		tables.rounds,
		sql`AS SELECT 0::INTEGER AS round, count(*)::INTEGER AS edges FROM ${edges(0)}`
	);
	let round = 0;
	while ((await edgesLeft(engine, tables, round, signal)) > 0) {
		await create(repsName(round), sql`AS ${repsSql(edges(round), round)}`);
		await create(edgesName(tables, round + 1), sql`AS ${contractSql(edges(round), round)}`);
		await forget(engine, edgesName(tables, round));
		round += 1;
		await engine.exec(
			sql`INSERT INTO ${id('clean', tables.rounds)} SELECT ${round}, count(*)::INTEGER FROM ${edges(round)}`,
			signal
		);
	}
	await forget(engine, edgesName(tables, round));
	await create(tables.roots, sql`(node INTEGER, root INTEGER)`);
	for (let last = round - 1; last >= 0; last -= 1) {
		await create('identity_followed', sql`AS ${followSql(tables, last)}`);
		await create(tables.roots, sql`AS SELECT node, root FROM clean.identity_followed`);
		await forget(engine, repsName(last));
	}
	await forget(engine, 'identity_followed');
}

async function edgesLeft(
	engine: Engine,
	{ rounds }: ComponentTables,
	round: number,
	signal?: AbortSignal
): Promise<number> {
	const [left] = await engine.rows<{ edges: number }>(
		sql`SELECT edges::INTEGER AS edges FROM ${id('clean', rounds)} WHERE round = ${round} ORDER BY edges`,
		signal
	);
	return left?.edges ?? 0;
}

/** Drops a table, in whichever database it lies. */
export async function forget(engine: Engine, table: string): Promise<void> {
	await engine.place('memory', 'clean', table);
}

function edgesName({ edges }: ComponentTables, round: number): string {
	return round === 0 ? edges : `${edges}_${round}`;
}

function repsName(round: number): string {
	return `identity_reps_${round}`;
}

/** One row per node of the round: the node that it points to. */
function repsSql(edges: Sql, round: number): Sql {
	return sql`
		WITH drawn AS (
			SELECT a, b, least(${drawn(sql`a`, round)}, ${drawn(sql`b`, round)}) AS first FROM ${edges}
		)
		SELECT node, (min(first) % ${NODE_LIMIT})::INTEGER AS rep
		FROM (SELECT a AS node, first FROM drawn UNION ALL SELECT b AS node, first FROM drawn)
		GROUP BY node`;
}

/** The edges between what the nodes point to, each once. */
function contractSql(edges: Sql, round: number): Sql {
	const reps = id('clean', repsName(round));
	return sql`
		SELECT DISTINCT least(x.rep, y.rep) AS a, greatest(x.rep, y.rep) AS b
		FROM ${edges} e JOIN ${reps} x ON x.node = e.a JOIN ${reps} y ON y.node = e.b
		WHERE x.rep <> y.rep`;
}

/** The roots of the nodes of a round: those of what they point to, where that went on to the next round. */
function followSql({ roots }: ComponentTables, round: number): Sql {
	return sql`
		SELECT r.node, coalesce(later.root, r.rep) AS root
		FROM ${id('clean', repsName(round))} r LEFT JOIN ${id('clean', roots)} later ON later.node = r.rep`;
}

/**
 * The place of a node in the random order of a round, with the node in its last 31 bits. Plain arithmetic, which is the
 * same in every engine and version: two multiplications with shifts in between, as in MurmurHash2.
 */
function drawn(node: Sql, round: number): Sql {
	const multiplied = sql`((${node}::BIGINT + ${(round * 7919) % 104_729}) * 2654435761 % 4294967296)`;
	const mixed = sql`(xor(${multiplied}, ${multiplied} >> 16) * 1540483477 % 4294967296)`;
	return sql`(xor(${mixed}, ${mixed} >> 15) >> 1) * ${NODE_LIMIT} + ${node}`;
}
