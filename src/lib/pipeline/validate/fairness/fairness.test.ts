import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { fromColumns } from '#lib/core/matrix.ts';
import { seeded } from '#lib/core/random.ts';
import { sql } from '#lib/engine/sql.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { checkFairness, selectionOf, type FairnessRequest } from './fairness.ts';
import { FOUR_FIFTHS, LEAST_GROUP } from './schema.ts';

const group = (name: string, customers: number) => ({
	group: name,
	customers,
	isSmall: customers < LEAST_GROUP
});

describe('selection rates', () => {
	const groups = [group('women', 200), group('men', 100), group('other', 10)];
	it('are compared by the four-fifths rule, small groups aside', () => {
		const found = selectionOf('own:g1', groups, [100, 30, 0]);
		expect(found).toMatchObject({ ratio: 0.6, lowest: 1, highest: 0, isUneven: true });
		expect(found.groups.map(({ selected, rate }) => [selected, rate.value])).toEqual([
			[100, 0.5],
			[30, 0.3],
			[0, 0]
		]);
		expect(selectionOf('own:g1', groups, [100, 40, 0])).toMatchObject({ ratio: 0.8, isUneven: false });
	});
	it('are uneven only where chance does not explain it', () => {
		const few = [group('women', 40), group('men', 40)];
		expect(selectionOf('own:g1', few, [8, 6])).toMatchObject({ ratio: 0.75, isUneven: false });
	});
	it('have no ratio where nobody is taken, or one group is left', () => {
		expect(selectionOf('own:g1', groups, [0, 0, 0]).ratio).toBeNull();
		expect(selectionOf('own:g1', groups.slice(1), [30, 3]).ratio).toBeNull();
		expect(selectionOf('own:g1', [], []).ratio).toBeNull();
	});
	it('have a ratio from 0 to 1 that does not depend on the order of groups', () => {
		const counts = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true })),
			{
				minLength: 1,
				maxLength: 6
			}
		);
		fc.assert(
			fc.property(counts, (made) => {
				const all = made.map(([customers], i) => group(`g${i}`, customers));
				const selected = made.map(([customers, share]) => Math.floor(customers * share));
				const forward = selectionOf('own:g1', all, selected);
				const back = selectionOf('own:g1', all.toReversed(), selected.toReversed());
				expect(back.ratio).toEqual(forward.ratio);
				if (forward.ratio === null) return;
				expect(forward.ratio).toBeGreaterThanOrEqual(0);
				expect(forward.ratio).toBeLessThanOrEqual(1);
				if (forward.isUneven) expect(forward.ratio).toBeLessThan(FOUR_FIFTHS);
			}),
			{ seed: 1 }
		);
	});
});

describeEngines('fairness', (engine) => {
	const summary = (id: string, kind: FeatureSummary['kind'], isSensitive: boolean): FeatureSummary => ({
		...{ id, label: id, family: 'person', unit: kind === 'text' ? 'text' : 'years', kind, isSensitive },
		...{ meaning: '', formula: '', caution: null, available: true, needs: [], complete: false, isOwn: false }
	});
	const count = 400;

	/** Every second is a woman, who spends far more; ages from 20; of every tenth nothing is known. */
	async function request(asked: readonly string[] = []): Promise<FairnessRequest> {
		const random = seeded(2);
		const rows = Array.from({ length: count }, (_, i) => i);
		const spend = Float64Array.from(rows, (i) => (i % 2 === 0 ? 100 : 40) + 50 * random());
		await engine().exec(sql`CREATE SCHEMA IF NOT EXISTS features`);
		await engine().insert('features', 'customers', { idx: Int32Array.from(rows), spend });
		await engine().insert('features', 'library', {
			idx: Int32Array.from(rows),
			gender: rows.map((i) => (i % 10 === 9 ? '' : i % 2 === 0 ? 'f' : 'm')),
			age_years: Float64Array.from(rows, (i) => (i % 10 === 9 ? NaN : 20 + (i % 50))),
			region: rows.map((i) => (i % 3 === 0 ? 'north' : 'south'))
		});
		await engine().exec(sql`UPDATE features.library SET age_years = NULL WHERE isnan(age_years)`);
		return {
			asked,
			core: [summary('spend', 'number', false)],
			library: [
				summary('gender', 'text', true),
				summary('age_years', 'number', true),
				summary('region', 'text', false)
			],
			segments: [
				{ ref: 'own:g1', members: sql`SELECT idx FROM features.customers WHERE spend > 95` },
				{ ref: 'own:g2', members: sql`SELECT idx FROM features.customers WHERE idx < 200` }
			],
			compared: ['spend', 'noise'],
			data: fromColumns([spend, Float64Array.from(rows, () => random())]),
			seed: 1
		};
	}

	it('finds what takes unevenly from women and men, and what stands in for it', async () => {
		const found = await checkFairness(engine(), await request(), new AbortController().signal);
		expect(found.map(({ feature }) => feature)).toEqual(['gender', 'age_years']);
		const [gender, age] = found;
		expect(gender).toMatchObject({
			known: 360,
			groups: [
				{ group: 'f', customers: 200, isSmall: false },
				{ group: 'm', customers: 160, isSmall: false }
			]
		});
		expect(gender?.selections[0]).toMatchObject({ segment: 'own:g1', isUneven: true, highest: 0, lowest: 1 });
		expect(gender?.selections[1]).toMatchObject({ segment: 'own:g2', ratio: 1, isUneven: false });
		expect(gender?.proxies.map(({ feature, group: of }) => [feature, of])).toEqual([
			['spend', 'f'],
			['spend', 'm']
		]);
		expect(gender?.proxies[0]?.auc.value).toBeGreaterThan(0.9);
		expect(age?.groups.map((each) => each.group).toSorted()).toEqual([
			...['25 to 34', '35 to 44', '45 to 54', '55 to 64', '65 and over', 'under 25']
		]);
		expect(age?.proxies).toEqual([]);
	});
	it('looks at the features that are asked for, and at none where nothing is sensitive', async () => {
		const { signal } = new AbortController();
		const asked = await request(['region']);
		expect((await checkFairness(engine(), asked, signal)).map(({ feature }) => feature)).toEqual(['region']);
		expect(await checkFairness(engine(), { ...asked, asked: [], library: [] }, signal)).toEqual([]);
	});
});
