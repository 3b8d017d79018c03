import type { Format } from '#lib/core/format.ts';
import { needsLook, type ColumnProfile } from '#lib/pipeline/clean/quality.ts';
import { numberWord } from '#lib/session/findings.ts';

/** Whether the columns in use are in order; what is not used is not judged. */
export function qualityTitle(profiles: readonly ColumnProfile[]): string {
	const used = profiles.filter(({ role }) => role !== null);
	const bad = used.filter(needsLook).length;
	const [good, total] = [used.length - bad, numberWord(used.length).toLowerCase()];
	if (used.length === 0) return 'No column is in use';
	if (used.length === 1) return `The one column in use ${bad === 0 ? 'is in order' : 'needs a look'}`;
	if (bad === 0) return `All ${total} columns in use are in order`;
	if (good === 0) return `No column in use is in order; look at all ${total}`;
	const verb = good === 1 ? 'is' : 'are';
	return `${numberWord(good)} of ${total} columns in use ${verb} in order; look at the other${bad === 1 ? '' : 's'}`;
}

/** How many columns play no part: “55 columns that are not used”. */
export function unusedWords(count: number): string {
	return count === 1 ? 'One column that is not used' : `${numberWord(count)} columns that are not used`;
}

/** That columns of a big file were not looked at: “Three columns are not in use. …”. */
export function leftOutWords(count: number): string {
	const columns = count === 1 ? 'One column is' : `${numberWord(count)} columns are`;
	return `${columns} not in use. Of a file this big, only columns in use are kept, so the rest was not looked at.`;
}

/** How the values of a column spread, in one line. */
export function spreadWords(profile: ColumnProfile, format: Format): string {
	const { numbers, days, top, distinctCount, textCount, rows } = profile;
	if (days) return `${format.day(days.min)} to ${format.day(days.max)}`;
	if (numbers) {
		return `half are ${plain(numbers.median, format)} or less; ${plain(numbers.min, format)} to ${plain(numbers.max, format)}`;
	}
	const different = `${format.count(distinctCount)} different`;
	const [first] = top;
	if (!first) return different;
	const value = `“${shorten(first.value)}”`;
	if (distinctCount === 1) return `${different}: ${value}`;
	const of = textCount < rows ? ' of the filled cells' : '';
	return `${different}; most often ${value} (${format.percent(first.count / textCount)}${of})`;
}

/** What was found in a column, in one line. */
export function findingWords({ finding }: ColumnProfile, format: Format): string {
	switch (finding.code) {
		case 'ok':
			return 'No problems';
		case 'empty':
			return 'Every cell is empty';
		case 'constant':
			return `Always “${shorten(finding.value)}”`;
		case 'unreadable_values':
			return `${format.count(finding.count)} could not be read`;
		case 'numbers_with_decimal_zero':
			return 'Ids written as numbers, such as 17850.0';
		case 'partly_empty':
			return `${format.count(finding.count)} empty`;
		case 'extreme_values':
			return `Largest ${plain(finding.max, format)}, typical ${plain(finding.median, format)}`;
	}
}

function plain(value: number, format: Format): string {
	return Number.isInteger(value) ? format.count(value) : format.decimal(value, 2);
}

function shorten(text: string): string {
	return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
