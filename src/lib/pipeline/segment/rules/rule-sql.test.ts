import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { sqlTokens } from '#lib/engine/sql-tokens.ts';
import { selectOf } from '#lib/pipeline/queries/select.ts';
import { describeSelect } from '#lib/pipeline/queries/workspace.ts';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { MADE_RULES } from '../../../../../tests/support/made-rules.ts';
import { NASTY, nastyText, ruleArbitrary } from '../../../../../tests/support/rule-arbitrary.ts';
import { makeWorld, writeWorld } from '../../../../../tests/support/rule-world.ts';
import { membersSql } from './compile.ts';
import { ruleOfSql, ruleSqlText } from './rule-sql.ts';
import type { Rule } from './schema.ts';
import type { RuleScope } from './scope.ts';
import { normalise } from './sentence/index.ts';

const { scope } = makeWorld(7);
const RULE: Rule = {
	kind: 'group',
	match: 'all',
	conditions: [
		{ kind: 'feature', feature: 'monetary_total', test: { type: 'number', test: { op: 'gt', value: 500 } } },
		{
			kind: 'feature',
			feature: 'recency_days',
			test: { type: 'number', test: { op: 'between', from: 2, to: 9 } }
		},
		{ kind: 'segment', segment: 'group:champion', isIn: false }
	]
};

function named(name: string): RuleScope {
	const champions = scope.segments.get('group:champion');
	if (!champions) throw new Error('the shop has champions');
	return { ...scope, segments: new Map([['group:champion', { ...champions, name }]]) };
}

describe('ruleSqlText', () => {
	it('writes the sentence and a query that can be read', () => {
		const text = ruleSqlText(RULE, { ...scope, segments: new Map() });
		expect(text)
			.toBe(`-- Customers whose monetary_total is more than 500, whose recency_days is between 2 and 9, and who are not in [group:champion]
SELECT f.idx::INTEGER AS idx, f.customer_id::VARCHAR AS customer_id
FROM "features"."customers" f
WHERE (
  coalesce("f"."monetary_total" > 500, false)
  AND coalesce("f"."recency_days" BETWEEN 2 AND 9, false)
  AND false
)
ORDER BY idx`);
	});

	it('finds the rule again, whatever blanks stand in the query', () => {
		const text = ruleSqlText(RULE, scope);
		expect(ruleOfSql(text, scope)).toEqual(RULE);
		expect(ruleOfSql(text.replaceAll(/\n(?=.)/g, '\r\n\t '), scope)).toEqual(RULE);
		expect(ruleOfSql(`\n${text} ;\n`, scope)).toEqual(RULE);
	});

	it('finds none in a query that says something else', () => {
		const text = ruleSqlText(RULE, scope);
		const changed = [
			text.replace('> 500,', '> 501,'),
			text.replace('more than 500', 'more than 501'),
			text.replace('monetary_total" >', 'monetary_total" >='),
			`${text} LIMIT 5`,
			`${text} -- mine`,
			text.replace('WHERE', 'WHERE /* all */'),
			text.replace(/^.*\n/, ''),
			text.replace('Customers', 'Costumers'),
			'SELECT 1',
			''
		];
		expect(new Set(changed).size).toBe(changed.length);
		for (const other of changed) expect(ruleOfSql(other, scope)).toBeNull();
	});

	it('finds none when a text in it has another blank', () => {
		const rule: Rule = {
			kind: 'group',
			match: 'all',
			conditions: [
				{ kind: 'feature', feature: 'favourite', test: { type: 'text', test: { op: 'is', values: ['a b'] } } }
			]
		};
		const text = ruleSqlText(rule, scope);
		expect(ruleOfSql(text, scope)).toEqual(rule);
		expect(ruleOfSql(text.replace("'a b'", "'a  b'"), scope)).toBeNull();
	});

	it('keeps names and texts within the comment and the literals', () => {
		const names = fc.oneof(nastyText, fc.constantFrom(...NASTY.filter(Boolean)));
		fc.assert(
			fc.property(names, ruleArbitrary(scope), (name, rule) => {
				const around = named(name);
				const text = ruleSqlText(rule, around);
				const [first = '', ...rest] = text.split('\n');
				expect(first).toMatch(/^-- \P{Cc}*$/u);
				expect(sqlTokens(first).tokens).toEqual([]);
				const written = sqlTokens(rest.join('\n'));
				expect(written.open).toBeNull();
				const meant = sqlTokens(membersSql(normalise(rule), around).text).tokens;
				expect(written.tokens.map((token) => token.text)).toEqual(meant.map((token) => token.text));
				expect(ruleOfSql(text, around)).toEqual(normalise(rule));
			}),
			{ seed: 72, numRuns: 300 }
		);
	});
});

describeEngines('the SQL of a rule', (engine) => {
	const world = makeWorld(7);
	beforeAll(() => writeWorld(engine(), world));

	it('gives the same people as the rule where the user writes SQL', async () => {
		await fc.assert(
			fc.asyncProperty(MADE_RULES, async (rule) => {
				const text = ruleSqlText(rule, world.scope);
				const columns = await describeSelect(engine(), text);
				expect(columns.map(({ name }) => name)).toEqual(['idx', 'customer_id']);
				const people = sql`SELECT idx::INTEGER AS idx FROM ${selectOf(text)} ORDER BY idx`;
				expect(await engine().rows(people)).toEqual(
					(await engine().rows<{ idx: number }>(membersSql(rule, world.scope))).map(({ idx }) => ({ idx }))
				);
				expect(ruleOfSql(text, world.scope)).toEqual(normalise(rule));
			}),
			{ seed: 73, numRuns: 80 }
		);
	}, 120_000);

	it('runs with names that would break out', async () => {
		for (const name of NASTY.filter(Boolean)) {
			const text = ruleSqlText(RULE, named(name));
			expect((await describeSelect(engine(), text)).length).toBe(2);
		}
	});
});
