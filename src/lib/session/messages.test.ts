import { expect, it } from 'vitest';
import { Messages } from './messages.svelte.ts';

it('keeps one message of a kind: the newest that can be taken back, and the newest that cannot', () => {
	const messages = new Messages();
	const texts = () => messages.toasts.map(({ text }) => text);
	const undo = () => undefined;
	messages.toast('“Big” is one of your segments now.', undo);
	messages.toast('Carts of 12 people saved.');
	messages.toast('“Slow” is one of your segments now.', undo);
	expect(texts()).toEqual(['Carts of 12 people saved.', '“Slow” is one of your segments now.']);
	messages.toast('Carts of 3 people saved.');
	expect(texts()).toEqual(['“Slow” is one of your segments now.', 'Carts of 3 people saved.']);
	messages.dismissToast(messages.toasts[0]?.id ?? 0);
	expect(texts()).toEqual(['Carts of 3 people saved.']);
});
