import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource } from '../../../../../../tests/support/raw-tables.ts';
import { makeRepair, repairRows } from '../../../../../../tests/support/repairs.ts';
import { REPAIR_OPERATIONS } from './index.ts';

/** The numbers, from 1, of the texts that fail; all others pass. */
interface Example {
	readonly rule: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly texts: readonly string[];
	readonly fails: readonly string[];
	readonly reading?: { readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'; readonly decimalMark?: '.' | ',' };
	readonly words: string;
}

const EXAMPLES: readonly Example[] = [
	{
		rule: 'rule_email',
		params: { required: false },
		texts: [
			...['anna@example.com', 'A.B+c@mail.example.co.uk', 'jürgen@müller.de', 'x_y@a-b.io', "o'hara@x.ie"],
			...['a@xn--bcher-kva.xn--p1ai', '', ' ', 'no at', 'anna@example', '@example.com', 'anna@.com'],
			...['a b@example.com', 'a..b@example.com', '.a@example.com', 'a.@example.com', 'a@b@c.com', 'a@-b.com'],
			...['a@b-.com', 'a@b.c', 'a@b.12', ' a@b.com', 'a@b.com,', 'mailto:a@b.com', `${'x'.repeat(65)}@b.com`]
		],
		fails: [
			...['no at', 'anna@example', '@example.com', 'anna@.com', 'a b@example.com', 'a..b@example.com'],
			...['.a@example.com', 'a.@example.com', 'a@b@c.com', 'a@-b.com', 'a@b-.com', 'a@b.c', 'a@b.12'],
			...['a@b.com,', 'mailto:a@b.com', `${'x'.repeat(65)}@b.com`]
		],
		words: '“Value” is in the form of an email'
	},
	{
		rule: 'rule_email',
		params: { required: true },
		texts: ['a@b.com', '', '\u00A0 '],
		fails: ['', '\u00A0 '],
		words: '“Value” is filled and in the form of an email'
	},
	{
		rule: 'rule_age',
		params: { holds: 'age', least: 13, most: 110, asOf: null },
		texts: ['12', '13', '12.9', '110', '110.1', '150', '-4', '', 'young', '1e3'],
		fails: ['12', '12.9', '110.1', '150', '-4', '1e3'],
		words: '“Value” is between 13 and 110 years'
	},
	{
		rule: 'rule_age',
		params: { holds: 'birth_date', least: 13, most: 110, asOf: '2024-02-29' },
		texts: [
			'28/02/2011',
			'29/02/2011',
			'01/03/2011',
			'28/02/2012',
			'01/03/1913',
			'28/02/1913',
			'01/03/2024',
			'',
			'01/01/1850',
			'1799-01-01',
			'1850',
			'x 1850'
		],
		fails: ['01/03/2011', '28/02/2012', '28/02/1913', '01/03/2024', '01/01/1850', '1799-01-01', '1850'],
		reading: { dateOrder: 'dmy' },
		words: 'People of “Value” are between 13 and 110 years old on 2024-02-29'
	},
	{
		rule: 'rule_not_future',
		params: { latest: '2024-05-31' },
		texts: ['2024-05-31 23:59', '2024-06-01', '2099-01-01', '2024-05-01', '', 'soon', '31 Dec 2024'],
		fails: ['2024-06-01', '2099-01-01', '31 Dec 2024'],
		words: '“Value” is not after 2024-05-31'
	},
	{
		rule: 'rule_range',
		params: { least: 0, most: null },
		texts: ['-0.01', '0', '-0', '12.50', '(5.00)', '€-3', '', 'free', '1,200.00'],
		fails: ['-0.01', '(5.00)', '€-3'],
		words: '“Value” is 0 or more'
	},
	{
		rule: 'rule_range',
		params: { least: 1.5, most: 1000 },
		texts: ['1,5', '1,49', '1.000', '1.000,01', '-2'],
		fails: ['1,49', '1.000,01', '-2'],
		reading: { decimalMark: ',' },
		words: '“Value” is between 1.5 and 1000'
	},
	{
		rule: 'rule_range',
		params: { least: null, most: 10 },
		texts: ['10', '10.0001'],
		fails: ['10.0001'],
		words: '“Value” is 10 or less'
	},
	{
		rule: 'rule_filled',
		params: {},
		texts: ['a', '', ' ', '\t', '\u00A0', '\u200B', '0', '-'],
		fails: ['', ' ', '\t', '\u00A0', '\u200B'],
		words: '“Value” is filled'
	},
	{
		rule: 'rule_one_of',
		params: { values: ['AT', "D'E", 'CH'], ignoreCase: false },
		texts: ['AT', 'at', "D'E", 'FR', '', ' CH'],
		fails: ['at', 'FR', ' CH'],
		words: "“Value” is one of “AT”, “D'E”, “CH”"
	},
	{
		rule: 'rule_one_of',
		params: { values: ['a', 'Ä', 'c', 'd', 'e', 'f', 'g'], ignoreCase: true },
		texts: ['A', 'ä', 'z'],
		fails: ['z'],
		words: '“Value” is one of “a”, “Ä”, “c”, “d”, “e” and 2 more'
	},
	{
		rule: 'rule_unique',
		params: {},
		texts: ['1', '2', '1', '', '', ' ', ' ', '3', '1', '01'],
		fails: ['1', '1', '1'],
		words: 'Each “Value” stands once'
	},
	{
		rule: 'rule_pattern',
		params: { pattern: String.raw`[A-Z]{2}\d{3}|x'y`, ignoreCase: false },
		texts: ['AB123', 'ab123', 'AB1234', "x'y", '', '\n'],
		fails: ['ab123', 'AB1234'],
		words: String.raw`“Value” follows [A-Z]{2}\d{3}|x'y`
	},
	{
		rule: 'rule_pattern',
		params: { pattern: 'a|bc', ignoreCase: true },
		texts: ['A', 'BC', 'ab'],
		fails: ['ab'],
		words: '“Value” follows a|bc'
	}
];

describeEngines('the rules of the clean-up', (engine) => {
	it.each(EXAMPLES.map((example) => [example.rule, example.words, example] as const))(
		'%s catches what fails, and nothing else: %s',
		async (rule, words, { params, texts, fails, reading }) => {
			const source = makeSource(['id', 'Value'], { customer: 'id' }, reading);
			const rows = texts.map((text, i) => [`${i + 1}`, text]);
			const repair = (severity: string) => makeRepair(source, rule, ['Value'], { ...params, severity });
			const warned = await repairRows(engine(), source, rows, [repair('warn')]);
			expect(warned.failing.map((row) => texts[row - 1])).toEqual(fails);
			expect(warned.setAside).toEqual([]);
			expect(warned.texts).toEqual(rows);
			expect(warned.results).toMatchObject([
				{
					state: 'done',
					severity: 'warn',
					sources: [{ rowsFailing: fails.length, rowsChanged: 0, rowsSetAside: 0 }]
				}
			]);
			const aside = await repairRows(engine(), source, rows, [repair('set_aside')]);
			expect(aside.setAside).toEqual(warned.failing);
			expect(aside.results).toMatchObject([{ sources: [{ rowsSetAside: fails.length }] }]);
			const operation = REPAIR_OPERATIONS.find(({ id }) => id === rule);
			expect(operation?.describe({ ...params, severity: 'warn' }, ['Value'])).toBe(words);
		}
	);

	it('fail a row when any of the columns does, and look at rows that are not set aside', async () => {
		const source = makeSource(['a', 'b'], {});
		const rows = [
			['', 'x'],
			['x', ''],
			['x', 'x'],
			['', '']
		];
		const filled = makeRepair(source, 'rule_filled', ['a'], { severity: 'set_aside' });
		const both = { ...makeRepair(source, 'rule_filled', ['a', 'b'], { severity: 'block' }), id: 'r2' };
		const { results, setAside } = await repairRows(engine(), source, rows, [filled, both]);
		expect(setAside).toEqual([1, 4]);
		expect(results.map(({ sources }) => sources[0]?.rowsFailing)).toEqual([2, 1]);
	});

	it('ask for a key of several columns, once among the rows that are left', async () => {
		const source = makeSource(['a', 'b', 'c'], {});
		const rows = [
			['1', '1', ''],
			['1', '1', 'x'],
			['1', '2', 'x'],
			['1', '', 'x'],
			['1', '', 'x'],
			['1', '2', 'x']
		];
		const filled = makeRepair(source, 'rule_filled', ['c'], { severity: 'set_aside' });
		const unique = { ...makeRepair(source, 'rule_unique', ['a', 'b'], { severity: 'warn' }), id: 'r2' };
		const { results } = await repairRows(engine(), source, rows, [filled, unique]);
		expect(results[1]).toMatchObject({ sources: [{ rowsFailing: 2 }] });
	});

	it('refuse a pattern that is none, with the reason', async () => {
		const source = makeSource(['Value'], {});
		const repair = makeRepair(source, 'rule_pattern', ['Value'], {
			pattern: '(a',
			ignoreCase: false,
			severity: 'warn'
		});
		await expect(repairRows(engine(), source, [['a']], [repair])).rejects.toMatchObject({
			code: 'clean.repair-invalid',
			details: { issues: ['“(a” is no regular expression: missing ): (a'] }
		});
	});

	it.each([
		['rule_age', { holds: 'birth_date', least: 13, most: 110, asOf: null, severity: 'warn' }],
		['rule_age', { holds: 'age', least: 110, most: 13, asOf: null, severity: 'warn' }],
		['rule_not_future', { latest: '2024-02-30', severity: 'warn' }],
		['rule_range', { least: null, most: null, severity: 'warn' }],
		['rule_range', { least: 2, most: 1, severity: 'warn' }],
		['rule_one_of', { values: [], ignoreCase: true, severity: 'warn' }],
		['rule_filled', { severity: 'perhaps' }]
	])('refuse parameters that say nothing: %s %j', async (rule, params) => {
		const source = makeSource(['Value'], {});
		const run = repairRows(engine(), source, [['1']], [makeRepair(source, rule, ['Value'], params)]);
		await expect(run).rejects.toMatchObject({ code: 'clean.repair-invalid' });
	});

	it('part the rows of any file in those that fail and those that pass', async () => {
		const text = fc.oneof(
			fc.string(),
			fc.constantFrom('', ' ', "'", '"', '1', '-1', 'a@b.com', '2030-01-01')
		);
		const name = fc
			.string({ minLength: 1, unit: 'grapheme' })
			.map((text) => `"${text.replaceAll('\0', '')}'`);
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					text.map((each) => each.replaceAll('\0', '')),
					{ minLength: 1, maxLength: 20 }
				),
				name,
				fc.constantFrom(...EXAMPLES),
				async (texts, column, { rule, params }) => {
					const source = makeSource([column], {});
					const repair = makeRepair(source, rule, [column], { ...params, severity: 'set_aside' });
					const rows = texts.map((each) => [each]);
					const { results, setAside, texts: left } = await repairRows(engine(), source, rows, [repair]);
					expect(left).toEqual(rows);
					expect(results).toMatchObject([
						{ state: 'done', sources: [{ rowsFailing: setAside.length, rowsSetAside: setAside.length }] }
					]);
				}
			),
			{ seed: 5, numRuns: 15 }
		);
	});
});
