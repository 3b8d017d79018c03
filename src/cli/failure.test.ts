import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { exitCodeOf, failureLine } from './failure.ts';

describe('failureLine', () => {
	it('is one line, with advice for a command line', () => {
		const error = new AppError('import.date-order-unknown', {
			fileName: 'orders.csv',
			column: 'Date',
			examples: ['03/04/2011', '05/06/2011'],
			rows: [],
			counts: null,
			contradictory: false
		});
		const line = failureLine(error);
		expect(line).toMatch(/^pomelo: .*03\/04\/2011.*--date-order dmy/);
		expect(line).not.toContain('\n');
	});

	it('ends every sentence with one stop', () => {
		const unreadable = (reason: string) =>
			failureLine(new AppError('import.unreadable-file', { fileName: 'a.csv', reason }));
		const expected = 'pomelo: a.csv cannot be read. It went away. Nothing was written.';
		expect(unreadable('It went away')).toBe(expected);
		expect(unreadable('It went away.\n')).toBe(expected);
		expect(failureLine(new AppError('usage', { problem: 'it is a file' }))).toBe(
			'pomelo: it is a file. Run with --help to see the options.'
		);
	});

	it('joins the lines of a message from elsewhere', () => {
		expect(failureLine(new AppError('unexpected', { message: 'one\n  two' }))).toContain('one two');
	});
});

describe('exitCodeOf', () => {
	it('tells wrong use from failure', () => {
		expect(exitCodeOf(new AppError('usage', { problem: 'x' }))).toBe(2);
		expect(exitCodeOf(new AppError('import.empty', { fileName: 'x' }))).toBe(1);
	});
});
