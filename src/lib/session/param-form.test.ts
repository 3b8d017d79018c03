import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REPAIR_OPERATIONS } from '#lib/pipeline/clean/repairs/operations/index.ts';
import { draftOf, readDraft } from './param-draft.ts';
import { fieldsOf, spoken } from './param-form.ts';

const Params = z.object({
	case: z.enum(['as_written', 'lower']).meta({ title: 'Letters', options: { lower: 'Small letters' } }),
	oneBlank: z.boolean(),
	share: z.number().gt(0).max(0.5).meta({ title: 'Share', description: 'Of each end.' }),
	neighbours: z.int().min(1).max(50),
	text: z.string().min(1),
	query: z.string().meta({ format: 'sql' }),
	by: z.string().nullable().meta({ format: 'column' }),
	from: z.string().meta({ format: 'day' }).nullable(),
	words: z.array(z.string()).min(1),
	kinds: z.array(z.enum(['a', 'b'])),
	rates: z.record(z.string(), z.number().positive()).meta({ columns: ['Currency', 'Rate'] }),
	names: z.record(z.string(), z.string()),
	pairs: z.array(z.object({ from: z.string().meta({ title: 'Spelling' }), times: z.number() }))
});

const VALUES: z.infer<typeof Params> = {
	case: 'lower',
	oneBlank: true,
	share: 0.05,
	neighbours: 5,
	text: 'x',
	query: 'SELECT 1',
	by: null,
	from: '2024-01-31',
	words: ['n/a', '-'],
	kinds: ['b'],
	rates: { USD: 0.92, GBP: 1.17 },
	names: { NYC: 'New York City' },
	pairs: [{ from: 'a', times: 2 }]
};

describe('the fields of a schema', () => {
	const fields = fieldsOf(Params);
	const of = (name: string) => fields.find((field) => field.name === name);

	it('keep the order and take titles, help and words from the metadata', () => {
		expect(fields.map(({ name }) => name)).toEqual(Object.keys(VALUES));
		expect(of('case')).toEqual({
			name: 'case',
			title: 'Letters',
			description: '',
			isOptional: false,
			control: {
				kind: 'choice',
				options: [
					{ value: 'as_written', label: 'As written' },
					{ value: 'lower', label: 'Small letters' }
				]
			}
		});
		expect(of('oneBlank')).toMatchObject({ title: 'One blank', control: { kind: 'switch' } });
		expect(of('share')).toMatchObject({ title: 'Share', description: 'Of each end.' });
	});

	it('know the limits of numbers, and which are whole', () => {
		expect(of('share')?.control).toEqual({ kind: 'number', least: 0, most: 0.5, isWhole: false });
		expect(of('neighbours')?.control).toEqual({ kind: 'number', least: 1, most: 50, isWhole: true });
		expect(fieldsOf(z.object({ n: z.int() }))[0]?.control).toMatchObject({ least: null, most: null });
	});

	it('tell columns, days, lists and tables', () => {
		expect(of('text')?.control).toEqual({ kind: 'text', isLong: false });
		expect(of('query')?.control).toEqual({ kind: 'text', isLong: true });
		expect(of('by')).toMatchObject({ control: { kind: 'column' }, isOptional: true });
		expect(of('from')).toMatchObject({ control: { kind: 'day' }, isOptional: true });
		expect(of('words')?.control).toEqual({ kind: 'texts', isNumber: false });
		expect(of('kinds')?.control).toMatchObject({ kind: 'choices' });
		expect(of('rates')?.control).toMatchObject({
			isRecord: true,
			columns: [
				{ title: 'Currency', isNumber: false },
				{ title: 'Rate', isNumber: true }
			]
		});
		expect(of('pairs')?.control).toMatchObject({ isRecord: false, columns: [{ title: 'Spelling' }, {}] });
	});

	it('refuse what nobody could enter', () => {
		expect(() => fieldsOf(z.object({ f: z.function() as unknown as z.ZodType }))).toThrow('no control');
		expect(() => fieldsOf(z.string())).toThrow('object');
	});

	it('write ids as words', () => {
		expect([spoken('group_median'), spoken('singleBlanks'), spoken('k')]).toEqual([
			'Group median',
			'Single blanks',
			'K'
		]);
	});
});

describe('what is entered', () => {
	const fields = fieldsOf(Params);
	const draft = draftOf(fields, VALUES);
	const problems = (change: Parameters<typeof readDraft>[2]) =>
		readDraft(Params, fields, { ...draft, ...change }).problems;

	it('comes back as it was', () => {
		expect(readDraft(Params, fields, draft)).toEqual({ params: VALUES, problems: null });
	});

	it('takes a decimal comma, and nothing where nothing is needed', () => {
		const { params } = readDraft(Params, fields, { ...draft, share: ' 0,25 ', from: '' });
		expect(params).toMatchObject({ share: 0.25, from: null });
	});

	it('says what was found and what is needed, beside each field', () => {
		expect(problems({ share: 'a lot' })).toEqual({ share: 'Found “a lot”, needed a number.' });
		expect(problems({ share: '' })).toEqual({ share: 'Nothing is entered, needed a number.' });
		expect(problems({ share: '0' })).toEqual({ share: 'Found 0, needed more than 0.' });
		expect(problems({ neighbours: '2.5' })).toEqual({ neighbours: 'Found 2.5, needed a whole number.' });
		expect(problems({ neighbours: '90', share: '0.9' })).toEqual({
			neighbours: 'Found 90, needed 50 or less.',
			share: 'Found 0.9, needed 0.5 or less.'
		});
		expect(problems({ text: '' })).toEqual({ text: 'Nothing is entered yet.' });
		expect(problems({ words: ' \n ' })).toEqual({ words: 'Needed at least 1.' });
	});

	it('names the row of a table that does not fit', () => {
		expect(problems({ rates: [['USD', 'x']] })).toEqual({ rates: 'USD: Found “x”, needed a number.' });
		expect(problems({ rates: [['USD', '-1']] })).toEqual({ rates: 'USD: Needed more than 0.' });
		expect(
			problems({
				rates: [
					['USD', '1'],
					['USD', '2']
				]
			})
		).toEqual({ rates: '“USD” stands there twice.' });
		expect(problems({ rates: [['', '']] })).toBeNull();
	});
});

describe.each(REPAIR_OPERATIONS.map((operation) => [operation.id, operation] as const))(
	'the form of %s',
	(_, operation) => {
		it('has a control with words for every parameter, and gives the defaults back', () => {
			const fields = fieldsOf(operation.params);
			expect(fields.every(({ title }) => /^\p{Lu}/u.test(title))).toBe(true);
			for (const { control } of fields) {
				if (control.kind !== 'choice' && control.kind !== 'choices') continue;
				expect(control.options.every(({ label }) => label !== '')).toBe(true);
			}
			expect(Object.keys(draftOf(fields, operation.defaults))).toEqual(fields.map(({ name }) => name));
			const read = readDraft(operation.params, fields, draftOf(fields, operation.defaults));
			if (operation.params.safeParse(operation.defaults).success) {
				expect(read).toEqual({ params: operation.defaults, problems: null });
			} else {
				expect(read.problems).not.toBeNull();
			}
		});
	}
);
