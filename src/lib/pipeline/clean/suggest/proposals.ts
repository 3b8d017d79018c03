import type { Day } from '#lib/core/days.ts';
import { addDays } from '#lib/core/days.ts';
import { plural, whole } from '#lib/core/words.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { ColumnStatistics } from '../profile/schema.ts';
import { repairOperation } from '../repairs/operations/index.ts';
import type { Suggestion } from './suggestion.ts';

/** What is proposed for one file, before it is known which steps there are already. */
export interface Proposal extends Pick<Suggestion, 'severity' | 'unit' | 'opens'> {
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
}

type Detector = (evidence: Evidence) => Proposal[];

/** The detectors, the most important first: what can mislead a number, then what costs a row, then how things are written. */
const DETECTORS: readonly Detector[] = [
	futureDates,
	impossibleAges,
	negativeNumbers,
	repeatedKeys,
	mixedDates,
	badEmails,
	outerBlanks,
	spelledEmails,
	oddPhones,
	caseVariants,
	extremeValues,
	missingNumbers,
	skewedNumbers
];

/** Everything that a step would mend, in the order of its importance, then of its rows, then of the columns. */
export function proposalsFor(evidence: Evidence): Proposal[] {
	return DETECTORS.flatMap((detect) =>
		detect(evidence)
			.filter(({ operation }) => repairOperation(operation) !== undefined)
			.sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
	);
}

function futureDates({ columns, today }: Evidence): Proposal[] {
	return columns
		.filter(({ futureCount, column }) => futureCount > 0 && column.role !== 'end_date')
		.map((column) =>
			proposal('rule_not_future', column, {
				params: { latest: today },
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
				count: null,
				reason: (count) =>
					`${plural(count, 'row')} ${count === 1 ? 'has' : 'have'} a “${name(column)}” that another row has too; the fullest of each would stay.`
			})
		);
}

function mixedDates({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, oddPatternCount }) => kind === 'date' && oddPatternCount > 0)
		.map((column) =>
			proposal('standardise_dates', column, {
				severity: 'fix',
				count: column.oddPatternCount,
				reason: (count) =>
					`${plural(count, 'date')} in “${name(column)}” ${be(count)} written another way than ${shapeOf(column)}.`
			})
		);
}

function badEmails({ columns }: Evidence): Proposal[] {
	return columns
		.filter(({ kind, unreadableCount }) => kind === 'email' && unreadableCount > 0)
		.map((column) =>
			proposal('rule_email', column, {
				count: null,
				reason: (count) =>
					`${whole(count)} of ${plural(column.filledCount, 'text')} in “${name(column)}” ${be(count)} not in the form of an email.`
			})
		);
}

/** One step for all columns of the file. */
function outerBlanks({ columns }: Evidence): Proposal[] {
	const found = columns.filter(({ blankEndsCount }) => blankEndsCount > 0);
	const [first] = found;
	if (first === undefined) return [];
	const cells = found.reduce((sum, { blankEndsCount }) => sum + blankEndsCount, 0);
	const parts = found.slice(0, 4).map((column) => `“${name(column)}” (${whole(column.blankEndsCount)})`);
	const further = found.length > 4 ? ` and ${plural(found.length - 4, 'more column', 'more columns')}` : '';
	return [
		{
			...proposal('trim_case', first, {
				severity: 'fix',
				count: cells,
				reason: (count) =>
					`${plural(count, 'cell')} ${count === 1 ? 'has' : 'have'} blanks at ${count === 1 ? 'its' : 'their'} ends: ${parts.join(', ')}${further}.`
			}),
			columns: found.map(name),
			unit: 'cell'
		}
	];
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

function extremeValues({ columns }: Evidence): Proposal[] {
	return columns.flatMap((column) => {
		const { outliers } = column;
		if (column.kind !== 'number' || outliers === null || outliers.farCount === 0) return [];
		const { role } = column.column;
		if (role !== null && !MONEY_AND_COUNTS.includes(role)) return [];
		return [
			proposal('flag_outliers', column, {
				// As the profile counts them: three lengths of the middle half away.
				params: { method: 'iqr', quartileRanges: 3 },
				count: outliers.farCount,
				reason: (count) =>
					`${plural(count, 'value')} of “${name(column)}” ${count === 1 ? 'lies' : 'lie'} far from the others; a flag marks ${count === 1 ? 'it' : 'them'} and changes nothing.`
			})
		];
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

function skewedNumbers({ columns }: Evidence): Proposal[] {
	return columns
		.filter((column) => isFree(column) && column.distinctCount >= 10)
		.filter(({ values }) => values !== null && Math.abs(values.skew) > SKEWED)
		.map((column) =>
			proposal('transform', column, {
				params: { transform: takesLogarithm(column) ? 'log1p' : 'yeo_johnson' },
				count: column.values?.count ?? 0,
				reason: () =>
					`“${name(column)}” is very uneven (skew ${(column.values?.skew ?? 0).toFixed(1)}): a transform makes its differences comparable.`
			})
		);
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
		severity = 'check'
	}: Pick<Proposal, 'count' | 'reason'> & Partial<Pick<Proposal, 'params' | 'severity'>>
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
		opens: null
	};
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
