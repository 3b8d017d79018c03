import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { TEMPLATES } from '#lib/pipeline/segment/templates/index.ts';
import { emptyRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { factsOfFiles } from '../../../../tests/support/rule-facts.ts';
import { Ideas, type Idea } from './ideas.svelte.ts';

type Asked = ConstructorParameters<typeof Ideas>[0];
type Selection = Parameters<Asked['select']>[0];

/** A session over the five people that has run, and what it was told to do. */
async function sessionOf(engine: Engine, recipe: Recipe) {
	const { features, library, rfm } = await factsOfFiles(engine);
	const asked: string[] = [];
	const selected: Selection[] = [];
	const recipes: Recipe[] = [];
	const columns: Engine['columns'] = (statement, signal) => {
		asked.push(statement.text);
		return engine.columns(statement, signal);
	};
	return {
		recipe,
		history: { past: [], present: recipe, future: [] },
		clean: {},
		features,
		library,
		libraryOf: features,
		rfm,
		clustering: null,
		queries: [],
		customers: {
			count: features.customers,
			features: new Map([['monetary_total', new Float64Array(5).fill(10)]])
		},
		own: { segments: [], assigned: [] },
		runner: { engine: { ...engineOf(engine), columns } },
		busy: false,
		onRun: new Set<() => void>(),
		edit: (change: (before: Recipe) => Recipe) => recipes.push(change(recipe)),
		select: (selection: Selection) => selected.push(selection),
		asked,
		selected,
		recipes
	};
}

function engineOf(engine: Engine): Engine {
	return {
		rows: engine.rows.bind(engine),
		exec: engine.exec.bind(engine),
		insert: engine.insert.bind(engine)
	} as unknown as Engine;
}

function find(ideas: Ideas, id: string): Idea {
	const idea = ideas.all.find(({ template }) => template.id === id);
	if (!idea) throw new RangeError(`no idea ${id}`);
	return idea;
}

describeEngines('the ideas of a session', (engine) => {
	const { signal } = new AbortController();

	async function open(recipe = emptyRecipe('Five')) {
		const session = await sessionOf(engine(), recipe);
		return { session, ideas: new Ideas(session as unknown as Asked) };
	}

	it('are counted once each, or say what is missing', async () => {
		const { session, ideas } = await open();
		expect(ideas.all).toEqual([]);
		expect(ideas.isCounting).toBe(true);
		await ideas.count(signal);
		expect(ideas.isCounting).toBe(false);
		expect(ideas.counted).toBe(TEMPLATES.length);
		// a and d ordered last on 21 and 28 April, b on the 2nd, e on the 29th; the as-of day is 1 May.
		expect(find(ideas, 'top_spenders').answer).toMatchObject({ kind: 'counted' });
		expect(find(ideas, 'new_customers').answer).toEqual({ kind: 'counted', customers: 3, revenue: 30 });
		expect(find(ideas, 'full_price').answer).toMatchObject({ kind: 'lacking' });
		const before = session.asked.length;
		await ideas.count(signal);
		expect(session.asked).toHaveLength(before);
	});

	it('are counted again with other numbers, and shown dimmed until then', async () => {
		const { ideas } = await open();
		await ideas.count(signal);
		ideas.change(find(ideas, 'new_customers'), 'days', 3);
		const changed = find(ideas, 'new_customers');
		expect(changed).toMatchObject({ isUsual: false, answer: null, shown: { customers: 3 } });
		expect(ideas.isCounting).toBe(true);
		await ideas.count(signal);
		expect(find(ideas, 'new_customers').answer).toMatchObject({ customers: 2 });
		ideas.reset(changed);
		expect(find(ideas, 'new_customers')).toMatchObject({ isUsual: true, answer: { customers: 3 } });
	});

	it('are not asked where their numbers leave nobody, and say so', async () => {
		const { session, ideas } = await open();
		await ideas.count(signal);
		const before = session.asked.length;
		ideas.change(find(ideas, 'viewed_not_bought'), 'days', 5);
		const { answer } = find(ideas, 'viewed_not_bought');
		expect(answer).toMatchObject({ kind: 'unfit', why: expect.stringContaining('waited 7 days') as string });
		expect(ideas.isCounting).toBe(false);
		expect(session.asked).toHaveLength(before);
	});

	it('are counted first where they are on the screen, and stop when they are told to', async () => {
		const { session, ideas } = await open();
		const seen = TEMPLATES.find(({ id }) => id === 'first_order_anniversary');
		if (!seen) throw new Error('the idea is gone');
		await ideas.count(AbortSignal.abort());
		expect(session.asked).toEqual([]);
		ideas.sight({ template: seen } as Idea, true);
		const columns = session.runner.engine.columns;
		session.runner.engine.columns = async (statement, stop) => {
			ideas.cancel();
			return columns(statement, stop);
		};
		await ideas.count(signal);
		expect(ideas).toMatchObject({ isStopped: true, isCounting: false });
		session.runner.engine.columns = columns;
		ideas.goOn();
		await ideas.count(signal);
		expect(ideas.counted).toBe(TEMPLATES.length);
		expect(session.asked[0]).toContain('tenure_days');
	});

	it('give way to a run, and are taken up again', async () => {
		const { session, ideas } = await open();
		const counting = ideas.count(signal);
		await Promise.resolve();
		for (const giveWay of session.onRun) giveWay();
		await counting;
		expect(ideas.round).toBe(1);
		expect(ideas.counted).toBeLessThan(TEMPLATES.length);
		await ideas.count(signal);
		expect(ideas.counted).toBe(TEMPLATES.length);
	});

	it('are picked, used, and known as used', async () => {
		const { session, ideas } = await open();
		await ideas.count(signal);
		const idea = find(ideas, 'new_customers');
		await ideas.see(idea);
		expect(session.selected.at(-1)).toEqual({ kind: 'listed', title: 'New customers', ids: ['b', 'd', 'e'] });
		expect(idea.usedAs).toBeNull();
		ideas.use(idea);
		const [recipe] = session.recipes;
		expect(recipe?.segment.own.segments).toEqual([
			{ kind: 'rule', id: 'g1', name: 'New customers', rule: idea.rule, of: null }
		]);
		const { ideas: later } = await open(recipe);
		await later.count(signal);
		expect(find(later, 'new_customers').usedAs).toBe('New customers');
		expect(find(later, 'overdue').usedAs).toBeNull();
	});
});
