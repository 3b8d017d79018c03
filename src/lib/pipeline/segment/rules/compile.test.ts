import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeEngines } from '../../../../../tests/support/engines.ts';
import { MADE_ACTIVITIES, MADE_RULES } from '../../../../../tests/support/made-rules.ts';
import { membersByHand } from '../../../../../tests/support/rule-oracle.ts';
import { makeWorld, writeWorld } from '../../../../../tests/support/rule-world.ts';
import { membersSql, problemsOf } from './compile.ts';
import type { Condition, Rule } from './schema.ts';

function ruleOf(match: Rule['match'], ...conditions: Condition[]): Rule {
	return { kind: 'group', match, conditions };
}

describeEngines('rules', (engine) => {
	const world = makeWorld(7);
	beforeAll(() => writeWorld(engine(), world));

	async function members(rule: Rule): Promise<number[]> {
		const rows = await engine().rows<{ idx: number }>(membersSql(rule, world.scope));
		return rows.map(({ idx }) => idx);
	}

	it('hold of the people of whom they hold by hand, and their opposite of everyone else', async () => {
		await fc.assert(
			fc.asyncProperty(MADE_RULES, async (rule) => {
				expect(problemsOf(rule, world.scope)).toEqual([]);
				const found = await members(rule);
				expect(found).toEqual(membersByHand(rule, world.oracle));
				const others = await members(ruleOf('none', rule));
				expect([...found, ...others].sort((a, b) => a - b)).toEqual(world.oracle.people.map((_, idx) => idx));
			}),
			{ seed: 11, numRuns: 400 }
		);
	}, 120_000);

	it('count, add up and average what people did as by hand', async () => {
		await fc.assert(
			fc.asyncProperty(MADE_ACTIVITIES, async (condition) => {
				const rule = ruleOf('all', condition);
				expect(await members(rule)).toEqual(membersByHand(rule, world.oracle));
			}),
			{ seed: 12, numRuns: 1000 }
		);
	}, 120_000);
});

describe('the rules that are made', () => {
	it('hold of some people and not of others, mostly', () => {
		const { oracle } = makeWorld(7);
		const sizes = fc
			.sample(MADE_ACTIVITIES, { seed: 12, numRuns: 1000 })
			.map((each) => membersByHand(each, oracle).length);
		expect(sizes.filter((size) => size > 0 && size < oracle.people.length).length).toBeGreaterThan(200);
	});
});
