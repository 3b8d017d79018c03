import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { exitCodeOf, failureLine } from './failure.ts';

describe('failureLine', () => {
	it('is one line, with advice for a command line', () => {
		const error = new AppError('import.date-order-unknown', {
			fileName: 'orders.csv',
			column: 'Date',
			examples: ['03/04/2011', '05/06/2011']
		});
		const line = failureLine(error);
		expect(line).toMatch(/^pomelo: .*03\/04\/2011.*--date-order dmy/);
		expect(line).not.toContain('\n');
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
