import { expect, test } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { setClustering, setFeatures, type Edit } from './edits.ts';
import { emptyRecipe, type Recipe } from './recipe.ts';
import { Runner, type StageEvent } from './runner.ts';

const COLUMNS = ['who', 'when', 'money', 'note'];
const MAPPING = { customer: 'who', date: 'when', amount: 'money' } as const;
const SIGNAL = new AbortController().signal;
const ORDERS = Array.from(
	{ length: 300 },
	(_, i) => `${i % 40},2024-${month(i)}-${day(i)},${1 + (i % 90)}.5,n`
);

function month(i: number): string {
	return String(1 + (i % 12)).padStart(2, '0');
}

function day(i: number): string {
	return String(1 + (i % 12)).padStart(2, '0');
}

/** A runner with the files it was asked for. */
function makeRunner(engine: Engine, plainBytes: number, lines: readonly string[] = ORDERS) {
	const read: string[] = [];
	const blob = new Blob([[COLUMNS.join(','), ...lines].join('\n')]);
	const fileOf = async (source: SourceParams) => {
		read.push(source.id);
		return { blob };
	};
	const runner = new Runner(engine, localCompute, { plainBytes, pieceBytes: 2_000 });
	const run = (...sources: SourceParams[]) => runEdited((recipe) => recipe, ...sources);
	const runEdited = async (edit: Edit, ...sources: SourceParams[]) => {
		const events: StageEvent[] = [];
		const empty = emptyRecipe('Shop');
		const recipe: Recipe = edit({ ...empty, import: { ...empty.import, sources } });
		await runner.run(recipe, fileOf, SIGNAL, {
			onStage: (event) => void events.push(event),
			onProgress: () => undefined
		});
		return events;
	};
	return { runner, read, fileOf, run, runEdited };
}

function stateOf(events: readonly StageEvent[], stage: string): string | undefined {
	return events.findLast((event) => event.stage === stage)?.state;
}

function tablesOf(engine: Engine): Promise<{ name: string }[]> {
	return engine.rows(sql`SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() ORDER BY name`);
}

describeEngines('Runner', (engine) => {
	test('loads a big file again only when a role names a column that it lacks', async () => {
		const { runner, read, run } = makeRunner(engine(), 0);
		await runner.reset();
		expect(stateOf(await run(makeSource(COLUMNS, MAPPING)), 'clean')).toBe('done');
		expect(stateOf(await run(makeSource(COLUMNS, MAPPING)), 'import')).toBe('kept');
		const fewer = { customer: 'who', date: 'when' } as const;
		expect(stateOf(await run(makeSource(COLUMNS, fewer)), 'import')).toBe('kept');
		expect(read).toEqual(['s1']);
		const more = { ...MAPPING, product: 'note' } as const;
		expect(stateOf(await run(makeSource(COLUMNS, more)), 'import')).toBe('done');
		expect(read).toEqual(['s1', 's1']);
	});

	test('keeps every value when notes on a source change', async () => {
		const { runner, run } = makeRunner(engine(), 1_000_000);
		await runner.reset();
		const source = makeSource(COLUMNS, MAPPING);
		await run(source);
		const events = await run({
			...source,
			notes: { ...source.notes, purpose: 'newsletters', maxAgeDays: 30 }
		});
		expect(events.map(({ stage, state }) => `${stage} ${state}`)).not.toContain('clean running');
		expect(stateOf(events, 'clean')).toBe('kept');
		expect(stateOf(events, 'clustering')).toBe('kept');
	});

	test('describes only further features again when only their settings change', async () => {
		const { runner, run, runEdited } = makeRunner(engine(), 1_000_000);
		await runner.reset();
		const source = makeSource(COLUMNS, MAPPING);
		await run(source);
		const ran = (events: readonly StageEvent[]) =>
			events.flatMap(({ stage, state }) => (state === 'running' ? [stage] : []));
		expect(ran(await runEdited(setFeatures({ loyalty: { weights: { frequency: 2 } } }), source))).toEqual([
			'library',
			'own'
		]);
		const compared = setClustering({ features: ['frequency', 'order_value_most'] });
		expect(ran(await runEdited(compared, source))).toEqual([
			'features',
			'rfm',
			'clustering',
			'library',
			'own'
		]);
	});

	test('keeps a small file whatever the mapping', async () => {
		const { runner, read, run } = makeRunner(engine(), 1_000_000);
		await runner.reset();
		await run(makeSource(COLUMNS, MAPPING));
		const events = await run(makeSource(COLUMNS, { ...MAPPING, product: 'note' }));
		expect(stateOf(events, 'import')).toBe('kept');
		expect(read).toEqual(['s1']);
	});

	test('finds the same in a big file as in a small one', async () => {
		const found = [];
		for (const plainBytes of [0, 1_000_000]) {
			const { runner, run } = makeRunner(engine(), plainBytes);
			await runner.reset();
			const events = await run(makeSource(COLUMNS, MAPPING));
			found.push(events.find(({ stage, state }) => stage === 'features' && state === 'done'));
		}
		expect(found[0]).toEqual(found[1]);
	});

	test('packs what comes when the plain room is used up, and gives room back', async () => {
		const size = new Blob([[COLUMNS.join(','), ...ORDERS].join('\n')]).size;
		const { runner, run } = makeRunner(engine(), size + 10);
		await runner.reset();
		const [first, second] = ['s1', 's2'].map((sourceId) => makeSource(COLUMNS, MAPPING, { id: sourceId }));
		if (!first || !second) throw new Error('two sources were made');
		const databases = sql`SELECT table_name::VARCHAR AS name, database_name::VARCHAR AS database
			FROM duckdb_tables() WHERE schema_name = 'import' ORDER BY name`;
		await run(first, second);
		expect(await engine().rows(databases)).toEqual([
			{ name: 's1', database: 'memory' },
			{ name: 's2', database: 'packed' }
		]);
		await run(second);
		expect(await engine().rows(databases)).toEqual([{ name: 's2', database: 'packed' }]);
	});

	test('empties both databases', async () => {
		const { runner, run } = makeRunner(engine(), 0);
		await run(makeSource(COLUMNS, MAPPING));
		await runner.reset();
		expect(await tablesOf(engine())).toEqual([]);
	});

	test('settles dates and decimals by all values, and leaves open what none can tell', async () => {
		const lines = Array.from({ length: 2_500 }, (_, i) => `${i % 40},0${1 + (i % 9)}/03/2024,"1,234",n`);
		const unknown = makeSource(COLUMNS, MAPPING, { dateOrder: null, decimalMark: null });
		const open = makeRunner(engine(), 0, lines);
		await open.runner.reset();
		const stillOpen = await open.runner.settle(unknown, open.fileOf, SIGNAL, () => undefined);
		expect(stillOpen.reading).toMatchObject({ dateOrder: null, decimalMark: null });
		const failed = (await open.run(stillOpen)).find(({ state }) => state === 'failed');
		expect(failed).toMatchObject({ stage: 'clean', error: { code: 'import.date-order-unknown' } });

		const told = makeRunner(engine(), 0, [...lines, '7,25/03/2024,"1.234,50",n']);
		await told.runner.reset();
		const settled = await told.runner.settle(unknown, told.fileOf, SIGNAL, () => undefined);
		expect(settled.reading).toMatchObject({ dateOrder: 'dmy', decimalMark: ',' });
	});
});
