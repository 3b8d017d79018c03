import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { fileOf } from '../../../../../tests/support/behaviour-files.ts';
import { cleanRows, stepContext } from '../../../../../tests/support/raw-tables.ts';
import { DEFAULT_FEATURES } from '../schema.ts';
import { CUSTOMERS, featureMatrix, LIBRARY, runFeatures, runLibrary } from '../step.ts';

const HOSTILE = [
	`"'; DROP TABLE clean.rows; --`,
	'__proto__',
	`${'long '.repeat(60)}name`,
	'two\nlines',
	'茶'
];

describeEngines('affinities', (engine) => {
	const { signal } = new AbortController();
	const clean = (rows: readonly string[][]) =>
		cleanRows(engine(), [
			fileOf('s1', 'orders', ['order_id', 'date', 'customer', 'amount', 'category'], rows)
		]);

	it('take names as data: of letters that SQL, objects or a line know', async () => {
		const rows = HOSTILE.map((name, i) => [`${i}`, '2024-01-01', `${i}`, `${10 + i}`, name]);
		const core = await runFeatures(stepContext(engine()), DEFAULT_FEATURES, await clean(rows));
		const { features } = await runLibrary(stepContext(engine()), DEFAULT_FEATURES, core);
		const shares = features.filter(({ id }) => id.startsWith('category_share_'));
		expect(shares).toHaveLength(HOSTILE.length);
		for (const { id, label } of shares) {
			expect(id).toMatch(/^category_share_[a-z0-9]+(_[a-z0-9]+)*$/);
			expect(label).toMatch(/^Category [^\n]{1,40}: share$/);
		}
		const ids = shares.map(({ id }) => id);
		const matrix = await featureMatrix(engine(), ids, signal, [CUSTOMERS, LIBRARY]);
		// Of most money first, and each customer buys of one category alone.
		expect([...matrix.values]).toEqual(
			HOSTILE.flatMap((_, row) => HOSTILE.map((_, place) => (place === HOSTILE.length - 1 - row ? 1 : 0)))
		);
	});

	it('stay as long as the data has them where customers are compared on them', async () => {
		const rows = ['Cups', 'Pens', 'Lamps'].map((name, i) => [
			`${i}`,
			'2024-01-01',
			`${i}`,
			`${10 + i}`,
			name
		]);
		const params = { ...DEFAULT_FEATURES, affinityCount: 1 };
		const asked = ['category_index_cups', 'category_share_gone'];
		const core = await runFeatures(stepContext(engine()), params, await clean(rows), [], asked);
		expect(core.features.at(-1)).toMatchObject({ id: 'category_index_cups', available: true });
		expect([...(await featureMatrix(engine(), ['category_index_cups'], signal)).values]).toEqual([
			33 / 10,
			0,
			0
		]);
		await expect(featureMatrix(engine(), ['category_share_gone'], signal)).rejects.toMatchObject({
			code: 'features.unavailable'
		});
		const { features } = await runLibrary(stepContext(engine()), params, core);
		expect(features.map(({ id }) => id).filter((id) => id.startsWith('category_'))).toEqual([
			'category_share_lamps',
			'category_share_cups',
			'category_index_lamps',
			'category_index_cups'
		]);
	});
});
