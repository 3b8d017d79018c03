import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { scopeOfToday } from '#lib/pipeline/segment/own/scope.ts';
import { problemOf } from '#lib/pipeline/segment/own/step.ts';
import { membersSql } from '#lib/pipeline/segment/rules/compile.ts';
import { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { sentenceOf, vocabularyOf } from '#lib/pipeline/segment/rules/sentence/index.ts';
import { templateFacts } from '#lib/pipeline/segment/template-facts.ts';
import { TEMPLATES } from '#lib/pipeline/segment/templates/index.ts';
import {
	defaultsOf,
	MOMENTS,
	piecesOf,
	type TemplateFacts
} from '#lib/pipeline/segment/templates/template.ts';
import { describeEngines } from '../support/engines.ts';
import { runFiles } from '../support/sample-run.ts';

const { signal } = new AbortController();
const LONG_MS = 240_000;
const NOTHING_KNOWN: TemplateFacts = {
	usualGapDays: null,
	secondGapDays: null,
	highSpend: null,
	highOrder: null,
	cartStages: ['reminder'],
	cartDays: 7
};
const FACTS: readonly TemplateFacts[] = [
	NOTHING_KNOWN,
	{
		...NOTHING_KNOWN,
		usualGapDays: 0.5,
		secondGapDays: 0,
		highSpend: 1,
		highOrder: 1,
		cartStages: ['reminder', 'late']
	},
	{ ...NOTHING_KNOWN, usualGapDays: 900, secondGapDays: 2000, highSpend: 3e7, highOrder: 1e9 }
];
const HELPERS = ['index.ts', 'template.ts'];
/** What a file of orders with products and prices tells. */
const TOLD_BY_ORDERS = [
	'new_customers',
	'second_order_due',
	'second_order_made',
	'regulars_due',
	'big_first_order',
	'weekend_shoppers',
	'vip_slipping',
	'overdue',
	'slowing_down',
	'big_spenders_quiet',
	'top_spenders',
	'premium_lovers',
	'returns_heavy',
	'first_order_anniversary'
];
/** What nobody of Online Retail is: the file is shorter than a year. */
const NOBODY_OF_ORDERS = ['first_order_anniversary'];
/** What the made-up shop cannot tell: it has no survey. */
const NOT_TOLD_BY_SAMPLE = ['detractors', 'promoters'];

describe('the ideas', () => {
	it('are all listed, each once, those of a moment together', () => {
		const ids = TEMPLATES.map(({ id }) => id);
		const folder = new URL('../../src/lib/pipeline/segment/templates/', import.meta.url);
		const files = readdirSync(folder).filter((file) => !HELPERS.includes(file));
		expect(files.map((file) => file.replace('.ts', '').replaceAll('-', '_')).sort()).toEqual(ids.toSorted());
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(TEMPLATES.map(({ name }) => name.toLowerCase())).size).toBe(ids.length);
		const moments = TEMPLATES.map(({ moment }) => MOMENTS.findIndex(({ id }) => id === moment));
		expect(moments).toEqual(moments.toSorted((a, b) => a - b));
		expect(new Set(moments).size).toBe(MOMENTS.length);
	});
});

it('says where the numbers of an idea leave nobody', () => {
	const viewed = TEMPLATES.find(({ id }) => id === 'viewed_not_bought');
	expect(viewed?.problem?.({ days: 5, within_days: 7 })).toBe(
		'Nobody can have looked in the last 5 days and waited 7 days since. The first number has to be larger than the second.'
	);
	expect(viewed?.problem?.({ days: 7, within_days: 7 })).not.toBeNull();
	expect(viewed?.problem?.({ days: 8, within_days: 7 })).toBeNull();
});

it('says how long ago a cart was left', () => {
	const cart = TEMPLATES.find(({ id }) => id === 'left_cart');
	const text = (cartDays: number) => cart && piecesOf(cart, { ...NOTHING_KNOWN, cartDays })[0]?.text;
	expect(text(7)).toBe('filled a cart in the last 7 days, worth at least ');
	expect(text(14)).toContain('in the last 14 days');
});

describe.each(TEMPLATES.map((template) => ({ id: template.id, template })))('$id', ({ template }) => {
	it('has words that name each of its numbers once', () => {
		const named = piecesOf(template, NOTHING_KNOWN).flatMap(({ param }) => param ?? []);
		const ids = template.params(NOTHING_KNOWN).map(({ id }) => id);
		expect(named.toSorted()).toEqual(ids.toSorted());
		const words = piecesOf(template, NOTHING_KNOWN).map(({ text }) => text);
		expect(words.join('0')).toMatch(/^[a-z].*[^.]$/);
		expect(template.name.length).toBeLessThanOrEqual(50);
		expect(template.why).toMatch(/\.$/);
		expect(template.why).not.toMatch(/!|—/);
	});

	it.each(FACTS)('is a rule with its usual, its least and its most numbers (%#)', (facts) => {
		const params = template.params(facts);
		for (const { least, most, value } of params) {
			expect(value).toBeGreaterThanOrEqual(least);
			expect(value).toBeLessThanOrEqual(most);
		}
		for (const pick of ['value', 'least', 'most'] as const) {
			const rule = template.rule(Object.fromEntries(params.map((param) => [param.id, param[pick]])), facts);
			expect(Rule.parse(rule)).toEqual(rule);
		}
	});

	it.each(FACTS)('has no problem with its usual numbers (%#)', (facts) => {
		expect(template.problem?.(defaultsOf(template, facts)) ?? null).toBeNull();
	});

	it('changes its rule with each of its numbers', () => {
		const usual = defaultsOf(template, NOTHING_KNOWN);
		for (const { id, most } of template.params(NOTHING_KNOWN)) {
			const other = template.rule({ ...usual, [id]: usual[id] === most ? most - 1 : most }, NOTHING_KNOWN);
			expect(other).not.toEqual(template.rule(usual, NOTHING_KNOWN));
		}
	});
});

describeEngines('the ideas on the sample shop', (engine) => {
	let scope: RuleScope;
	let facts: TemplateFacts;
	beforeAll(async () => {
		scope = scopeOfToday(await runFiles(engine(), makeSampleShop().files));
		facts = await templateFacts(engine(), scope, signal);
	}, LONG_MS);

	it('knows what is usual', () => {
		expect(facts).toMatchObject({ usualGapDays: 28, secondGapDays: 23, highSpend: 240, highOrder: 68 });
	});

	it.each(TEMPLATES.map((template) => ({ id: template.id, template })))(
		'$id gives some of the customers, or says what is missing',
		async ({ id, template }) => {
			const rule = template.rule(defaultsOf(template, facts), facts);
			const problem = await problemOf(engine(), rule, scope, signal);
			if (NOT_TOLD_BY_SAMPLE.includes(id)) {
				expect(problem).toMatch(/needs .* survey/);
				return;
			}
			expect(problem).toBeNull();
			expect(sentenceOf(rule, vocabularyOf(scope))).toMatch(/./);
			const members = await countOf(engine(), rule, scope);
			expect(members).toBeGreaterThan(0);
			expect(members).toBeLessThan(3000);
		}
	);
});

describe('the ideas on Online Retail', () => {
	let engine: Engine;
	let scope: RuleScope;
	let facts: TemplateFacts;
	beforeAll(async () => {
		engine = await openNativeEngine();
		const bytes = await readFile(new URL('../fixtures/online_retail/orders.csv.gz', import.meta.url));
		const files = [{ name: 'orders.csv.gz', blob: new Blob([new Uint8Array(bytes)]) }];
		scope = scopeOfToday(await runFiles(engine, files));
		facts = await templateFacts(engine, scope, signal);
	}, LONG_MS);
	afterAll(() => engine.close());

	it.each(TEMPLATES.map((template) => ({ id: template.id, template })))(
		'$id gives some of the customers, or says what is missing',
		async ({ id, template }) => {
			const rule = template.rule(defaultsOf(template, facts), facts);
			const problem = await problemOf(engine, rule, scope, signal);
			if (!TOLD_BY_ORDERS.includes(id)) {
				expect(problem).toMatch(/needs (a file|a column|events)/);
				return;
			}
			expect(problem).toBeNull();
			const members = await countOf(engine, rule, scope);
			expect(members > 0).toBe(!NOBODY_OF_ORDERS.includes(id));
			expect(members).toBeLessThan(3000);
		}
	);
});

async function countOf(engine: Engine, rule: Rule, scope: RuleScope): Promise<number> {
	const columns = await engine.columns(membersSql(rule, scope), signal);
	return columns.get('idx')?.length ?? 0;
}
