import { dayFromMs } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { Remembered } from '#lib/session/file-handles.ts';
import type { Standing } from '#lib/session/refresh.svelte.ts';

/** What the panel says first: “1 file and 1 folder are looked after.” */
export function rememberedWords(remembered: readonly Remembered[], format: Format): string {
	const folders = remembered.filter(({ handle }) => handle.kind === 'directory').length;
	const files = remembered.length - folders;
	const parts = [countWords(files, 'file', format), countWords(folders, 'folder', format)];
	const subject = parts.filter((part) => part !== '').join(' and ');
	return `${subject} ${remembered.length === 1 ? 'is' : 'are'} watched for a newer export`;
}

/** What was read of a remembered file or folder. */
export function seenWords({ handle, seen }: Remembered, format: Format): string {
	const newestMs = Math.max(...seen.map(({ modifiedAtMs }) => modifiedAtMs));
	if (seen.length === 0) return 'Nothing of it was read yet';
	const day = format.day(dayFromMs(newestMs));
	return handle.kind === 'file'
		? `Read as it was written on ${day}`
		: `${countWords(seen.length, 'file', format)} read, the newest written on ${day}`;
}

/** How a file or folder stands, as a chip; null where there is nothing to say. */
export const STANDING_CHIPS: Readonly<Record<Standing, { kind: string; label: string } | null>> = {
	same: null,
	changed: { kind: 'info', label: 'Changed on disk' },
	locked: { kind: 'line', label: 'Has to be allowed again' },
	missing: { kind: 'care', label: 'Not found' }
};

function countWords(count: number, noun: string, format: Format): string {
	if (count === 0) return '';
	return `${format.count(count)} ${noun}${count === 1 ? '' : 's'}`;
}
