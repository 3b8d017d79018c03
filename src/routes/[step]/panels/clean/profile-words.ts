import { dayFromMs } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { issuesOf } from '#lib/pipeline/clean/profile/issues.ts';
import type { ColumnStatistics, ValueKind } from '#lib/pipeline/clean/profile/schema.ts';
import type { ScorePartId } from '#lib/pipeline/clean/profile/score.ts';
import { numberWord } from '#lib/session/findings.ts';

const KIND_LABELS: Readonly<Record<ValueKind, string>> = {
	empty: 'Empty',
	number: 'Number',
	date: 'Date',
	boolean: 'Yes or no',
	id: 'Code',
	email: 'Email',
	phone: 'Phone',
	category: 'Category',
	text: 'Text'
};

/** What a column holds. */
export function kindLabel(kind: ValueKind): string {
	return KIND_LABELS[kind];
}

/** What the parts of the score look at. */
export const PART_WORDS: Readonly<Record<ScorePartId, { readonly label: string; readonly explain: string }>> =
	{
		completeness: { label: 'Complete', explain: 'Cells that hold a value' },
		validity: {
			label: 'Valid',
			explain: 'Numbers, dates, emails and phones that read as such, and rows that pass your rules'
		},
		uniqueness: { label: 'Unique', explain: 'Customers that stand once in a list of customers' },
		consistency: { label: 'Consistent', explain: 'Texts written in one way: case, blanks, shape of codes' },
		plausibility: { label: 'Plausible', explain: 'Values near the others, dates not in the future' }
	};

/** How many columns need a look: “Three of eight columns need a look”. */
export function profileTitle(columns: readonly ColumnStatistics[]): string {
	const bad = columns.filter((column) => issuesOf(column).some(({ tone }) => tone === 'care')).length;
	const total = columns.length;
	if (total === 0) return 'There is no column to look at';
	if (total === 1) return bad === 0 ? 'The one column is in order' : 'The one column needs a look';
	const all = numberWord(total).toLowerCase();
	if (bad === 0) return `All ${all} columns are in order`;
	if (bad === total) return `All ${all} columns need a look`;
	return `${numberWord(bad)} of ${all} columns ${bad === 1 ? 'needs' : 'need'} a look`;
}

/** A score of 0 to 100, never rounded up to 100: `99.9`. */
export function scoreText(score: number, format: Format): string {
	if (score >= 100) return format.count(100);
	const tenths = Math.floor(score * 10) / 10;
	return Number.isInteger(tenths) && tenths < 99 ? format.count(tenths) : format.decimal(tenths, 1);
}

/** How good data of a score is, in a sentence. */
export function scoreTitle(score: number, worst: { readonly name: string } | null): string {
	if (score >= 100 || worst === null) return 'Nothing is wrong with the columns in use';
	if (score >= 95) return `The columns in use are in good order; “${worst.name}” costs most`;
	return `“${worst.name}” costs the most quality`;
}

/** A value of a column with as many digits as it needs; a day for dates. */
export function valueText(value: number, { kind }: Pick<ColumnStatistics, 'kind'>, format: Format): string {
	if (kind === 'date') return format.day(dayFromMs(value * 1000));
	if (Number.isInteger(value)) return format.count(value);
	const size = Math.abs(value);
	return format.decimal(value, size >= 1000 ? 0 : size >= 1 ? 2 : size >= 0.01 ? 4 : 6);
}

/** How the values of a column spread, in one line. */
export function spreadText(column: ColumnStatistics, format: Format): string {
	const { values, top, distinctCount, filledCount, kind } = column;
	if (filledCount === 0) return 'nothing';
	if (values && kind === 'date') {
		return `${valueText(values.min, column, format)} to ${valueText(values.max, column, format)}`;
	}
	if (values) {
		const [median, min, max] = [values.quantiles[3] ?? values.min, values.min, values.max];
		return `half are ${valueText(median, column, format)} or less; ${valueText(min, column, format)} to ${valueText(max, column, format)}`;
	}
	const [first] = top;
	const different = `${format.count(distinctCount)} different`;
	if (!first) return different;
	if (distinctCount === 1) return `always “${shorten(first.text, 24)}”`;
	return `${different}; most often “${shorten(first.text, 24)}” (${format.percent(first.count / filledCount)})`;
}

/** A text cut to a length. */
export function shorten(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
