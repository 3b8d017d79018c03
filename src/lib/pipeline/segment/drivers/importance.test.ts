import { describe, expect, it } from 'vitest';
import { fromColumns } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import { seeded } from '#lib/core/random.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { importance } from './importance.ts';
import { describeDrivers } from './judge.ts';
import type { ImportanceInput } from './schema.ts';

const ROWS = 1500;
const IDS = ['strong', 'copy', 'weak', 'gappy', 'noise', 'same', 'leak', 'private'] as const;
const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Two that tell, a near-copy, one that half of the people lack, noise, a constant, the outcome itself, a sensitive one. */
function madeInput(): ImportanceInput {
	const random = seeded(12);
	const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const made = (value: (row: number) => number) =>
		Float64Array.from({ length: ROWS }, (_, row) => value(row));
	const [strong, weak, gappy, hidden] = [made(normal), made(normal), made(normal), made(normal)];
	const at = (column: Float64Array, row: number): number => column[row] as number;
	const outcome = made((row) => {
		const signal = 1.5 * at(strong, row) + 0.9 * at(weak, row) + at(gappy, row) + at(hidden, row);
		return signal + normal() > 0.5 ? 1 : 0;
	});
	const columns = [
		strong,
		made((row) => Math.exp(at(strong, row) + 0.1 * normal())),
		weak,
		made((row) => (row % 2 === 0 ? NaN : at(gappy, row))),
		made(normal),
		made(() => 7),
		made((row) => at(outcome, row) + 0.1 * normal()),
		hidden
	];
	return { data: fromColumns(columns), outcome, shown: outcome, isBinary: true, mostRows: 1e6, seed: 3 };
}

const features = IDS.map((id): FeatureSummary => ({
	id,
	label: id,
	family: 'recency',
	unit: 'number',
	kind: 'number',
	meaning: '',
	formula: '',
	caution: null,
	isSensitive: id === 'private',
	available: true,
	needs: [],
	complete: true,
	isOwn: false
}));
const input = madeInput();
const place = (id: (typeof IDS)[number]): number => IDS.indexOf(id);

describe('importance', () => {
	it('weighs each column alone', async () => {
		const { columns } = await importance(input, never, ignore);
		const of = (id: (typeof IDS)[number]) => columns[place(id)];
		expect(of('gappy')?.missing).toBe(0.5);
		expect(of('same')).toMatchObject({ isConstant: true, importance: null });
		expect(of('leak')).toMatchObject({ isLeak: true, importance: null });
		expect(of('strong')?.isLeak).toBe(false);
		expect(of('strong')?.alone).toBeGreaterThan(0.7);
		expect(of('noise')?.alone).toBeLessThan(0.55);
		expect(of('strong')?.information.bits).toBeGreaterThan(of('weak')?.information.bits ?? 1);
		expect(of('noise')?.information.share).toBeLessThan(0.01);
		expect(of('strong')?.pearson.low).toBeGreaterThan(0.3);
		expect(of('gappy')?.tenths).toHaveLength(11);
	});

	it('puts planted noise last, and no higher than random numbers', async () => {
		const found = await importance(input, never, ignore);
		const drops = found.columns.flatMap(({ importance: drop }, c) => (drop ? [{ c, ...drop }] : []));
		const last = drops.toSorted((a, b) => a.value - b.value)[0];
		expect(last?.c).toBe(place('noise'));
		expect(last?.low).toBeLessThanOrEqual(0);
		expect(last?.value).toBeLessThanOrEqual(found.probe.high);
		for (const { c, value } of drops)
			if (c !== place('noise')) expect(value).toBeGreaterThan(found.probe.high);
	});

	it('shuffles near-copies together, who hide each other', async () => {
		const { copies, columns, skill } = await importance(input, never, ignore);
		expect(copies.map((group) => group.columns)).toEqual([[place('strong'), place('copy')]]);
		const both = copies[0]?.importance.value ?? 0;
		expect(both).toBeGreaterThan(1.3 * (columns[0]?.importance?.value ?? 1));
		expect(skill.value).toBeGreaterThan(0.75);
		expect(skill.low).toBeLessThan(skill.value);
	});

	it('is a matter of the seed alone, tells its progress, and can be stopped', async () => {
		const told: Progress[] = [];
		const first = await importance(input, never, (progress) => told.push(progress));
		expect(await importance(input, never, ignore)).toEqual(first);
		const shares = told.map(({ share }) => share ?? -1);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
		const stop = new AbortController();
		const onProgress = ({ share }: Progress): void => {
			if ((share ?? 0) > 0.3) stop.abort();
		};
		await expect(importance(input, stop.signal, onProgress)).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('weighs a sample of many rows', async () => {
		const { rows, judged, columns } = await importance({ ...input, mostRows: 400 }, never, ignore);
		expect(rows).toBe(400);
		expect(judged).toBeLessThanOrEqual(400);
		expect(columns[0]?.tenths.reduce((sum, { customers }) => sum + customers, 0)).toBe(400);
	});

	it('tells numbers by R²', async () => {
		const { data } = input;
		const outcome = Float64Array.from(input.outcome, (_, row) => Math.max(0, data.values[row * 8] as number));
		const found = await importance({ ...input, outcome, shown: outcome, isBinary: false }, never, ignore);
		expect(found.skill.value).toBeGreaterThan(0.9);
		expect(found.columns[0]?.alone).toBeGreaterThan(0.9);
		expect(found.columns[place('weak')]?.importance?.value).toBeLessThan(0.02);
	});
});

describe('describeDrivers', () => {
	it('suggests what tells, once, and says why not of all others', async () => {
		const found = await importance(input, never, ignore);
		const { shortList, drivers, units, top } = describeDrivers(features, found, new Set());
		expect(new Set(shortList)).toEqual(new Set([shortList[0], 'weak']));
		const kept = units[0]?.features[0];
		expect(units[0]?.features.toSorted()).toEqual(['copy', 'strong']);
		expect(units[0]?.because).toBe('tells-most');
		expect(shortList[0]).toBe(kept);
		const verdicts = Object.fromEntries(drivers.map(({ id, verdict }) => [id, verdict]));
		expect(verdicts).toMatchObject({
			[kept ?? '']: { kind: 'listed' },
			[kept === 'strong' ? 'copy' : 'strong']: { kind: 'copy', of: kept },
			weak: { kind: 'listed' },
			gappy: { kind: 'missing' },
			noise: { kind: 'chance' },
			same: { kind: 'constant' },
			leak: { kind: 'leak' },
			private: { kind: 'sensitive' }
		});
		expect(found.columns[place('noise')]?.spearman).toMatchObject({
			low: expect.toSatisfy((low: number) => low < 0) as number,
			high: expect.toSatisfy((high: number) => high > 0) as number
		});
		expect(drivers.slice(-2).map(({ id }) => id)).toEqual(['same', 'leak']);
		expect(top.ids).toEqual(drivers.map(({ id }) => id));
		expect(top.spearman.values[1]).toBeGreaterThan(0.9);
		expect(top.pearson.values[0]).toBe(1);
	});

	it('says of what adds nothing whether it tells something alone', async () => {
		const found = await importance(input, never, ignore);
		const none = { value: 0, low: -0.01, high: 0.01 };
		const columns = found.columns.map((column, c) =>
			c === place('weak') || c === place('gappy') ? { ...column, importance: none } : column
		);
		const verdictOf = (changed: typeof columns, wanted: string) =>
			describeDrivers(features, { ...found, columns: changed }, new Set()).drivers.find(
				({ id }) => id === wanted
			)?.verdict;
		expect(verdictOf(columns, 'weak')).toEqual({ kind: 'shared' });
		expect(verdictOf(columns, 'noise')).toEqual({ kind: 'chance' });
		// Neither rising nor falling, such as a hump: only the information tells.
		const hump = columns.map((column, c) =>
			c === place('weak') ? { ...column, spearman: none, pearson: none } : column
		);
		expect(verdictOf(hump, 'weak')).toEqual({ kind: 'shared' });
		const nothing = hump.map((column) => ({ ...column, information: { bits: 0.001, share: 0.001 } }));
		expect(verdictOf(nothing, 'weak')).toEqual({ kind: 'chance' });
	});

	it('suggests a sensitive feature only where it is permitted', async () => {
		const found = await importance(input, never, ignore);
		expect(describeDrivers(features, found, new Set(['private'])).shortList).toContain('private');
	});
});
