import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { questionOf } from './question.ts';

function recipeOf(source: ReturnType<typeof makeSource>) {
	return { ...emptyRecipe('test'), import: { sources: [source] } };
}

describe('questionOf', () => {
	test('asks for the order of day and month with both readings of each example', () => {
		const source = makeSource(['who', 'when'], { customer: 'who', date: 'when' }, { dateOrder: null });
		const failure = new AppError('import.date-order-unknown', {
			fileName: source.fileName,
			column: 'when',
			examples: ['03/04/2024'],
			rows: [],
			contradictory: false,
			counts: null
		});
		expect(questionOf(recipeOf(source), failure)).toMatchObject({
			kind: 'date-order',
			source,
			column: 'when',
			examples: [{ text: '03/04/2024', dmy: '2024-04-03', mdy: '2024-03-04', ymd: null }]
		});
	});

	test('asks of the file whose dates no step writes one way, also where two columns disagree', () => {
		const mapping = { customer: 'who', date: 'when', updated_at: 'changed' };
		const columns = ['who', 'when', 'changed'];
		const first = makeSource(columns, mapping, { dateOrder: null });
		const second = { ...makeSource(columns, mapping, { id: 's2', dateOrder: null }), series: 's2' };
		const recipe = recipeOf(first);
		const step = {
			id: 'r1',
			operation: 'standardise_dates',
			on: true,
			series: first.series,
			columns: ['when', 'changed'],
			params: {}
		};
		const mended = {
			...recipe,
			import: { sources: [first, second] },
			clean: { ...recipe.clean, repairs: [step] }
		};
		const details = { examples: [], rows: [], contradictory: true, counts: null };
		const one = new AppError('import.date-order-unknown', { ...details, fileName: '', column: 'when' });
		expect(questionOf(mended, one)).toMatchObject({ source: { id: 's2' }, columns: ['when'] });
		const fileName = second.fileName;
		const both = new AppError('import.date-order-unknown', {
			...details,
			fileName,
			column: 'when and changed'
		});
		expect(questionOf(mended, both)).toMatchObject({ source: { id: 's2' }, columns: ['when', 'changed'] });
	});

	test('asks for the decimal mark, the currency and the roles that are missing', () => {
		const source = makeSource(['who', 'paid'], { customer: 'who', amount: 'paid' }, { decimalMark: null });
		const examples = [{ text: '1.234', point: '1.23', comma: '1,234' }];
		const mark = new AppError('import.decimal-mark-unknown', {
			fileName: '',
			column: 'paid',
			contradictory: false,
			examples
		});
		expect(questionOf(recipeOf(source), mark)).toMatchObject({
			kind: 'decimal-mark',
			column: 'paid',
			examples
		});
		const currencies = [{ currency: 'EUR', rows: 3 }];
		const money = new AppError('clean.currency-unknown', { currencies });
		expect(questionOf(recipeOf(source), money)).toEqual({ kind: 'currency', currencies });
		const roles = new AppError('import.role-missing', { fileName: '', role: 'date', columns: [] });
		expect(questionOf(recipeOf(source), roles)).toMatchObject({ kind: 'roles', missing: [['date']] });
	});

	test('is silent when nothing failed, or something that nobody can answer', () => {
		const source = makeSource(['who'], {});
		expect(questionOf(recipeOf(source), null)).toBeNull();
		expect(questionOf(recipeOf(source), new AppError('session.in-use', {}))).toBeNull();
	});
});
