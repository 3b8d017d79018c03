import type { Format } from '#lib/core/format.ts';
import type { ColumnProfile } from '#lib/pipeline/clean/quality.ts';

/** How the values of a column spread, in one line. */
export function spreadWords(profile: ColumnProfile, format: Format): string {
	const { numbers, days, top, distinctCount } = profile;
	if (days) return `${format.day(days.min)} to ${format.day(days.max)}`;
	if (numbers) {
		return `half are ${plain(numbers.median, format)} or less; ${plain(numbers.min, format)} to ${plain(numbers.max, format)}`;
	}
	const different = `${format.count(distinctCount)} different`;
	const [first] = top;
	if (!first || profile.rows === 0) return different;
	return `${different}; most often “${shorten(first.value)}” (${format.percent(first.count / profile.rows)})`;
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
