import { normalizedName } from '#lib/pipeline/import/columns.ts';
import {
	compareLayout,
	findClash,
	type Clash,
	type Drift,
	type TableSample
} from '#lib/pipeline/import/drift.ts';
import { layoutKey, type FoundSource, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { isSameList } from './series.ts';

/** Columns in common, of those that mean something, that make a file a newer export of another. */
const MAPPED_IN_COMMON = 0.6;
/** Columns in common, of all, by the shorter of the two. */
const COLUMNS_IN_COMMON = 0.5;
/** A mapping of one column says nothing of which list it is. */
const FEWEST_MAPPED = 2;

/** The source that a file is most likely a newer export of, and what is different. */
export interface Predecessor {
	readonly old: TableSample<SourceParams>;
	readonly drift: Drift;
	/** Its order numbers are those of other orders; null when they are not. */
	readonly clash: Clash | null;
}

/**
 * The sources that a file may be a newer export of, by what is known without reading them: the newest file of each
 * layout of a series. Files of two platforms, and lists that are told apart by what every row has, are none.
 */
export function likelyPredecessors(
	found: FoundSource,
	present: readonly SourceParams[]
): readonly SourceParams[] {
	const newest = new Map<string, SourceParams>();
	for (const source of present) {
		const key = `${source.series} ${layoutKey(source)}`;
		const other = newest.get(key);
		if (other === undefined || source.version >= other.version) newest.set(key, source);
	}
	return [...newest.values()].filter(
		(old) => !contradicts(old, found) && (old.kind === found.kind || hasSameColumns(old, found))
	);
}

/**
 * The source that a file is most likely a newer export of: the same list; or one with enough of the columns that mean
 * something, by name or by value; or one whose file name differs in digits and months alone, and half of its columns. Of
 * several, one whose orders it does not contradict, of those the one that differs least, and of those the newest. Null when it is an export of none.
 */
export function findPredecessor(
	found: TableSample,
	present: readonly TableSample<SourceParams>[]
): Predecessor | null {
	const likely = present.flatMap((old) => {
		const drift = compareLayout(old, found);
		return isExportOf(old, found, drift) ? [{ old, drift, clash: findClash(old, found, drift.renamed) }] : [];
	});
	likely.sort(
		(a, b) =>
			Number(a.clash !== null) - Number(b.clash !== null) ||
			differences(a.drift) - differences(b.drift) ||
			b.old.source.version - a.old.source.version
	);
	return likely[0] ?? null;
}

/** A file as the newest export of the series of another. */
export function succeed(
	found: FoundSource & { readonly id: string },
	{ series, notes }: SourceParams,
	present: readonly SourceParams[]
): SourceParams {
	const versions = present.filter((source) => source.series === series).map(({ version }) => version);
	return { ...found, series, version: Math.max(0, ...versions) + 1, notes };
}

/** A file name without what changes from export to export: endings, digits, months and the words for a copy. */
export function nameStem(fileName: string): string {
	return fileName
		.toLowerCase()
		.replace(/(\.(csv|tsv|txt|gz|zip|xlsx|parquet|json|jsonl|ndjson))+(?= |$)/g, '')
		.split(/[^\p{L}]+/u)
		.filter((word) => word !== '' && !PASSING_WORDS.has(word))
		.join(' ');
}

const MONTHS = `january february march april may june july august september october november december jan feb mar apr jun
	jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet
	août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
	diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre`;
const PASSING_WORDS = new Set([
	...MONTHS.split(/\s+/),
	'copy',
	'kopie',
	'copie',
	'copia',
	'table',
	'new',
	'q',
	'w'
]);

function isExportOf(old: TableSample<SourceParams>, found: TableSample, { renamed }: Drift): boolean {
	if (isSameList(old.source, found.source) || hasSameColumns(old.source, found.source)) return true;
	const columns = new Set(found.source.columns);
	const sure = new Set(
		renamed
			.filter(({ evidence }) => evidence.includes('same_name') || evidence.includes('shared_values'))
			.map(({ from }) => from)
	);
	const mapped = [...new Set(Object.values(old.source.mapping))];
	const isCommon = (column: string) => columns.has(column) || sure.has(column);
	const shorter = Math.min(old.source.columns.length, columns.size);
	const common = old.source.columns.filter(isCommon).length;
	const isMapped =
		mapped.length >= FEWEST_MAPPED && mapped.filter(isCommon).length >= MAPPED_IN_COMMON * mapped.length;
	if (isMapped && common >= COLUMNS_IN_COMMON * shorter) return true;
	const stem = nameStem(old.source.fileName);
	if (stem === '' || stem !== nameStem(found.source.fileName)) return false;
	const kept = old.source.columns.filter((column) => columns.has(column)).length;
	return kept + renamed.length >= COLUMNS_IN_COMMON * old.source.columns.length;
}

/** Two platforms, or another text in every row: two mailing lists of one layout are no exports of one list. */
function contradicts(old: FoundSource, found: FoundSource): boolean {
	if (old.platform !== null && found.platform !== null && old.platform !== found.platform) return true;
	return Object.entries(old.constants).some(([role, text]) => {
		const other = found.constants[role as keyof typeof found.constants];
		return other === undefined ? found.platform !== null : other !== text;
	});
}

function hasSameColumns(old: FoundSource, found: FoundSource): boolean {
	const sorted = ({ columns }: FoundSource) => columns.map(normalizedName).sort().join('\n');
	return sorted(old) === sorted(found);
}

function differences({ renamed, missing, added, shifted }: Drift): number {
	return renamed.length + missing.length + added.length + shifted.length;
}
