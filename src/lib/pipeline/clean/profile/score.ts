import type { ColumnStatistics, TableProfile, ValueKind } from './schema.ts';

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

interface Measure {
	/** Never by a count: a column that is mended must not leave the mean. */
	readonly appliesTo: (column: ColumnStatistics) => boolean;
	/** Rows that are not right, at most all. */
	readonly count: (column: ColumnStatistics) => number;
}

const MEASURES: Readonly<Record<ScorePartId, Measure>> = {
	completeness: {
		appliesTo: () => true,
		count: ({ missingCount, writtenMissingCount }) => missingCount + writtenMissingCount
	},
	validity: {
		appliesTo: () => true,
		count: (column) =>
			column.unreadableCount +
			column.impossibleCount +
			Math.max(0, ...column.failedRules.map(({ count }) => count))
	},
	uniqueness: {
		appliesTo: ({ column }) => column.isKey,
		count: ({ repeatedCount }) => repeatedCount
	},
	consistency: {
		appliesTo: ({ kind, column }) => column.stored === 'text' && WRITTEN.includes(kind),
		// One row can be spelled otherwise and have blanks around: the greatest count is what is surely wrong.
		count: (column) =>
			Math.max(column.caseVariantRows, column.blankEndsCount, column.oddPatternCount, column.decimalIdCount)
	},
	plausibility: {
		appliesTo: ({ kind }) => PLAUSIBLE.includes(kind),
		count: ({ futureCount, outliers }) => Math.max(futureCount, outliers?.farCount ?? 0)
	}
};

/**
 * The quality of a table from 0 to 100. Only columns with a role count, where there are any. Shares are of all rows, so that
 * mending a cell never lowers the score.
 */
export function tableScore({ rows, columns }: Pick<TableProfile, 'rows' | 'columns'>): QualityScore {
	const used = columns.filter(({ column }) => column.role !== null);
	const counted = used.length > 0 ? used : columns;
	if (rows === 0 || counted.length === 0) return { score: 100, parts: [] };
	const applying = SCORE_PARTS.map((id) => ({ id, of: counted.filter(MEASURES[id].appliesTo) })).filter(
		({ of }) => of.length > 0
	);
	const total = applying.reduce((sum, { id }) => sum + SCORE_WEIGHTS[id], 0);
	const parts = applying.map(({ id, of }) => partScore(id, of, rows, (100 * SCORE_WEIGHTS[id]) / total));
	return { score: Math.min(100, weighted(parts)), parts };
}

/** The quality of several tables: the mean of theirs, each with the weight of its cells. */
export function sessionScore(tables: readonly Pick<TableProfile, 'rows' | 'columns'>[]): number {
	const cells = tables.map(({ rows, columns }) => rows * columns.length);
	const total = cells.reduce((sum, count) => sum + count, 0);
	if (total === 0) return 100;
	return tables.reduce((sum, table, i) => sum + (tableScore(table).score * (cells[i] ?? 0)) / total, 0);
}

function partScore(
	id: ScorePartId,
	columns: readonly ColumnStatistics[],
	rows: number,
	weight: number
): ScorePart {
	const counts = columns.map((column) => Math.min(MEASURES[id].count(column), rows));
	const share = counts.reduce((sum, count) => sum + count / rows, 0) / columns.length;
	const costs = columns
		.map(({ column }, i) => ({
			name: column.name,
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
