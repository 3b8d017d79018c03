import { dayFromMs } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { issuesOf } from '#lib/pipeline/clean/profile/issues.ts';
import type { ColumnStatistics, ValueKind } from '#lib/pipeline/clean/profile/schema.ts';
import { columnsApart, type ScoredTable, type ScorePartId } from '#lib/pipeline/clean/profile/score.ts';
import type { ApartReason } from '#lib/pipeline/clean/profile/scope.ts';
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
		completeness: { label: 'Complete', explain: 'Cells that hold a value, in columns where one is expected' },
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
	const bad = columns.filter((column) => issuesOf(column).length > 0).length;
	const total = columns.length;
	if (total === 0) return 'There is no column to look at';
	if (total === 1) return bad === 0 ? 'The one column is in order' : 'The one column needs a look';
	const all = numberWord(total).toLowerCase();
	if (bad === 0) return `All ${all} columns are in order`;
	if (bad === total) return `All ${all} columns need a look`;
	return `${numberWord(bad)} of ${all} columns ${bad === 1 ? 'needs' : 'need'} a look`;
}

/** A score of 0 to 100 in whole points, never rounded up: 99.9 is 99. */
export function scoreText(score: number, format: Format): string {
	// A sum of weights can fall short of a whole number by a rounding error; of 100 it never does.
	return format.count(score < 100 ? Math.min(99, Math.floor(score + 1e-9)) : 100);
}

/** How good data of a score is, in a sentence. */
export function scoreTitle(score: number, worst: { readonly name: string } | null): string {
	if (score >= 100 || worst === null) return 'Nothing is wrong in any column';
	if (score >= 95) return `The columns are in good order; “${worst.name}” costs most`;
	return `“${worst.name}” costs the most quality`;
}

/** What the score looked at, and what it left out. */
export function scopeWords(files: readonly ScopeFile[], format: Format): string {
	const sum = (of: (file: ScopeFile) => number) => files.reduce((total, file) => total + of(file), 0);
	const [columns, used] = [sum((file) => file.columns.length), sum(({ usedCount }) => usedCount)];
	const unit = columns === 1 ? 'column' : 'columns';
	const words = [
		`One score of 100 from ${columns === 1 ? 'the one' : `all ${format.count(columns)}`} ${unit}; ${
			used === columns ? 'all are' : `${format.count(used)} ${used === 1 ? 'is' : 'are'}`
		} in use.`
	];
	const apart = files.flatMap((file) => columnsApart(file));
	const named = (reason: ApartReason) =>
		apart.filter((each) => each.reason === reason).map(({ name }) => name);
	if (apart.length > 0) {
		const lists = [
			listed('empty', named('empty'), format),
			listed('always the same', named('constant'), format)
		];
		words.push(`Left out: ${lists.filter((list) => list !== '').join('; ')}.`);
	}
	return words.join(' ');
}

type ScopeFile = ScoredTable & { readonly usedCount: number };

function listed(why: string, columns: readonly string[], format: Format): string {
	if (columns.length === 0) return '';
	const shown = columns.slice(0, SHOWN_APART).map((name) => `“${shorten(name, 40)}”`);
	const more = columns.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${format.count(more)} more` : ''}, ${why}`;
}

const SHOWN_APART = 4;

/** How many rows the numbers speak of: “591 of 600 rows; 9 could not be read”. */
export function rowWords(
	rows: number,
	{ read, unreadable }: { readonly read: number; readonly unreadable: number },
	format: Format
): string {
	if (rows === read) return `all ${format.count(rows)} rows`;
	const setAside = read - unreadable - rows;
	const why = [
		...(unreadable > 0 ? [`${format.count(unreadable)} could not be read`] : []),
		...(setAside > 0 ? [`${format.count(setAside)} set aside by a step`] : [])
	];
	return `${format.count(rows)} of ${format.count(read)} rows; ${why.join(', ')}`;
}

const FIRST_YEAR = 1800;
const LAST_YEAR = 2200;

/** Whole numbers that all lie where years do. */
function holdsYears({ kind, values }: ValueColumn): boolean {
	return kind === 'number' && values !== null && values.isWhole && isYear(values.min) && isYear(values.max);
}

function isYear(value: number): boolean {
	return value >= FIRST_YEAR && value <= LAST_YEAR;
}

type ValueColumn = Pick<ColumnStatistics, 'kind' | 'values'>;

/** A value of a column with as many digits as it needs; a day for dates, and years without separators. */
export function valueText(value: number, column: ValueColumn, format: Format): string {
	if (column.kind === 'date') return format.day(dayFromMs(value * 1000));
	if (isYear(value) && holdsYears(column)) return String(Math.round(value));
	if (Number.isInteger(value)) return format.count(value);
	return format.decimal(value, digitsOf(Math.abs(value)));
}

/** Two digits, but for small values: as many more as they need, up to six. */
function digitsOf(size: number): number {
	if (size >= 1) return size >= 1000 ? 0 : 2;
	const most = size >= 0.01 ? 4 : 6;
	for (let digits = 2; digits < most; digits += 1) if (Number(size.toFixed(digits)) === size) return digits;
	return most;
}

/** How many values lie far away; no limit below zero is told of values that never are. */
export function outlierWords(
	{ outliers, values, kind }: ValueColumn & Pick<ColumnStatistics, 'outliers'>,
	format: Format
): string {
	if (outliers === null) return '';
	const { low, high, count, farCount, robustCount } = outliers;
	const show = (value: number) => valueText(value, { kind, values }, format);
	const hasLow = low >= 0 || values === null || values.min < 0;
	const beyond = hasLow
		? `beyond Tukey’s fences, ${show(low)} and ${show(high)}`
		: `above Tukey’s fence, ${show(high)}`;
	const far = `${format.count(farCount)} of them far out, three interquartile ranges beyond the quartiles.`;
	const robust = robustCount === null ? '' : ` ${format.count(robustCount)} have a robust z above 3.5.`;
	return `${format.count(count)} ${beyond}; ${far}${robust}`;
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
