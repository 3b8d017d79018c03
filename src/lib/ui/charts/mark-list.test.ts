// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { MarkList } from './mark-list.ts';

const press = (key: string): KeyboardEvent => new KeyboardEvent('keydown', { key, cancelable: true });

it('names the mark that the keyboard is on, stops at both ends, and chooses its item', () => {
	const choose = vi.fn();
	const marks = new MarkList('chart', () => ['a', 'b'], choose);
	const active = (): string | undefined => marks.list('Letters')['aria-activedescendant'];
	expect(marks.list('Letters')).toMatchObject({ role: 'listbox', tabindex: 0, 'aria-label': 'Letters' });
	expect(active()).toBeUndefined();
	marks.handlers.onfocus();
	for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) marks.handlers.onkeydown(press(key));
	expect(active()).toBe(marks.option(1, 'b').id);
	expect(choose.mock.calls).toEqual([['b', 1]]);
	marks.handlers.onblur();
	expect(active()).toBeUndefined();
});

it('leaves Enter to the page where nothing can be chosen, and chooses no item that is gone', () => {
	const enter = press('Enter');
	new MarkList('chart', () => ['a']).handlers.onkeydown(enter);
	expect(enter.defaultPrevented).toBe(false);
	const choose = vi.fn();
	let items = ['a', 'b'];
	const marks = new MarkList('chart', () => items, choose);
	marks.handlers.onkeydown(press('End'));
	items = ['a'];
	marks.handlers.onkeydown(press('Enter'));
	expect(choose).not.toHaveBeenCalled();
});

it('says of a mark what it is, and whether it is selected', () => {
	const marks = new MarkList('chart', () => ['a']);
	expect(marks.option(0, 'a: 3')).toMatchObject({ role: 'option', 'aria-label': 'a: 3', 'data-mark': 0 });
	expect([marks.option(0, 'a'), marks.option(0, 'a', true)].map((each) => each['aria-selected'])).toEqual([
		false,
		true
	]);
});
