import process from 'node:process';
import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { readUtf8, type NamedBlob } from '#lib/pipeline/import/byte-source.ts';
import { splitRecord } from '#lib/pipeline/import/fields.ts';
import { inspectTables, type Inspection } from '#lib/pipeline/import/inspect.ts';
import { streamRecords, type RawRecord } from '#lib/pipeline/import/raw-records.ts';
import { loadDialect } from '#lib/pipeline/import/rewriter.ts';
import { scanSource, type SourceScan } from '#lib/pipeline/import/scan.ts';
import { makeCsv, type MadeCsv, type TrueRecord } from './support/made-csv.ts';
import { readCsv } from './support/read-csv.ts';

/** Files that are made; more of them with `MADE_CSV=10000 npx vitest run tests/import-truth.test.ts`. */
const FILES = Number(process.env['MADE_CSV'] ?? 500);

/**
 * What became of a file. `exact`: every cell, and every record that is none named as such. `set aside`: sound records were
 * set aside, with their text. `noticed`: read otherwise than it was written, and said so. `refused`: not read, and said why.
 */
type Outcome = 'exact' | 'set aside' | 'noticed' | 'refused';

/** What reading one table of a file gave. */
interface Reading {
	readonly inspection: Inspection;
	readonly records: readonly RawRecord[];
	readonly cells: readonly (readonly string[])[];
	readonly scan: SourceScan;
}

async function read(made: MadeCsv): Promise<Reading[]> {
	const file = { name: 'made.csv', blob: new Blob([made.bytes]) };
	const inspections = await inspectTables(file);
	return Promise.all(inspections.map((inspection) => readTable(file, inspection)));
}

async function readTable(file: NamedBlob, inspection: Inspection): Promise<Reading> {
	const { source } = inspection;
	const records: RawRecord[] = [];
	for await (const batch of streamRecords(file.blob, source)) records.push(...batch);
	const cells = records.map(({ raw }) => splitRecord(raw, source.dialect.delimiter, source.dialect));
	const parts: Uint8Array<ArrayBuffer>[] = [];
	for await (const part of readUtf8(file, source.dialect)) parts.push(part);
	const scan = await scanSource(new Blob(parts), source, {
		signal: new AbortController().signal,
		onTrouble: () => undefined,
		onBytes: () => undefined
	});
	return { inspection, records, cells, scan };
}

/** What differs without a word, and what became of the file. */
async function judge(made: MadeCsv): Promise<{ outcome: Outcome; silent: string[] }> {
	let tables: Reading[];
	try {
		tables = await read(made);
	} catch (error) {
		if (error instanceof AppError && error.code.startsWith('import.'))
			return { outcome: 'refused', silent: [] };
		throw error;
	}
	const found = compare(made, tables);
	const silent = [...found.silent];
	for (const table of tables) silent.push(...(await rewrittenDifferences(table)));
	if (silent.length === 0) return { outcome: found.setAside === 0 ? 'exact' : 'set aside', silent };
	return tables.some((table) => isNoticed(made, table))
		? { outcome: 'noticed', silent: [] }
		: { outcome: 'exact', silent };
}

/** True when the user is told to look: at a guessed header, or at an encoding that the file does not have. */
function isNoticed(made: MadeCsv, { inspection }: Reading): boolean {
	const { source, notices } = inspection;
	const isHeaderWrong = source.dialect.hasHeader !== (made.header !== null);
	const isEncodingWrong = source.dialect.encoding !== made.encoding;
	return notices.some(
		({ code }) =>
			(code === 'import.header-guessed' && isHeaderWrong) || (code === 'import.encoding' && isEncodingWrong)
	);
}

/** Tables of one file are compared together: a header that comes again behind a gap may start another one. */
function compare(made: MadeCsv, tables: readonly Reading[]): { silent: string[]; setAside: number } {
	const silent: string[] = [];
	const records = tables.flatMap((table) => table.records);
	const cells = tables.flatMap((table) => table.cells);
	for (const { inspection, scan, records: own } of tables) {
		const { dialect, columns } = inspection.source;
		if (made.header !== null && dialect.hasHeader) silent.push(...nameDifferences(made.header, columns));
		if (scan.recordCount !== own.length) silent.push('scan and stream count differently');
	}
	let setAside = 0;
	const seen = new Set<number>();
	for (const truth of made.records.filter(({ key }) => key !== '')) {
		const at = records.flatMap(({ raw }, i) => (raw.includes(truth.key) ? [i] : []));
		at.forEach((i) => seen.add(i));
		const [index = -1] = at;
		const record = records[index];
		if (record === undefined || at.length > 1) {
			silent.push(`${truth.key} stands in ${at.length} records`);
		} else if (record.problem === null) {
			silent.push(...cellDifferences(truth, cells[index] ?? []));
		} else if (truth.problem === null) {
			setAside += 1;
		}
	}
	silent.push(...rowsOfNothing(made, records, seen));
	return { silent, setAside };
}

function nameDifferences(header: readonly string[], columns: readonly string[]): string[] {
	if (header.length !== columns.length) return [`${columns.length} columns, not ${header.length}`];
	const taken = new Set<string>();
	return header.flatMap((cell, i) => {
		const name = columns[i] ?? '';
		const isNew = !taken.has(name.toLowerCase());
		taken.add(name.toLowerCase());
		const isRight =
			cell.trim() === '' ? name.startsWith('column ') : name === cell || name.startsWith(`${cell} (`);
		return isNew && isRight ? [] : [`“${cell}” is called “${name}”`];
	});
}

function cellDifferences({ key, cells, problem }: TrueRecord, found: readonly string[]): string[] {
	if (problem !== null) return [`${key} should be set aside: ${problem}`];
	if (found.length !== cells.length) return [`${key} has ${found.length} cells, not ${cells.length}`];
	return cells.flatMap((cell, i) =>
		cell === found[i] ? [] : [`${key}: ${JSON.stringify([cell, found[i]])}`]
	);
}

/** The reader of the tests knows one line end. */
function sameLineEnds(text: string): string {
	return text.replace(/\r\n?/g, '\n');
}

/** Records without a key: only headers come again and totals may be there, each set aside by its name. */
function rowsOfNothing(made: MadeCsv, records: readonly RawRecord[], seen: ReadonlySet<number>): string[] {
	const strangers = records.filter((_, i) => !seen.has(i));
	const loaded = strangers.filter(({ problem }) => problem === null);
	const silent = loaded.map(({ line, raw }) => `line ${line} is data: ${raw.slice(0, 60)}`);
	for (const problem of ['repeated_header', 'total_row'] as const) {
		const expected = made.records.filter((record) => record.problem === problem).length;
		const found = records.filter((record) => record.problem === problem).length;
		if (found > expected) silent.push(`${found} of ${problem}, not ${expected}`);
	}
	return silent;
}

/** The file that is written anew for the engine must say the same as the records do. */
async function rewrittenDifferences({ inspection, records, cells, scan }: Reading): Promise<string[]> {
	const { dialect, columns } = inspection.source;
	if (scan.rewritten === null || loadDialect(dialect).delimiter !== ',') return [];
	const text = await scan.rewritten.text();
	const isBlank = (fields: readonly string[]) => fields.length === 1 && fields[0] === '';
	const lines = readCsv(sameLineEnds(text)).filter((fields) => !isBlank(fields) || dialect.skipLines > 0);
	const all = lines.slice(dialect.skipLines).filter((fields) => !isBlank(fields) || columns.length === 1);
	const body = dialect.hasHeader ? all.slice(1) : all;
	const sound = cells.filter((_, i) => records[i]?.problem === null);
	if (body.length !== sound.length) return [`${body.length} records were written anew, not ${sound.length}`];
	const wrong = body.findIndex(
		(fields, i) => fields.join('\u0001') !== sameLineEnds((sound[i] ?? []).join('\u0001'))
	);
	return wrong === -1 ? [] : [`record ${wrong + 1} was written anew as ${JSON.stringify(body[wrong])}`];
}

test(
	`no cell of ${FILES} made files is read otherwise without a word`,
	async () => {
		const counts: Record<Outcome, number> = { exact: 0, 'set aside': 0, noticed: 0, refused: 0 };
		const silent: string[] = [];
		for (let seed = 1; seed <= FILES; seed += 1) {
			const made = makeCsv(seed);
			const judged = await judge(made);
			counts[judged.outcome] += 1;
			if (judged.silent.length > 0) {
				silent.push(`seed ${seed} (${made.traits.join(', ')}): ${judged.silent.slice(0, 3).join('; ')}`);
			}
		}
		expect(silent, JSON.stringify(counts)).toEqual([]);
		expect(counts.exact + counts['set aside']).toBeGreaterThan(0.95 * FILES);
		expect(counts.exact).toBeGreaterThan(0.85 * FILES);
	},
	Math.max(120_000, 60 * FILES)
);
