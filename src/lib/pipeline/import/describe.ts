import { notice, type Notice } from '#lib/core/errors.ts';
import { breathe } from '#lib/core/pause.ts';
import type { NamedBlob } from './byte-source.ts';
import { uniqueColumnNames } from './columns.ts';
import type { DetectedLayout } from './dialect.ts';
import { ENCODING_WORDS } from './encoding.ts';
import { findWithheld, sensitiveKind } from './hygiene.ts';
import { detectPlatform, type DetectedPlatform } from './platforms/index.ts';
import { proposeKind } from './propose-kind.ts';
import { proposeMapping } from './propose-mapping.ts';
import { detectReading } from './reading.ts';
import {
	idSystemOf,
	type Dialect,
	type FoundSource,
	type SourceParams,
	type WithheldColumn
} from './schema.ts';
import { columnKind, type ValueKind } from './value-kind.ts';

/** A column of a file as its sample shows it. */
export interface InspectedColumn {
	readonly name: string;
	readonly index: number;
	/** The first different values that are not empty, at most five; none of a withheld column. */
	readonly samples: readonly string[];
	readonly kind: ValueKind;
	/** Share of the sampled rows in which it is not empty, 0 … 1. */
	readonly filled: number;
}

/** What a table of a file is found to be before anything is loaded. */
export interface Inspection {
	/** How to read it and what its columns mean, as proposed; the user may change all of it. */
	readonly source: FoundSource;
	readonly sizeBytes: number;
	readonly columns: readonly InspectedColumn[];
	/** The first 20 records, cut or filled up to the number of columns. */
	readonly sampleRecords: readonly (readonly string[])[];
	/** The sheets of a workbook; empty for every other file. */
	readonly sheets: readonly string[];
	/** Columns that tell of health, faith and the like, with what they tell of. */
	readonly sensitive: ReadonlyMap<string, string>;
	/** Its structure could not be told well: a person should look at it. */
	readonly isUncertain: boolean;
	readonly notices: readonly Notice[];
}

/** What is known of a file, whatever table of it is looked at. */
export interface FileFacts {
	/** The text holds control characters of the C1 set, which only a wrong conversion leaves there. */
	readonly hasControls: boolean;
	readonly file: NamedBlob;
	readonly dialect: Pick<
		Dialect,
		'format' | 'compression' | 'sheet' | 'encoding' | 'byteOrderMark' | 'isDamaged'
	>;
	readonly sheets: readonly string[];
	readonly tableCount: number;
}

type Records = readonly (readonly string[])[];

const SHOWN_RECORDS = 20;
const SHOWN_SAMPLES = 5;

/** Describes the table at `index` of a file: its columns and what they most likely mean. */
export async function describeTable(
	facts: FileFacts,
	layout: DetectedLayout,
	index: number
): Promise<Inspection> {
	const { file, tableCount } = facts;
	const fileName = tableCount > 1 ? `${file.name} (table ${index + 1})` : file.name;
	const { names, renamed } = uniqueColumnNames(layout.header, layout.columnCount);
	const all = layout.records.map((fields) => names.map((_, i) => fields[i] ?? ''));
	const withheld: WithheldColumn[] = [];
	for (const [index, name] of names.entries()) {
		await breathe();
		withheld.push(...findWithheld([{ name, index }], all));
	}
	const hidden = new Set(withheld.map(({ column }) => column));
	const isHidden = names.map((name) => hidden.has(name));
	const records =
		hidden.size === 0 ? all : all.map((cells) => cells.map((cell, i) => (isHidden[i] ? '' : cell)));
	await breathe();
	const columns = names.map((name, i) => inspectColumn(name, i, records));
	await breathe();
	const platform = detectPlatform(columns, file.name);
	const meaning = await meaningOf(platform, columns, records);
	const source = {
		fileName,
		platform: platform?.preset.id ?? null,
		dialect: { ...facts.dialect, ...layout.layout },
		columns: [...names],
		...meaning,
		withheld,
		idSystem: platform?.preset.idSystem ?? idSystemOf(platform?.preset.id ?? null)
	};
	const sensitive = new Map(
		names.flatMap((name) => {
			const kind = hidden.has(name) ? null : sensitiveKind(name);
			return kind === null ? [] : [[name, kind] as const];
		})
	);
	return {
		source,
		sizeBytes: file.blob.size,
		columns,
		sampleRecords: records.slice(0, SHOWN_RECORDS),
		sheets: facts.sheets,
		sensitive,
		isUncertain: layout.isUncertain,
		notices: [
			...fileNotices(facts, index),
			...tableNotices(source, layout, renamed, sensitive),
			...platformNotices(fileName, platform)
		]
	};
}

async function meaningOf(
	platform: DetectedPlatform | null,
	columns: readonly InspectedColumn[],
	records: Records
): Promise<Pick<SourceParams, 'kind' | 'mapping' | 'constants' | 'reading'>> {
	const kind = platform?.preset.kind ?? proposeKind(columns, records);
	const mapping = platform?.mapping ?? proposeMapping(columns, records, kind);
	await breathe();
	const reading = { ...detectReading(columns, records, mapping, kind), ...platform?.preset.reading };
	return { kind, mapping, constants: platform?.constants ?? {}, reading };
}

function inspectColumn(name: string, index: number, records: Records): InspectedColumn {
	const values = records.map((record) => record[index] ?? '');
	const filled = values.filter((value) => value.trim() !== '');
	return {
		name,
		index,
		samples: [...new Set(filled)].slice(0, SHOWN_SAMPLES),
		kind: columnKind(values),
		filled: values.length === 0 ? 0 : filled.length / values.length
	};
}

/** What is said once per file: at its first table. */
function fileNotices({ file, dialect, sheets, tableCount, hasControls }: FileFacts, index: number): Notice[] {
	if (index > 0) return [];
	const fileName = file.name;
	const { encoding, sheet, isDamaged } = dialect;

	const notices: Notice[] = [];
	if (!encoding.startsWith('utf-')) {
		notices.push(notice('import.encoding', { fileName, encoding: ENCODING_WORDS[encoding] }));
	}
	if (encoding === 'utf-8' && (isDamaged || hasControls))
		notices.push(notice('import.damaged-text', { fileName }));
	if (sheet !== null && sheets.length > 1) {
		const others = sheets.filter((name) => name !== sheet);
		notices.push(notice('import.other-sheets', { fileName, sheet, sheets: others }));
	}
	if (tableCount > 1) notices.push(notice('import.several-tables', { fileName, tables: tableCount }));
	return notices;
}

function tableNotices(
	{ fileName, kind, mapping, dialect, withheld }: FoundSource,
	layout: DetectedLayout,
	renamed: readonly string[],
	sensitive: ReadonlyMap<string, string>
): Notice[] {
	const notices: Notice[] = [];
	// A line such as `sep=;` is written for programs, not for readers.
	if (dialect.skipLines > 1) {
		notices.push(notice('import.skipped-lines', { fileName, lines: dialect.skipLines }));
	}
	if (layout.isHeaderGuessed) {
		notices.push(notice('import.header-guessed', { fileName, hasHeader: dialect.hasHeader }));
	}
	if (dialect.hasHeader && renamed.length > 0) {
		notices.push(notice('import.renamed-columns', { fileName, columns: renamed }));
	}
	if (withheld.length > 0) notices.push(notice('import.withheld', { fileName, columns: withheld }));
	if (sensitive.size > 0) {
		const columns = [...sensitive].map(([column, word]) => ({ column, kind: word }));
		notices.push(notice('import.sensitive', { fileName, columns }));
	}
	if (kind !== 'orders') return notices;
	if (mapping.order_id === undefined) notices.push(notice('import.no-order-id', { fileName }));
	const hasAmount =
		mapping.order_total !== undefined || mapping.amount !== undefined || mapping.unit_price !== undefined;
	if (!hasAmount) notices.push(notice('import.no-amount', { fileName }));
	return notices;
}

function platformNotices(fileName: string, platform: DetectedPlatform | null): Notice[] {
	if (platform?.preset.note === undefined) return [];
	const { label, note: text, isWarning = false } = platform.preset;
	return [notice('import.platform-note', { fileName, label, text, isWarning })];
}
