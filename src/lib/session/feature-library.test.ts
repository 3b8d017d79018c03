import { expect, it } from 'vitest';
import { DEFAULT_FEATURES, type FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { runFeatures, runLibrary } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../tests/support/engines.ts';
import { cleanRows, makeSource, stepContext } from '../../../tests/support/raw-tables.ts';
import { FeatureLibrary } from './feature-library.svelte.ts';

type Described = ConstructorParameters<typeof FeatureLibrary>[0];

const SOURCE = makeSource(['Customer', 'Day', 'Amount'], {
	customer: 'Customer',
	date: 'Day',
	amount: 'Amount'
});
const ROWS = [
	['a', '2024-01-01', '10'],
	['a', '2024-01-31', '30'],
	['b', '2024-02-01', '5']
];
const DONE = { state: 'done', error: null };

describeEngines('the library of features', (engine) => {
	const { signal } = new AbortController();

	async function session() {
		const clean = await cleanRows(engine(), [{ source: SOURCE, rows: ROWS }]);
		const features = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, clean);
		const library = await runLibrary(stepContext(engine()), DEFAULT_FEATURES, features);
		const failures: unknown[] = [];
		return {
			runner: { engine: engine() },
			features,
			library,
			libraryOf: features as typeof features | null,
			stages: { features: DONE, library: DONE },
			onRun: new Set<() => void>(),
			events: { onFailure: (error: unknown) => failures.push(error) },
			failures
		};
	}
	const open = (described: object) => new FeatureLibrary(described as Described);

	it('tells spreads and values when they are asked for', async () => {
		const library = open(await session());
		expect(library.isWhole).toBe(true);
		expect(library.spreadOf('monetary_total')).toBeUndefined();
		await library.look(['monetary_total', 'nothing'], signal);
		expect(library.spreadOf('monetary_total')).toMatchObject({ kind: 'number', told: 2, low: 5, high: 40 });
		expect(library.columnOf('gap_days_mean')).toBeUndefined();
		await expect.poll(() => library.columnOf('gap_days_mean')).toEqual(Float64Array.of(30, NaN));
	});

	it('has the core first, and what was told before stands behind it', async () => {
		const described = await session();
		const other: FeatureSummary = { ...(described.library.features[0] as FeatureSummary), id: 'other' };
		described.library = { features: [...described.library.features, other] };
		described.libraryOf = null;
		const library = open(described);
		expect(library).toMatchObject({ hasCore: true, isWhole: false });
		expect(library.all.map(({ id }) => id)).toContain('other');
		expect(library.placeOf('other')).toBeNull();
		expect(library.placeOf('frequency')).toMatchObject({ table: ['features', 'customers'] });
	});

	it('gives way to a run, and asks again afterwards', async () => {
		const described = await session();
		const library = open(described);
		const looking = library.look(['frequency'], signal);
		described.onRun.forEach((giveWay) => giveWay());
		await looking;
		expect(library.spreadOf('frequency')).toBeUndefined();
		await library.look(['frequency'], signal);
		expect(library.spreadOf('frequency')).toMatchObject({ told: 2 });
		expect(described.failures).toEqual([]);
	});
});
