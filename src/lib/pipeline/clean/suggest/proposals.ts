import type { Day } from '#lib/core/days.ts';
import { addDays } from '#lib/core/days.ts';
import { plural, whole } from '#lib/core/words.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { ColumnStatistics } from '../profile/schema.ts';
import { repairOperation } from '../repairs/operations/index.ts';
import type { Suggestion } from './suggestion.ts';

/** What is proposed for one file, before it was tried. */
export interface Proposal extends Pick<Suggestion, 'severity' | 'unit' | 'opens' | 'issues'> {
	readonly operation: string;
	readonly columns: readonly string[];
	readonly params: Readonly<Record<string, unknown>>;
	/** Null: to be counted by a trial of the step. */
	readonly count: number | null;
	/** What was found, given the count. */
	readonly reason: (count: number) => string;
}

/** What the detectors know. */
export interface Evidence {
	readonly columns: readonly ColumnStatistics[];
	/** Dates after it lie in the future. */
	readonly today: Day;
	/** Roles whose negative values a rule of the orders sets aside already. */
	readonly handled: readonly Role[];
	/** True for a list of customers or places, where a key stands once. */
	readonly isList: boolean;
	/** True when a step of this operation is on for a column: it is not proposed again. */
	readonly isMended: (operation: string, column: string) => boolean;
}

/** Finds what one operation would mend. */
interface Detector {
	readonly operation: string;
	readonly find: (evidence: Evidence) => Proposal[];
}

/** The detectors: what a step mends first, then what somebody has to judge, then what is no fault but worth a look. */
const DETECTORS: readonly Detector[] = [
	{ operation: 'trim_case', find: outerBlanks },
	{ operation: 'emails', find: spelledEmails },
	{ operation: 'phones', find: oddPhones },
	{ operation: 'harmonise_labels', find: caseVariants },
	{ operation: 'standardise_dates', find: mixedDates },
	{ operation: 'rule_email', find: badEmails },
	{ operation: 'impute', find: missingNumbers },
	{ operation: 'rule_not_future', find: futureDates },
	{ operation: 'rule_age', find: impossibleAges },
	{ operation: 'rule_range', find: negativeNumbers },
	{ operation: 'drop_duplicates', find: repeatedKeys },
	{ operation: 'flag_outliers', find: extremeValues },
	{ operation: 'transform', find: skewedNumbers }
];

/** Everything that a step would mend, in the order of the detectors, then of the rows, then of the columns. */
export function proposalsFor(evidence: Evidence): Proposal[] {
	return DETECTORS.flatMap(({ operation, find }) => {
		if (repairOperation(operation) === undefined) return [];
		const columns = evidence.columns.filter(({ column }) => !evidence.isMended(operation, column.name));
		return find({ ...evidence, columns }).sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
	});
}

function futureDates({ columns, today }: Evidence): Proposal[] {
	return columns
		.filter(({ futureCount, column }) => futureCount > 0 && column.role !== 'end_date')
		.map((column) =>
			proposal('rule_not_future', column, {
				params: { latest: today },
				issues: ['future'],
				count: column.futureCount,
				reason: (count) => `${plural(count, 'date')} in “${name(column)}” ${be(count)} after today.`
			})
		);
}

const YOUNGEST = 13;
const OLDEST = 110;

function impossibleAges({ columns, today }: Evidence): Proposal[] {
	return columns.flatMap((column) => {
		const { values } = column;
		if (values === null) return [];
		const isBirth = column.column.role === 'birth_date' && column.kind === 'date';
		const isAge =
			column.kind === 'number' &&
			/^(?:age|alter|âge|edad|età|leeftijd|customer[ _]?age)$/i.test(name(column));
		if (!isBirth && !isAge) return [];
		// Years of 365 and 366 days: none is overlooked, and the trial of the rule counts exactly.
		const [low, high] = isBirth
			? [seconds(addDays(today, -OLDEST * 365)), seconds(addDays(today, -YOUNGEST * 366))]
			: [YOUNGEST, OLDEST];
		if (values.min >= low && values.max <= high) return [];
		return [
			proposal('rule_age', column, {
				params: {
					holds: isBirth ? 'birth_date' : 'age',
					least: YOUNGEST,
					most: OLDEST,
					asOf: isBirth ? today : null
				},
				count: null,
				reason: (count) =>
					`${plural(count, 'person', 'people')} of “${name(column)}” would be younger than ${YOUNGEST} or older than ${OLDEST}.`
			})
		];
	});
}

function negativeNumbers({ columns, handled }: Evidence): Proposal[] {
	return columns
		.filter(({ impossibleCount, kind, column: { role } }) => {
			return impossibleCount > 0 && kind === 'number' && role !== null && !handled.includes(role);
		})
		.map((column) =>
			proposal('rule_range', column, {
				params: { least: 0, most: null },
				issues: ['impossible'],
				count: column.impossibleCount,
				reason: (count) => `${plural(count, 'value')} in “${name(column)}” ${be(count)} below zero.`
			})
		);
}

function repeatedKeys({ columns, isList }: Evidence): Proposal[] {
	if (!isList) return [];
	return columns
		.filter(({ repeatedCount }) => repeatedCount > 0)
		.map((column) =>
			proposal('drop_duplicates', column, {
				params: { keep: 'most_complete', normalise: column.kind === 'email' ? 'email' : 'text' },
				issues: ['repeated'],
				count: null,
				reason: (count) =>
					`${plural(count, 'row')} ${count === 1 ? 'has' : 'have'} a “${name(column)}” that another row has too; the fullest of each would stay.`
			})
		);
}

function mixedDates({ columns }: Evidence): Proposal[] {
	return columns.flatMap((column) => {
		const { kind, oddPatternCount, unreadableCount, patterns } = column;
		if (kind !== 'date') return [];
		const find = (count: number, words: string, issues: Proposal['issues'] = []) =>
			proposal('standardise_dates', column, {
				severity: 'fix',
				issues,
				count,
				reason: () => `${plural(count, 'date')} in “${name(column)}” ${words}.`
			});
		if (oddPatternCount > 0)
			return [find(oddPatternCount, `${be(oddPatternCount)} written another way than ${shapeOf(column)}`)];
		const isMixed = patterns.filter(({ text }) => /9\W+9|9.*A.*9|A.*9/.test(text)).length > 1;
		const words = 'cannot be read in the order of the file; each would be read by its own form';
		return isMixed && unreadableCount > 0 ? [find(unreadableCount, words, ['unreadable'])] : [];
	});
}

function badEmails({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, unreadableCount }) => kind === 'email' && unreadableCount > 0)
		.map((column) =>
			proposal('rule_email', column, {
				issues: ['unreadable', 'written_missing'],
				count: null,
				reason: (count) => badEmailWords(count, column)
			})
		);
}

/** A rule may hold against a cell that it says in words that nothing is there; then those cells are among all as well. */
function badEmailWords(count: number, column: ColumnStatistics): string {
	const { filledCount, writtenMissingCount, unreadableCount } = column;
	const written = count > unreadableCount ? writtenMissingCount : 0;
	const texts = plural(filledCount + written, 'text');
	const found = `${whole(count)} of ${texts} in “${name(column)}” ${be(count)} not in the form of an email`;
	return written === 0
		? `${found}.`
		: `${found}; ${whole(written)} of them ${written === 1 ? 'says' : 'say'} that nothing is there.`;
}

/** One step for all columns of the file. */
function outerBlanks({ columns }: Evidence): Proposal[] {
	const blanks = ({ blankEndsCount }: ColumnStatistics) => blankEndsCount;
	const found = columns.filter((column) => blanks(column) > 0);
	return joint('trim_case', found, blanks, {
		severity: 'fix',
		reason: (count, list) =>
			`${plural(count, 'cell')} ${count === 1 ? 'has' : 'have'} blanks at ${count === 1 ? 'its' : 'their'} ends: ${list}.`
	});
}

function spelledEmails({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, caseVariantRows }) => kind === 'email' && caseVariantRows > 0)
		.map((column) =>
			proposal('emails', column, {
				severity: 'fix',
				count: null,
				reason: (count) =>
					`${plural(count, 'email')} in “${name(column)}” ${be(count)} written with capitals or blanks.`
			})
		);
}

function oddPhones({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, oddPatternCount }) => kind === 'phone' && oddPatternCount > 0)
		.map((column) =>
			proposal('phones', column, {
				severity: 'fix',
				count: null,
				reason: (count) =>
					`${plural(count, 'phone number')} in “${name(column)}” would be written like the others.`
			})
		);
}

/** Names of places, products and states that differ in capitals and blanks alone; which label is right is asked. */
function caseVariants({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, caseVariantRows }) => kind === 'category' && caseVariantRows > 0)
		.map((column) => ({
			...proposal('harmonise_labels', column, {
				count: column.caseVariantRows,
				reason: (count) =>
					`${plural(count, 'row')} of “${name(column)}” ${be(count)} spelled like another label but for capitals and blanks${example(column)}.`
			}),
			opens: 'spellings' as const
		}));
}

/** Columns without a meaning of their own may be changed: no id, no consent, no outcome. */
function isFree({ column: { role }, kind }: ColumnStatistics): boolean {
	return role === null && kind === 'number';
}

/** Where more values than this lie far from the others, the column is uneven, and they are its ordinary large values. */
const MOST_FAR = 0.02;

/** One step for all columns of the file. */
function extremeValues({ columns }: Evidence): Proposal[] {
	const far = ({ outliers }: ColumnStatistics) => outliers?.farCount ?? 0;
	const found = columns.filter((column) => {
		const { role } = column.column;
		if (column.kind !== 'number' || far(column) === 0) return false;
		if (far(column) > MOST_FAR * (column.values?.count ?? 0)) return false;
		return role === null || MONEY_AND_COUNTS.includes(role);
	});
	return joint('flag_outliers', found, far, {
		// As the profile counts them: three lengths of the middle half away.
		params: { method: 'iqr', quartileRanges: 3 },
		issues: ['outliers'],
		reason: (count, list) =>
			`${plural(count, 'value')} ${count === 1 ? 'lies' : 'lie'} far from the others: ${list}. A column of its own marks ${count === 1 ? 'it' : 'them'}, and no value changes.`
	});
}

const MONEY_AND_COUNTS: readonly Role[] = [
	'quantity',
	'unit_price',
	'amount',
	'order_total',
	'total_spent',
	'order_count'
];

/** A column of which more is empty than not says too little for a typical value. */
const MOST_MISSING = 0.4;

function missingNumbers({ columns }: Evidence): Proposal[] {
	return columns
		.filter((column) => isFree(column) && missing(column) > 0)
		.filter((column) => missing(column) / column.rows <= MOST_MISSING)
		.map((column) =>
			proposal('impute', column, {
				issues: ['missing', 'written_missing'],
				count: missing(column),
				reason: (count) =>
					`${plural(count, 'cell')} of “${name(column)}” ${be(count)} empty; the median would stand in, with a mark that it does.`
			})
		);
}

/** Empty cells, and those that say so in words. */
function missing({ missingCount, writtenMissingCount }: ColumnStatistics): number {
	return missingCount + writtenMissingCount;
}

const SKEWED = 2;

/** One step for all columns of the file. */
function skewedNumbers({ columns }: Evidence): Proposal[] {
	const found = columns
		.filter((column) => isFree(column) && column.distinctCount >= 10)
		.filter(({ values }) => values !== null && Math.abs(values.skew) > SKEWED);
	return joint('transform', found, ({ values }) => values?.count ?? 0, {
		params: { transform: found.every(takesLogarithm) ? 'log1p' : 'yeo_johnson' },
		reason: (_, list) =>
			`A few large values outweigh all others: ${list}. A further column evens them out for segments, and no value changes.`
	});
}

/** Numbers above −1 with a long tail of large ones. */
function takesLogarithm({ values }: ColumnStatistics): boolean {
	return values !== null && values.min > -1 && values.skew > 0;
}

/** A step with the defaults of its operation; rules warn. */
function proposal(
	operation: string,
	column: ColumnStatistics,
	{
		params = {},
		count,
		reason,
		severity = 'check',
		issues = []
	}: Pick<Proposal, 'count' | 'reason'> & Partial<Pick<Proposal, 'params' | 'severity' | 'issues'>>
): Proposal {
	const defaults = repairOperation(operation)?.defaults as Readonly<Record<string, unknown>> | undefined;
	return {
		operation,
		columns: [name(column)],
		params: { ...defaults, ...params },
		count,
		reason,
		severity,
		unit: 'row',
		opens: null,
		issues
	};
}

const LISTED = 4;

/** One step for several columns, the fullest of what was found first; as many as its operation takes. */
function joint(
	operation: string,
	found: readonly ColumnStatistics[],
	cellsOf: (column: ColumnStatistics) => number,
	{
		reason,
		severity = 'look',
		...rest
	}: Partial<Pick<Proposal, 'params' | 'severity' | 'issues'>> & {
		/** Given the count of cells, and the columns with theirs. */
		readonly reason: (count: number, list: string) => string;
	}
): Proposal[] {
	const columns = [...found]
		.sort((a, b) => cellsOf(b) - cellsOf(a))
		.slice(0, repairOperation(operation)?.takes.most);
	const [first] = columns;
	if (first === undefined) return [];
	const parts = columns.slice(0, LISTED).map((column) => `“${name(column)}” (${whole(cellsOf(column))})`);
	const left = columns.length - parts.length;
	const list = `${parts.join(', ')}${left > 0 ? ` and ${plural(left, 'more column', 'more columns')}` : ''}`;
	const count = columns.reduce((sum, column) => sum + cellsOf(column), 0);
	const one = proposal(operation, first, {
		...rest,
		severity,
		count,
		reason: (cells) => reason(cells, list)
	});
	return [{ ...one, columns: columns.map(name), unit: 'cell' }];
}

function name({ column }: ColumnStatistics): string {
	return column.name;
}

function be(count: number): string {
	return count === 1 ? 'is' : 'are';
}

function seconds(day: Day): number {
	return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** The most frequent shape, in words. */
function shapeOf({ patterns }: ColumnStatistics): string {
	const [shape] = patterns;
	return shape ? `most (${shape.text})` : 'most';
}

/** Two labels that differ in capitals alone, where they are among the most frequent. */
function example({ top }: ColumnStatistics): string {
	for (const [i, { text }] of top.entries()) {
		const twin = top
			.slice(i + 1)
			.find((other) => other.text.trim().toLowerCase() === text.trim().toLowerCase());
		if (twin) return `, such as “${twin.text}” and “${text}”`;
	}
	return '';
}
