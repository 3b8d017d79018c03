import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { createFormat } from '#lib/core/format.ts';
import type { Repair, RepairResult } from '#lib/pipeline/clean/repairs/schema.ts';
import { changedRows, shortNumber, spreadWords, stepViews } from './step-detail.ts';
import { isCounting, previewSentence, seen, stepsTitle, stepState } from './step-words.ts';

const format = createFormat('en-GB');
const context = { fileNameOf: (source: string) => `${source}.csv`, format };

const TRIM: Repair = {
	id: 'r1',
	operation: 'trim_case',
	on: true,
	series: 's1',
	columns: ['City'],
	params: { case: 'as_written', singleBlanks: true }
};

function result(counts: readonly number[] = [], change: Partial<RepairResult> = {}): RepairResult {
	const [rowsChanged = 0, rowsFailing = 0, rowsSetAside = 0] = counts;
	const source = {
		source: 's1',
		rowsChanged,
		rowsFailing,
		rowsSetAside,
		words: '',
		added: [],
		sql: 'SELECT 1'
	};
	return { id: 'r1', state: 'done', missing: [], sources: [source], severity: null, ...change };
}

describe('how a step stands', () => {
	const words = (after: RepairResult | undefined, step = TRIM) => stepState(step, after, context);

	it('tells what it did, over all files', () => {
		const two = result([], { sources: [...result([300]).sources, ...result([12, 5, 5]).sources] });
		expect(words(two)).toEqual({
			state: 'done',
			text: '312 rows changed, 5 rows set aside',
			changed: 312,
			failing: 5,
			setAside: 5,
			added: 0
		});
		expect(words(result([0, 1])).text).toBe('1 row flagged');
		expect(words(result([0, 7], { severity: 'warn' })).text).toBe('7 rows failing');
		expect(words(result([0, 0], { severity: 'block' })).text).toBe('No row fails');
		expect(words(result()).text).toBe('Nothing to change');
	});

	it('tells that it adds columns, and why it could do nothing with any file', () => {
		const [source] = result().sources;
		if (!source) throw new RangeError('a source');
		const column = { name: 'r1_log1p_c1', title: 'City, log1p', type: 'DOUBLE' as const };
		expect(words(result([], { sources: [{ ...source, added: [column] }] }))).toMatchObject({
			text: 'One column added',
			added: 1
		});
		const refused = { ...source, added: [column], problem: 'Choose another column.' };
		expect(words(result([], { sources: [refused] }))).toMatchObject({
			state: 'idle',
			text: 'Choose another column.',
			added: 0
		});
		expect(words(result([], { sources: [refused, { ...source, rowsChanged: 3 }] })).state).toBe('done');
	});

	it('tells why it does nothing', () => {
		expect(words(result([1]), { ...TRIM, on: false })).toMatchObject({ state: 'off' });
		expect(words(undefined)).toMatchObject({ state: 'waiting' });
		const missing = [{ source: 's1', columns: ['City', 'Town'] }];
		expect(words(result([], { state: 'idle', missing }))).toMatchObject({
			state: 'idle',
			text: 's1.csv has no “City”, “Town”.'
		});
		expect(words({ ...result(), state: 'idle' }).text).toBe('No file of this list is here.');
	});

	it('tells why it cannot run, also when only the run finds out', () => {
		const wrong = { ...TRIM, params: { case: 'loud', singleBlanks: true } };
		expect(words(undefined, wrong)).toMatchObject({ state: 'failed', text: expect.stringContaining('case') });
		expect(words(undefined, { ...TRIM, operation: 'gone' }).text).toBe('unknown operation “gone”.');
		const failure = new AppError('clean.repair-invalid', {
			step: 'Trim blanks and set the case',
			issues: ['“City” stays as it is']
		});
		expect(stepState(TRIM, undefined, { ...context, failure })).toMatchObject({
			state: 'failed',
			text: '“City” stays as it is.'
		});
	});
});

describe('the title over the steps', () => {
	const state = (counts: readonly number[], step = TRIM) => stepState(step, result(counts), context);

	it('adds up what they do', () => {
		expect(stepsTitle([state([1200]), state([4, 12, 12])], format)).toBe(
			'Two steps change 1,204 rows and set 12 aside'
		);
		expect(stepsTitle([state([1])], format)).toBe('One step changes 1 row');
		expect(stepsTitle([state([5, 9, 2])], format)).toBe(
			'One step changes 5 rows, sets 2 aside and finds 7 to look at'
		);
		expect(stepsTitle([state([])], format)).toBe('One step is on, and nothing has to change');
	});

	it('counts the columns that steps add where nothing else happens', () => {
		expect(stepsTitle([{ ...state([]), added: 11 }], format)).toBe('One step adds 11 columns');
		expect(stepsTitle([{ ...state([7]), added: 1 }], format)).toBe('One step changes 7 rows');
	});

	it('waits for the counts of a run that is going or about to', () => {
		const on = { id: 'r1', on: true };
		const counted = { id: 'r1', state: 'done' as const };
		expect(isCounting([on], [counted], 'running')).toBe(true);
		expect(isCounting([on], [counted], 'done')).toBe(false);
		expect(isCounting([on, { id: 'r2', on: true }], [counted], 'done')).toBe(true);
		expect(isCounting([{ ...on, on: false }], [counted], 'done')).toBe(true);
		expect(isCounting([], [counted], 'other')).toBe(false);
	});

	it('says when all are off, or one cannot run', () => {
		expect(stepsTitle([state([5], { ...TRIM, on: false })], format)).toBe('One step, switched off');
		expect(stepsTitle([state([5]), state([], { ...TRIM, operation: 'gone' })], format)).toBe(
			'A step cannot run'
		);
	});
});

describe('the sentence of a preview', () => {
	const sentence = (
		counts: readonly [number, number, number],
		severity: 'warn' | 'set_aside' | null = null,
		added: readonly string[] = []
	) => {
		const [rowsChanged, rowsFailing, rowsSetAside] = counts;
		const preview = {
			rows: 5000,
			counts: { rowsChanged, rowsFailing, rowsSetAside },
			words: [],
			problem: null,
			added,
			examples: [],
			without: []
		};
		return previewSentence(preview, severity, format);
	};

	it('says how many rows of how many', () => {
		expect(sentence([312, 0, 0])).toBe('This would change 312 of 5,000 rows.');
		expect(sentence([0, 9, 0])).toBe('This would flag 9 of 5,000 rows.');
		expect(sentence([0, 9, 0], 'warn')).toBe('9 of 5,000 rows fail.');
		expect(sentence([0, 9, 9], 'set_aside')).toBe('This would set 9 of 5,000 rows aside.');
		expect(sentence([3, 9, 0])).toBe('This would change 3 of 5,000 rows and flag 9.');
		expect(sentence([0, 0, 0])).toBe('This would change nothing: all 5,000 rows are fine as they are.');
		expect(sentence([0, 0, 0], null, ['Income, log1p'])).toBe(
			'This would add one column; all 5,000 rows keep their values.'
		);
		expect(sentence([24, 0, 0], null, ['Income was missing'])).toBe(
			'This would change 24 of 5,000 rows and add one column.'
		);
		expect(sentence([0, 9, 0], null, ['a', 'b'])).toBe(
			'This would flag 9 of 5,000 rows and add two columns; no value changes.'
		);
		expect(sentence([0, 0, 0], 'warn')).toBe('No row fails: all 5,000 rows keep the rule.');
	});
});

it('shows the blanks that matter', () => {
	expect(seen('  new   york ')).toBe('␣␣new␣␣␣york␣');
	expect(seen('New York')).toBe('New York');
	expect(seen('a\u00A0b\u200B')).toBe('a␣b␣');
});

describe('an opened step', () => {
	it('shows what there is to see', () => {
		const views = (operation: string, counts: readonly [number, number]) =>
			stepViews(
				{ operation },
				{ severity: 'warn' },
				{ rowsChanged: counts[0], rowsFailing: counts[1] },
				format
			).map(({ label }) => label);
		expect(views('trim_case', [1312, 0])).toEqual(['Before and after (1,312)', 'SQL']);
		expect(views('rule_email', [0, 3])).toEqual(['Rows that fail (3)', 'SQL']);
	});

	it('puts the changed values of a row side by side', () => {
		expect(
			changedRows([
				{ row: 2, column: 'row', before: 'x', after: 'y' },
				{ row: 2, column: '__proto__', before: '1', after: '2' },
				{ row: 5, column: 'row', before: ' ', after: '' }
			])
		).toEqual([
			{ row: 2, brow: 'x', arow: 'y', b__proto__: '1', a__proto__: '2' },
			{ row: 5, brow: ' ', arow: '' }
		]);
	});

	it('says how the spread moved', () => {
		const spread = {
			count: 10,
			smallest: 0,
			median: 5,
			largest: 9000,
			skew: 4.123,
			bins: [],
			low: 0,
			high: 1
		};
		expect(shortNumber(0.123456)).toBe('0.1235');
		expect(spreadWords({ before: spread, after: { ...spread, largest: 120.5, skew: 0.1 } }, format)).toBe(
			'Skew from 4.12 to 0.10, largest from 9000 to 120.5.'
		);
		expect(spreadWords({ before: spread, after: { ...spread, count: 12 } }, format)).toBe(
			'Numbers from 10 to 12.'
		);
		expect(spreadWords({ before: spread, after: spread }, format)).toBe('The spread stays.');
		expect(spreadWords({ before: null, after: spread }, format)).toBe('');
	});
});
