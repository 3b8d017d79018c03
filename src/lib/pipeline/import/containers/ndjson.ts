import { AppError } from '#lib/core/errors.ts';
import { asUnreadable, readBytes, type Bytes, type NamedBlob } from './bytes.ts';
import { csvField, csvLine, encoded } from './csv-text.ts';
import { readJsonRecord } from './json-record.ts';
import { jsonTexts } from './json-split.ts';
import { UnpackError } from './unpack-error.ts';

/** More names than this are no columns but data, such as ids. */
const MAX_COLUMNS = 5_000;

/**
 * JSON with one object per line (https://jsonlines.org) or a list of objects, as CSV. The columns are all names in the
 * order in which they first appear, found in a first pass over the whole file. What is no object becomes a record with
 * too few fields that holds the text as it stands, so that it is set aside. Of one object per line, line n of the file
 * is line n + 1 of the CSV, line ends within texts apart.
 * @throws `import.unreadable-file`, `import.record-too-long`
 */
export async function* ndjsonCsv(
	file: NamedBlob,
	_sheet: string | null,
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	try {
		yield* encoded(lines(file, signal));
	} catch (error) {
		throw asUnreadable(file.name, error);
	}
}

async function* lines(file: NamedBlob, signal?: AbortSignal): AsyncGenerator<string> {
	const columns = await columnsOf(file, signal);
	yield csvLine([...columns.keys()].map(csvField));
	for await (const batch of recordTexts(file, signal)) {
		yield batch.map((text) => (text.trim() === '' ? '\n' : recordLine(text, columns))).join('');
	}
}

/** The place of each name. */
async function columnsOf(file: NamedBlob, signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
	const columns = new Map<string, number>();
	for await (const batch of recordTexts(file, signal)) {
		for (const text of batch) addNames(text, columns);
		if (columns.size > MAX_COLUMNS) {
			throw new UnpackError(`Its objects have over ${MAX_COLUMNS} different names. Export it as CSV.`);
		}
	}
	if (columns.size > 0) return columns;
	throw new AppError('import.not-text', {
		fileName: file.name,
		found: 'JSON without a single complete object',
		hint: 'Export the table as CSV, or as one object per line.'
	});
}

function addNames(text: string, columns: Map<string, number>): void {
	const names: string[] = [];
	const isRecord = readJsonRecord(text, (name) => names.push(name) > 0);
	if (!isRecord) return;
	for (const name of names) if (!columns.has(name)) columns.set(name, columns.size);
}

function recordLine(text: string, columns: ReadonlyMap<string, number>): string {
	const fields = new Array<string | undefined>(columns.size);
	const isRecord = readJsonRecord(text, (name, value) => {
		const index = columns.get(name);
		if (index === undefined || fields[index] !== undefined) return false;
		fields[index] = csvField(value);
		return true;
	});
	if (isRecord) return csvLine(Array.from(fields, (field) => field ?? ''));
	// One field is too few, and where there is but one column, two are too many.
	return columns.size === 1 ? `${csvField(text)},\n` : `${csvField(text)}\n`;
}

async function* recordTexts(file: NamedBlob, signal?: AbortSignal): AsyncGenerator<readonly string[]> {
	yield* jsonTexts(decoded(readBytes(file, 'none', signal)), file.name);
}

/** JSON is UTF-8 (RFC 8259, section 8.1) or, with a mark, UTF-16; bytes that are neither stop the reading. */
async function* decoded(chunks: AsyncIterable<Bytes>): AsyncGenerator<string> {
	let decoder: TextDecoder | null = null;
	try {
		for await (const chunk of chunks) {
			decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
			yield decoder.decode(chunk, { stream: true });
		}
		yield decoder?.decode() ?? '';
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		throw new UnpackError('It holds characters that are not UTF-8. Save it as UTF-8.', { cause: error });
	}
}

function encodingOf([first, second]: Uint8Array): string {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
