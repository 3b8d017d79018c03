import type { Format } from '#lib/core/format.ts';
import type { Role } from '#lib/pipeline/import/schema.ts';
import type { ColumnStatistics } from './schema.ts';

/** What can be wrong with a column, in the order in which it is told. */
export const ISSUE_CODES = [
	'unreadable',
	'rule',
	'impossible',
	'future',
	'repeated',
	'missing',
	'written_missing',
	'decimal_ids',
	'case_variants',
	'blank_ends',
	'odd_pattern',
	'outliers',
	'constant'
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

/** One thing that is wrong with a column, or worth a look. */
export interface ProfileIssue {
	readonly code: IssueCode;
	readonly column: ColumnStatistics;
	/** Rows; exactly those that `issueRows` opens. */
	readonly count: number;
	/** `care`: it costs rows or can mislead a number. `note`: worth knowing. */
	readonly tone: 'care' | 'note';
	/** The step whose rule they fail; null for every other code. */
	readonly step: string | null;
}

/** Roles without which a row does not count. */
export const COUNTED_ROLES: readonly Role[] = [
	'customer',
	'date',
	'order_id',
	'quantity',
	'unit_price',
	'amount',
	'order_total'
];
/** Of rows without a value in a column that nobody uses, there is nothing to say but that they are many. */
const CARE: readonly IssueCode[] = ['unreadable', 'rule', 'impossible', 'future', 'repeated', 'decimal_ids'];
/** Roles whose values tell orders apart. */
const NAMING_ROLES: readonly Role[] = ['customer', 'date', 'order_id'];

/** Everything that is wrong with a column or worth a look, the worst first. */
export function issuesOf(column: ColumnStatistics): ProfileIssue[] {
	const counts: Readonly<Record<Exclude<IssueCode, 'rule'>, number>> = {
		unreadable: column.unreadableCount,
		impossible: column.impossibleCount,
		future: column.futureCount,
		repeated: column.repeatedCount,
		missing: column.missingCount,
		written_missing: column.writtenMissingCount,
		decimal_ids: column.decimalIdCount === column.filledCount ? column.decimalIdCount : 0,
		case_variants: column.caseVariantRows,
		blank_ends: column.blankEndsCount,
		odd_pattern: column.oddPatternCount,
		outliers: column.outliers?.farCount ?? 0,
		constant: isConstant(column) ? column.filledCount : 0
	};
	return ISSUE_CODES.flatMap((code): ProfileIssue[] => {
		if (code === 'rule') {
			return column.failedRules.map(({ step, count }) => ({ code, column, count, tone: 'care', step }));
		}
		return counts[code] > 0
			? [{ code, column, count: counts[code], tone: toneOf(code, column), step: null }]
			: [];
	});
}

/** What is wrong, in a few words: “24 empty”. */
export function issueWords({ code, column, count, step }: ProfileIssue, format: Format): string {
	const n = format.count(count);
	switch (code) {
		case 'unreadable':
			return `${n} no ${NOUNS[column.kind] ?? column.kind}`;
		case 'rule': {
			const rule = column.failedRules.find((each) => each.step === step);
			return `${n} fail: ${rule?.label ?? ''}`;
		}
		case 'impossible':
			return column.column.role === 'birth_date' ? `${n} born too long ago` : `${n} below zero`;
		case 'future':
			return `${n} in the future`;
		case 'repeated':
			return `${n} repeat another row`;
		case 'missing':
			return column.kind === 'empty' ? 'Every cell is empty' : `${n} empty`;
		case 'written_missing':
			return `${n} say that nothing is there`;
		case 'decimal_ids':
			return 'Ids written as numbers, such as 17850.0';
		case 'case_variants':
			return `${n} in another spelling`;
		case 'blank_ends':
			return `${n} with blanks around`;
		case 'odd_pattern':
			return `${n} written another way`;
		case 'outliers':
			return `${n} far from the others`;
		case 'constant':
			return 'Always the same';
	}
}

const NOUNS: Readonly<Partial<Record<ColumnStatistics['kind'], string>>> = {
	number: 'numbers',
	date: 'dates',
	email: 'email addresses',
	phone: 'phone numbers'
};

/** Every row holds the same. */
export function isConstant({ rows, distinctCount, filledCount, inheritedCount }: ColumnStatistics): boolean {
	return rows > 1 && distinctCount === 1 && filledCount + inheritedCount === rows;
}

function toneOf(code: IssueCode, { column: { role } }: ColumnStatistics): ProfileIssue['tone'] {
	if (CARE.includes(code)) return 'care';
	if (role === null) return 'note';
	if (code === 'missing' || code === 'written_missing') {
		return COUNTED_ROLES.includes(role) ? 'care' : 'note';
	}
	if (code === 'constant') return NAMING_ROLES.includes(role) ? 'care' : 'note';
	return code === 'outliers' || code === 'case_variants' ? 'care' : 'note';
}
