import type { Notice } from '#lib/core/errors.ts';
import { noticeWords, type NoticeWords } from '#lib/core/notice-messages.ts';

/** What was noticed, once, however many files it is true of. */
export interface NoticeGroup {
	readonly words: NoticeWords;
	/** The files it was noticed in, the one that the words name first; empty when it is not about a file. */
	readonly files: readonly string[];
}

/** Notices of the same kind and with the same finding become one. Those that ask for care come first. */
export function groupNotices(notices: readonly Notice[]): NoticeGroup[] {
	const groups = new Map<string, { words: NoticeWords; files: string[] }>();
	for (const notice of notices) {
		const words = noticeWords(notice);
		const file = 'fileName' in notice.details ? notice.details.fileName : null;
		const key = `${notice.code} ${file === null ? words.title : words.title.replaceAll(file, '')}`;
		const group = groups.get(key) ?? { words, files: [] };
		if (file !== null && !group.files.includes(file)) group.files.push(file);
		groups.set(key, group);
	}
	const all = [...groups.values()];
	return [
		...all.filter(({ words }) => words.kind === 'care'),
		...all.filter(({ words }) => words.kind !== 'care')
	];
}

/** The further files of a group: “The same in b.csv, c.csv and 9 more.”; empty when there are none. */
export function alsoIn({ files }: NoticeGroup): string {
	const [, ...others] = files;
	if (others.length === 0) return '';
	const shown = others.slice(0, 2).join(', ');
	const more = others.length > 2 ? ` and ${others.length - 2} more` : '';
	return `The same in ${shown}${more}.`;
}
