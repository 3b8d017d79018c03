import { beforeAll, expect, it } from 'vitest';
import { columnOf } from '#lib/core/matrix.ts';
import { sql } from '#lib/engine/sql.ts';
import { featureMatrix } from '#lib/pipeline/features/step.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { stepContext } from '../../../../../tests/support/raw-tables.ts';
import { makeWorld, writeWorld } from '../../../../../tests/support/rule-world.ts';
import { readCategories } from '../../segment/categories.ts';
import { membersSql } from '../../segment/rules/compile.ts';
import { countVerdicts, drawAudit } from '../audit/draw.ts';
import { ruleColumns } from './columns.ts';
import { findDistinctive } from './distinctive.ts';
import { ruleTree } from './rule-tree.ts';
import { rulesOf } from './rules.ts';

describeEngines('rules of clusters', (engine) => {
	const world = makeWorld(7);
	const { signal } = new AbortController();
	const features = ['monetary_total', 'recency_days'];
	beforeAll(() => writeWorld(engine(), world));

	it('hold of the people whom the tree gives them, when the engine is asked', async () => {
		const numbers = await featureMatrix(engine(), features, signal);
		const data = { ...numbers, values: numbers.values.map((value) => (Number.isFinite(value) ? value : 0)) };
		await engine().exec(
			sql`UPDATE features.customers SET monetary_total = coalesce(monetary_total, 0), recency_days = coalesce(recency_days, 0)`
		);
		const texts = await readCategories(engine(), ['favourite'], signal, ['features', 'library']);
		const asked = ruleColumns(data, features, texts);
		const spend = columnOf(data, 0);
		const labels = Uint8Array.from(
			spend,
			(value, row) => (value > 100 ? 1 : (texts[0]?.codes[row] ?? 0) % 2) * 1
		);
		const input = {
			data: asked.data,
			labels,
			clusterCount: 2,
			limits: { maxDepth: 6, maxLeaves: 12, pruning: 0 },
			mostRows: 10_000,
			seed: 1
		};
		const { tree, predicted } = await ruleTree(input, signal, () => undefined);
		const rules = rulesOf(tree, asked.columns, 2);
		expect(rules.every((rule) => rule !== null)).toBe(true);
		for (const [cluster, rule] of rules.entries()) {
			if (rule === null) continue;
			const rows = await engine().columns(membersSql(rule, world.scope), signal);
			const expected = [...predicted.keys()].filter((row) => predicted[row] === cluster);
			expect([...(rows.get('idx') as Int32Array)]).toEqual(expected);
		}
	});

	it('compares numbers and texts of every table', async () => {
		const people = await engine().columns(
			sql`SELECT idx::INTEGER AS idx FROM features.customers ORDER BY idx`
		);
		const labels = Uint8Array.from(people.get('idx') as Int32Array, (idx) => idx % 2);
		const found = await findDistinctive(stepContext(engine()), {
			features: [
				{ id: 'favourite', kind: 'text', table: ['features', 'library'] },
				{ id: 'recency_days', kind: 'number', table: ['features', 'customers'] }
			],
			labels,
			clusterCount: 2,
			seed: 1
		});
		expect(found.sample).toBe(labels.length);
		expect(found.columns.at(-1)).toMatchObject({ feature: 'recency_days', text: null });
		const texts = found.columns.filter(({ feature }) => feature === 'favourite');
		expect(texts.length).toBeGreaterThan(0);
		for (const { text, clusters } of texts) {
			expect(text).not.toBe('');
			const [even, odd] = clusters;
			expect(even?.delta.value).toBeCloseTo(-(odd?.delta.value ?? NaN), 9);
			expect(even?.delta.value).toBeCloseTo((even?.typical ?? 0) - (odd?.typical ?? 0), 9);
		}
	});
});

describeEngines('an audit', (engine) => {
	const { signal } = new AbortController();
	const everyone = sql`SELECT idx FROM features.customers`;
	beforeAll(() =>
		engine().insert('features', 'customers', {
			idx: Int32Array.from({ length: 50 }, (_, idx) => idx),
			customer_id: Array.from({ length: 50 }, (_, idx) => `c${idx}`)
		})
	);

	it('draws the same people by the same seed, each once, and tells others apart', async () => {
		const drawn = await drawAudit(engine(), everyone, 1, signal);
		expect(drawn.rows).toHaveLength(20);
		expect(new Set(drawn.rows).size).toBe(20);
		expect(drawn.members).toHaveLength(50);
		expect(drawn.people).toMatch(/^[0-9a-f]{16}$/);
		expect(await drawAudit(engine(), everyone, 1, signal)).toEqual(drawn);
		const other = await drawAudit(engine(), everyone, 2, signal);
		expect(other.people).not.toBe(drawn.people);
	});

	it('draws all of a small segment, and nobody of an empty one', async () => {
		const few = await drawAudit(engine(), sql`SELECT idx FROM features.customers WHERE idx > 46`, 1, signal);
		expect(few.rows).toEqual([47, 48, 49]);
		const none = await drawAudit(engine(), sql`SELECT idx FROM features.customers WHERE idx < 0`, 1, signal);
		expect(none.rows).toEqual([]);
		expect(none.people).toMatch(/^[0-9a-f]{16}$/);
	});

	it('counts verdicts, and leaves those out that cannot be told', () => {
		const verdicts = [...Array<'fits'>(17).fill('fits'), 'does-not-fit', 'unsure', null] as const;
		const { share, ...counts } = countVerdicts(verdicts, 20);
		expect(counts).toEqual({ fits: 17, doesNotFit: 1, unsure: 1, left: 1 });
		expect(share.low).toBeCloseTo(0.742, 3);
		expect(share.high).toBeCloseTo(0.9901, 3);
	});
});
