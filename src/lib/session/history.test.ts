import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amend, begin, push, redo, undo } from './history.ts';

describe('history', () => {
	it('goes back and forth', () => {
		const two = push(push(begin('a'), 'b'), 'c');
		expect(undo(two).present).toBe('b');
		expect(redo(undo(two)).present).toBe('c');
		expect(undo(begin('a')).present).toBe('a');
		expect(redo(two).present).toBe('c');
	});

	it('takes what follows from a change as part of it', () => {
		const amended = amend(push(begin('a'), 'b'), 'b, settled');
		expect(amended.present).toBe('b, settled');
		expect(undo(amended).present).toBe('a');
		expect(redo(undo(amended)).present).toBe('b, settled');
	});

	it('joins the changes of one drag', () => {
		const dragged = push(push(push(begin(0), 1, 'slider'), 2, 'slider'), 3, 'slider');
		expect(undo(dragged).present).toBe(0);
	});

	it('forgets what was undone when something new is done', () => {
		const forked = push(undo(push(begin('a'), 'b')), 'c');
		expect(redo(forked).present).toBe('c');
		expect(undo(forked).present).toBe('a');
	});

	it('undoing everything returns to the start, redoing everything to the end', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 30 }), (values) => {
				const [first, ...rest] = values;
				let history = begin(first as number);
				for (const value of rest) history = push(history, value);
				for (let i = 0; i < rest.length; i += 1) history = undo(history);
				expect(history.present).toBe(first);
				for (let i = 0; i < rest.length; i += 1) history = redo(history);
				expect(history.present).toBe(values.at(-1));
			}),
			{ seed: 1 }
		);
	});
});
