import { as, id, join, list, sql, type Sql } from '#lib/engine/sql.ts';
import { sourceTable } from '#lib/pipeline/clean/repairs/tables.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { rawColumn, type SourceParams } from '#lib/pipeline/import/schema.ts';

/** A file as the user's own queries see it: `files."<name>"`. */
export interface FileTable {
	readonly source: SourceParams;
	/** Name of the view: that of the file, with a number where two files are called the same. */
	readonly name: string;
	/** Column of `clean.source_<id>` and what the view calls it. A big file may lack columns that have no role. */
	readonly columns: readonly { readonly column: string; readonly name: string }[];
}

/**
 * The files that the user's own queries may read, in the order of the recipe: every source but reports. Their columns
 * are called as in the header; behind them come what steps of the clean-up added, under its title, `row` and
 * `set_aside_by`. SQL does not tell capitals from small letters, so `Email` and `email` become `Email` and `email (2)`.
 */
export function fileTables(
	sources: readonly SourceParams[],
	{ repairs }: Pick<CleanResult, 'repairs'>
): FileTable[] {
	const kept = sources.filter(({ kind }) => kind !== 'report');
	const names = uniqueNames(kept.map(({ fileName }) => fileName));
	return kept.map((source, i) => {
		const added = repairs.flatMap((repair) =>
			repair.sources.filter((done) => done.source === source.id).flatMap((done) => done.added)
		);
		const columns = [
			...source.columns.map((title, c) => ({ column: rawColumn(c), title })),
			...added.map(({ name, title }) => ({ column: name, title })),
			{ column: 'row', title: 'row' },
			{ column: 'set_aside_by', title: 'set_aside_by' }
		];
		const titles = uniqueNames(columns.map(({ title }) => title));
		return {
			source,
			name: names[i] ?? source.fileName,
			columns: columns.map(({ column }, c) => ({ column, name: titles[c] ?? column }))
		};
	});
}

/** The statements that make `files."<name>"` of every file: a view of what the steps of the clean-up left of it. */
export function fileViews(sources: readonly SourceParams[], clean: Pick<CleanResult, 'repairs'>): Sql[] {
	return fileTables(sources, clean).map(({ source, name, columns }) => {
		// A big file has some of its columns only. Neither clause minds names that are not there.
		const known = list(columns.map(({ column }) => column));
		const names = columns.map(({ column, name: title }) => as(id(column), title));
		return sql`CREATE OR REPLACE VIEW ${id('files', name)} AS
SELECT * RENAME (${join(names, ', ')})
FROM (SELECT COLUMNS(lambda c: c IN ${known}) FROM ${id(...sourceTable(source.id))})`;
	});
}

/** Names that differ by more than capitals: a number goes behind those that are taken. None is empty. */
function uniqueNames(names: readonly string[]): string[] {
	const plain = names.map((name, i) => name.replaceAll('\0', '').trim() || `column ${i + 1}`);
	const taken = new Set(plain.map((name) => name.toLowerCase()));
	const used = new Set<string>();
	return plain.map((name) => {
		let unique = name;
		for (let n = 2; used.has(unique.toLowerCase()); n += 1) {
			const next = `${name} (${n})`;
			if (!taken.has(next.toLowerCase())) unique = next;
		}
		used.add(unique.toLowerCase());
		return unique;
	});
}
