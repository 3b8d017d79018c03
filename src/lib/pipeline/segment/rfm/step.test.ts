import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { sql } from '#lib/engine/sql.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { RFM_GROUPS } from '../schema.ts';
import { groupOfCell } from './group-table.ts';
import { TEN_GROUPS } from './ten-groups.ts';
import { describeScores, runRfm } from './step.ts';

const SCORES = [1, 2, 3, 4, 5];
const params = (scheme: string) => ({ scheme, cutPoints: null, groups: null });

function featureResult(customers: number, hasAmount = true): FeatureResult {
	const ids = ['recency_days', 'frequency', 'monetary_total'];
	const features = ids.map(
		(id) => ({ id, available: hasAmount || id !== 'monetary_total' }) as FeatureResult['features'][number]
	);
	return {
		asOf: '2024-05-01',
		customers,
		orders: customers,
		revenue: hasAmount ? 0 : null,
		ordersAfter: 0,
		features
	};
}

async function writeFeatures(
	engine: Engine,
	recency: readonly number[],
	frequency: readonly number[],
	money?: readonly number[]
): Promise<FeatureResult> {
	await engine.insert('features', 'customers', {
		idx: Int32Array.from(recency, (_, i) => i),
		recency_days: Float64Array.from(recency),
		frequency: Float64Array.from(frequency),
		...(money ? { monetary_total: Float64Array.from(money) } : {})
	});
	return featureResult(recency.length, money !== undefined);
}

describeEngines('runRfm', (engine) => {
	const { signal } = new AbortController();
	const scored = () =>
		engine().rows<{ r: number; f: number; m: number; group: string }>(sql`
			SELECT r_score::INTEGER AS r, f_score::INTEGER AS f, m_score::INTEGER AS m, rfm_group::VARCHAR AS "group"
			FROM segment.rfm ORDER BY idx`);

	it('gives all 125 score cells the group of the patterns', async () => {
		const cells = SCORES.flatMap((r) => SCORES.flatMap((f) => SCORES.map((m) => ({ r, f, m }))));
		const features = await writeFeatures(
			engine(),
			cells.map(({ r }) => (6 - r) * 10),
			cells.map(({ f }) => f),
			cells.map(({ m }) => m * 100)
		);
		const result = await runRfm(stepContext(engine()), params('quintiles'), features);
		expect(await scored()).toEqual(
			cells.map((cell) => ({ ...cell, group: groupOfCell(TEN_GROUPS, [cell.r, cell.f]) }))
		);
		expect(result.cells).toHaveLength(25);
		expect(result.cells.every(({ customers }) => customers === 5)).toBe(true);
		expect(result.groups.map(({ id }) => id).sort()).toEqual([...RFM_GROUPS].sort());
		expect(await describeScores(engine(), result, signal)).toEqual([]);
	});

	it('keeps ties together by quantile, and says which scores stay empty', async () => {
		const features = await writeFeatures(
			engine(),
			[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
			[1, 1, 1, 1, 1, 1, 2, 3, 4, 5],
			[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
		);
		const result = await runRfm(stepContext(engine()), params('quintiles'), features);
		expect(result.cutPoints.recencyDays).toEqual([2.8, 4.6, 6.4, 8.2].map((cut) => expect.closeTo(cut, 12)));
		expect(result.cutPoints.frequency).toEqual([1, 1, expect.closeTo(1.4, 12), expect.closeTo(3.2, 12)]);
		expect((await scored()).map(({ r, f, m }) => `${r}${f}${m}`)).toEqual([
			'511',
			'511',
			'412',
			'412',
			'313',
			'313',
			'244',
			'244',
			'155',
			'155'
		]);
		expect(await describeScores(engine(), result, signal)).toEqual([
			{
				code: 'rfm.empty-score',
				details: { feature: 'frequency', scores: [2, 3], sharedBy: 6, customers: 10 }
			}
		]);
	});

	it('makes fifths of equal size by ntile, ties by the order of customers', async () => {
		const tied = Array.from({ length: 12 }, () => 3);
		const features = await writeFeatures(
			engine(),
			tied,
			tied,
			tied.map((_, i) => i)
		);
		const result = await runRfm(stepContext(engine()), params('ntile'), features);
		const rows = await scored();
		expect(rows.map(({ r }) => r)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]);
		expect(rows.map(({ f }) => f)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]);
		expect(result.cutPoints).toEqual({
			recencyDays: [3, 3, 3, 3],
			frequency: [3, 3, 3, 3],
			monetaryTotal: [2, 5, 7, 9]
		});
		expect(await describeScores(engine(), result, signal)).toEqual([]);
	});

	it('reads the cut-points of ntile from the best recency up', async () => {
		const days = [10, 20, 30, 40, 50];
		const features = await writeFeatures(engine(), days, [5, 4, 3, 2, 1]);
		const result = await runRfm(stepContext(engine()), params('ntile'), features);
		expect((await scored()).map(({ r, f }) => [r, f])).toEqual(
			[5, 4, 3, 2, 1].map((score) => [score, score])
		);
		expect(result.cutPoints).toEqual({
			recencyDays: [10, 20, 30, 40],
			frequency: [1, 2, 3, 4],
			monetaryTotal: null
		});
	});

	it('groups by recency and frequency alone without amounts', async () => {
		const features = await writeFeatures(engine(), [1, 50, 100], [9, 1, 1]);
		const result = await runRfm(stepContext(engine()), params('quintiles'), features);
		expect(result.cutPoints.monetaryTotal).toBeNull();
		expect((await scored()).every(({ m }) => m === 0)).toBe(true);
		expect(result.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(3);
		expect(result.groups[0]?.customers).toBeGreaterThanOrEqual(result.groups[1]?.customers ?? 0);
	});

	it('gives a cell for each pair of scores of a scheme, and says what is done without money', async () => {
		const days = [10, 200, 400];
		const features = await writeFeatures(engine(), days, [5, 2, 1]);
		const three = await runRfm(stepContext(engine()), params('three_level'), features);
		expect(three).toMatchObject({ scheme: 'three_level', levels: 3, axes: ['r', 'f'] });
		expect(three.cells).toHaveLength(9);
		expect(three.cells[0]).toMatchObject({ r: 3, f: 1 });
		const withMoney = await writeFeatures(engine(), days, [5, 2, 1], [90, 20, 20]);
		const averaged = await runRfm(stepContext(engine()), params('averaged_fm'), withMoney);
		expect(averaged.axes).toEqual(['r', 'fm']);
		expect(averaged.cells.find(({ r, f }) => r === 5 && f === 5)).toMatchObject({
			customers: 1,
			revenue: 90
		});
		expect(await describeScores(engine(), averaged, signal)).not.toContainEqual(
			expect.objectContaining({ code: 'rfm.without-amounts' })
		);
		await writeFeatures(engine(), days, [5, 2, 1]);
		expect(await describeScores(engine(), three, signal)).toContainEqual({
			code: 'rfm.without-amounts',
			details: { scheme: 'Three levels, as e-mail platforms do' }
		});
	});

	it('scores a single customer', async () => {
		const features = await writeFeatures(engine(), [7], [1], [5]);
		const result = await runRfm(stepContext(engine()), params('quintiles'), features);
		expect(await scored()).toEqual([{ r: 5, f: 1, m: 1, group: 'new' }]);
		expect(result.groups[0]).toMatchObject({ id: 'new', name: 'New', customers: 1, revenue: 5 });
	});
});
