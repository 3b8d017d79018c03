import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { AnyRepairOperation, ColumnKind } from '#lib/pipeline/clean/repairs/operation.ts';
import { refusalOf } from '#lib/pipeline/clean/repairs/protected.ts';
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
	inspected: { readonly kind: ValueKind; readonly samples: readonly string[] } | undefined
): ListColumn {
	const roles = (Object.keys(source.mapping) as Role[]).filter((role) => source.mapping[role] === name);
	return {
		name,
		roles,
		meaning: roles.map((role) => roleWords(role, source.kind).label).join(', '),
		kind: inspected === undefined || inspected.kind === 'empty' ? null : kindOf(inspected.kind),
		samples: inspected?.samples ?? []
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
