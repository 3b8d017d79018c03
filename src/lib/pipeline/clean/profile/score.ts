import type { ColumnStatistics, ValueKind } from './schema.ts';
import { apartReason, expectsValues, type ApartReason } from './scope.ts';

/** What quality is made of, in the order in which it is told. */
export const SCORE_PARTS = ['completeness', 'validity', 'uniqueness', 'consistency', 'plausibility'] as const;
export type ScorePartId = (typeof SCORE_PARTS)[number];

/** What a part weighs, of 100. Where a table has nothing that a part looks at, the others share its weight. */
export const SCORE_WEIGHTS: Readonly<Record<ScorePartId, number>> = {
	completeness: 30,
	validity: 30,
	uniqueness: 15,
	consistency: 15,
	plausibility: 10
};

/** What a column costs a part. */
export interface ColumnCost {
	readonly name: string;
	/** Rows that are not right. */
	readonly count: number;
	/** Points of the score of the table that they cost. */
	readonly points: number;
}

export interface ScorePart {
	readonly id: ScorePartId;
	/** Of 100, as it counts in this table. */
	readonly weight: number;
	/** 0 … 100: the mean of its columns, each the share of rows that are right. */
	readonly score: number;
	/** The columns that cost anything, the dearest first. */
	readonly costs: readonly ColumnCost[];
}

export interface QualityScore {
	/** 0 … 100: the sum of weight × score of the parts. 100 for a table of nothing. */
	readonly score: number;
	/** Those that look at any column. */
	readonly parts: readonly ScorePart[];
}

/** Kinds whose values can be written in several ways, and those whose values can be improbable. */
const WRITTEN: readonly ValueKind[] = ['text', 'category', 'id', 'email', 'phone', 'date', 'boolean'];
const PLAUSIBLE: readonly ValueKind[] = ['number', 'date'];

/** A table to judge. */
export interface ScoredTable {
	readonly rows: number;
	/** As they are now. */
	readonly columns: readonly ColumnStatistics[];
	/**
	 * The same columns in the same order as the file came, before every step; absent where no step ran. They decide what is
	 * judged, so that a step changes how good a column is and never whether it counts.
	 */
	readonly cameAs?: readonly ColumnStatistics[];
}

/** A column now and as it came. */
interface Judged {
	readonly now: ColumnStatistics;
	readonly came: ColumnStatistics;
}

interface Measure {
	readonly appliesTo: (came: ColumnStatistics) => boolean;
	/** Rows that are not right, at most all. */
	readonly count: (column: Judged) => number;
}

const MEASURES: Readonly<Record<ScorePartId, Measure>> = {
	completeness: {
		appliesTo: expectsValues,
		count: ({ now }) => now.missingCount + now.writtenMissingCount
	},
	validity: {
		appliesTo: () => true,
		count: ({ now, came }) => Math.max(now.unreadableCount + now.impossibleCount, failingCount(now, came))
	},
	uniqueness: {
		appliesTo: ({ column }) => column.isKey,
		count: ({ now }) => now.repeatedCount
	},
	consistency: {
		appliesTo: ({ kind, column }) => column.stored === 'text' && WRITTEN.includes(kind),
		// One row can be spelled otherwise and have blanks around: the greatest count is what is surely wrong.
		count: ({ now }) =>
			Math.max(now.caseVariantRows, now.blankEndsCount, now.oddPatternCount, now.decimalIdCount)
	},
	plausibility: {
		appliesTo: ({ kind }) => PLAUSIBLE.includes(kind),
		count: ({ now: { futureCount, outliers } }) => Math.max(futureCount, outliers?.farCount ?? 0)
	}
};

/** Cells that fail the strictest rule; those without a value are counted once, as missing, where a value is expected. */
function failingCount({ failedRules }: ColumnStatistics, came: ColumnStatistics): number {
	const isMissingTold = expectsValues(came);
	return Math.max(0, ...failedRules.map((rule) => (isMissingTold ? rule.filledCount : rule.count)));
}

/**
 * The quality of a table from 0 to 100, over all columns but those that came wholly empty or with one value in every row.
 * A cell is wrong once in each part, and shares are of all rows, so that mending a cell never lowers the score.
 */
export function tableScore(table: ScoredTable): QualityScore {
	const { rows } = table;
	const counted = judgedColumns(table).filter(({ came }) => apartReason(came) === null);
	if (rows === 0 || counted.length === 0) return { score: 100, parts: [] };
	const applying = SCORE_PARTS.map((id) => ({
		id,
		of: counted.filter(({ came }) => MEASURES[id].appliesTo(came))
	})).filter(({ of }) => of.length > 0);
	const total = applying.reduce((sum, { id }) => sum + SCORE_WEIGHTS[id], 0);
	const parts = applying.map(({ id, of }) => partScore(id, of, rows, (100 * SCORE_WEIGHTS[id]) / total));
	// Sums of weights round: nothing wrong is exactly 100, and something wrong never is.
	const isFlawless = parts.every(({ costs }) => costs.length === 0);
	return { score: isFlawless ? 100 : weighted(parts), parts };
}

/** The columns that the score leaves out, and why. */
export function columnsApart(table: ScoredTable): { readonly name: string; readonly reason: ApartReason }[] {
	return judgedColumns(table).flatMap(({ came }) => {
		const reason = apartReason(came);
		return reason === null ? [] : [{ name: came.column.name, reason }];
	});
}

/** The quality of several tables: the mean of theirs, each with the weight of its cells. */
export function sessionScore(tables: readonly ScoredTable[]): number {
	const scores = tables.map((table) => tableScore(table).score);
	const cells = tables.map((table) => table.rows * table.columns.length);
	const total = cells.reduce((sum, count) => sum + count, 0);
	if (total === 0 || scores.every((score) => score === 100)) return 100;
	return scores.reduce((sum, score, i) => sum + (score * (cells[i] ?? 0)) / total, 0);
}

function judgedColumns({ columns, cameAs = columns }: ScoredTable): Judged[] {
	return columns.map((now, i) => ({ now, came: cameAs[i] ?? now }));
}

function partScore(id: ScorePartId, columns: readonly Judged[], rows: number, weight: number): ScorePart {
	const counts = columns.map((column) => Math.min(MEASURES[id].count(column), rows));
	const share = counts.reduce((sum, count) => sum + count / rows, 0) / columns.length;
	const costs = columns
		.map(({ now }, i) => ({
			name: now.column.name,
			count: counts[i] ?? 0,
			points: (weight * (counts[i] ?? 0)) / rows / columns.length
		}))
		.filter(({ count }) => count > 0)
		.sort((a, b) => b.points - a.points);
	return { id, weight, score: 100 * (1 - share), costs };
}

function weighted(parts: readonly ScorePart[]): number {
	const total = parts.reduce((sum, { id }) => sum + SCORE_WEIGHTS[id], 0);
	return parts.reduce((sum, { id, score }) => sum + SCORE_WEIGHTS[id] * score, 0) / total;
}
