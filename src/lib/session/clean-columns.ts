import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { AnyRepairOperation, ColumnKind } from '#lib/pipeline/clean/repairs/operation.ts';
import { PROTECTED_ROLES, refusalOf } from '#lib/pipeline/clean/repairs/protected.ts';
import type { InspectedColumn } from '#lib/pipeline/import/describe.ts';
import type { Inspection } from '#lib/pipeline/import/inspect.ts';
import { roleWords, type TableKind } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { isNumeric, type ValueKind } from '#lib/pipeline/import/value-kind.ts';

/** A column of a list of files, as a step may be put on it. */
export interface ListColumn {
	readonly name: string;
	/** What its values look like; null when nobody has looked at the files since they were opened. */
	readonly kind: ColumnKind | null;
	/** What it means, in words; empty when it has no meaning. */
	readonly meaning: string;
	readonly roles: readonly Role[];
	/** First values, as they stand in the newest file. */
	readonly samples: readonly string[];
	/** Share of the looked-at rows in which it is not empty, 0 … 1; null when nobody has looked. */
	readonly filled: number | null;
}

/** A column that an operation is offered. */
export interface OfferedColumn extends ListColumn {
	/** True when its values are of a kind that the operation works on. */
	readonly fits: boolean;
	/** Why the operation must leave it alone; null when it may not. */
	readonly refusal: string | null;
}

/** The columns of all files of a list, those of the newest file first. What is not kept is left out. */
export function columnsOfList(
	{ sources }: SourceList,
	inspections: ReadonlyMap<string, Inspection>
): ListColumn[] {
	const columns = new Map<string, ListColumn>();
	for (const source of sources) {
		const dropped = new Set(
			source.withheld.filter(({ action }) => action === 'dropped').map(({ column }) => column)
		);
		const inspected = inspections.get(source.id)?.columns;
		for (const [i, name] of source.columns.entries()) {
			if (dropped.has(name) || columns.has(name)) continue;
			columns.set(name, describe(source, name, inspected?.[i]));
		}
	}
	return [...columns.values()];
}

function describe(
	source: SourceParams,
	name: string,
	inspected: Pick<InspectedColumn, 'kind' | 'samples' | 'filled'> | undefined
): ListColumn {
	const roles = (Object.keys(source.mapping) as Role[]).filter((role) => source.mapping[role] === name);
	return {
		name,
		roles,
		meaning: roles.map((role) => roleWords(role, source.kind).label).join(', '),
		kind: inspected === undefined || inspected.kind === 'empty' ? null : kindOf(inspected.kind),
		samples: inspected?.samples ?? [],
		filled: inspected?.filled ?? null
	};
}

function kindOf(kind: ValueKind): ColumnKind {
	if (isNumeric(kind)) return 'number';
	return kind === 'date' ? 'date' : 'text';
}

/**
 * The columns that an operation is offered: those that fit first, then the others, then those that it must leave alone,
 * each in the order of the file.
 */
export function offeredColumns(
	operation: Pick<AnyRepairOperation, 'takes'>,
	columns: readonly ListColumn[],
	kind: TableKind
): OfferedColumn[] {
	const offered = columns.map((column) => ({
		...column,
		fits: column.kind === null || operation.takes.kinds.includes(column.kind),
		refusal: refusalOf(operation, column.roles, kind)
	}));
	const rank = ({ fits, refusal }: OfferedColumn) => (refusal === null ? Number(!fits) : 2);
	return offered.sort((a, b) => rank(a) - rank(b));
}

/** So many are ticked in advance. */
export const MOST_COMPANIONS = 8;
/** `ID`, `customer_id`, `id 2`, and `customerId`. */
const ID_NAMES = [/(?:^|[^\p{L}])id(?:$|[^\p{L}])/iu, /\p{Ll}I[dD]$/u];

/**
 * The columns of numbers that tell which rows are alike, those most filled first: no identifier, none that is always the
 * same in what was seen, and none of those that the step is on.
 */
export function companionColumns(columns: readonly ListColumn[], chosen: readonly string[]): string[] {
	return columns
		.filter(({ name, kind }) => kind === 'number' && !chosen.includes(name))
		.filter(({ name, roles }) => !ID_NAMES.some((pattern) => pattern.test(name)) && !roles.some(isIdentifier))
		.filter(({ samples }) => samples.length !== 1)
		.sort((a, b) => (b.filled ?? 0) - (a.filled ?? 0))
		.map(({ name }) => name);
}

function isIdentifier(role: Role): boolean {
	return PROTECTED_ROLES[role] === 'identifier';
}
