import { describe, expect, it } from 'vitest';
import { NumberTest, TextTest, TimeTest, Window } from '#lib/pipeline/segment/rules/schema.ts';
import { withTextOp } from '#lib/session/segments/draft-texts.ts';
import {
	NUMBER_OPTIONS,
	TEXT_OPTIONS,
	TIME_OPTIONS,
	WINDOW_OPTIONS,
	withNumberOp,
	withTimeOp,
	withWindowKind
} from './op-words.ts';

describe('another operator', () => {
	it('keeps the number', () => {
		expect(withNumberOp({ op: 'gt', value: 500 }, 'between')).toEqual({ op: 'between', from: 500, to: 1000 });
		expect(withNumberOp({ op: 'between', from: 3, to: 9 }, 'lt')).toEqual({ op: 'lt', value: 3 });
		expect(withNumberOp({ op: 'gt', value: 500 }, 'known')).toEqual({ op: 'known' });
	});

	it('is one that a recipe may have', () => {
		for (const { value } of NUMBER_OPTIONS)
			expect(NumberTest.safeParse(withNumberOp({ op: 'eq', value: 0 }, value)).success).toBe(true);
		for (const { value } of TEXT_OPTIONS)
			expect(TextTest.safeParse(withTextOp({ op: 'is', values: ['a'] }, value)).success).toBe(true);
		for (const { value } of TIME_OPTIONS)
			expect(TimeTest.safeParse(withTimeOp({ op: 'unknown' }, value)).success).toBe(true);
		for (const { value: from } of WINDOW_OPTIONS) {
			const window = withWindowKind(
				{ kind: 'last', length: { count: 30, unit: 'day' } },
				from,
				'2024-03-31',
				'2024-01-01'
			);
			for (const { value: to } of WINDOW_OPTIONS)
				expect(Window.safeParse(withWindowKind(window, to, '2024-03-31', '2024-01-01')).success).toBe(true);
		}
	});

	it('keeps the day of a window', () => {
		const since: Window = { kind: 'since', day: '2024-02-01' };
		expect(withWindowKind(since, 'between', '2024-03-31', '2024-01-01')).toEqual({
			kind: 'between',
			from: '2024-02-01',
			to: '2024-03-31'
		});
	});
});
