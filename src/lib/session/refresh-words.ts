import { plural } from '#lib/core/words.ts';
import type { DiskChange } from './refresh.svelte.ts';

/** What happened on the disk, in a sentence: “orders.csv changed on disk.” */
export function changeWords(changes: readonly DiskChange[]): string {
	const [first, second] = changes;
	const isNew = changes.length > 0 && changes.every((change) => change.isNew);
	const what = isNew ? `${changes.length === 1 ? 'is' : 'are'} new` : 'changed';
	const names = second ? `${first?.name} and ${second.name}` : (first?.name ?? '');
	const subject = changes.length > 2 ? plural(changes.length, 'file') : names;
	return `${subject} ${what} on disk.`;
}
