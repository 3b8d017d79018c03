import { AppError } from '#lib/core/errors.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import { asUnreadable, MAX_UNPACKED_BYTES, type Bytes, type NamedBlob } from './bytes.ts';
import { csvField, encoded } from './csv-text.ts';
import { TOO_BIG, UnpackError } from './unpack-error.ts';
import { cellText, SheetRows } from './xlsx-rows.ts';
import { openWorkbook, partText, readCellFormats, walkPart, type Workbook } from './xlsx-workbook.ts';
import { xmlText, XmlScanner } from './xml.ts';
import type { ZipEntry } from './zip.ts';

/**
 * The names of the sheets that have rows: visible ones first, in the order of their tabs.
 * @throws `import.unreadable-file`, `import.no-table-inside`
 */
export async function xlsxSheets(file: NamedBlob, signal?: AbortSignal): Promise<readonly string[]> {
	try {
		return await sheetsWithRows(await openWorkbook(file.blob), file.name, signal);
	} catch (error) {
		throw asUnreadable(file.name, error);
	}
}

/**
 * One sheet of a workbook as CSV, one line per row of the sheet; the first sheet when none is named. Numbers and dates
 * are written as `numberCell` has it, truth values as TRUE and FALSE, errors as they are shown (`#N/A`), formulas as
 * their last result. Of merged cells the first holds the value and the others are empty, as in the workbook.
 * @throws `import.unreadable-file`, `import.no-table-inside`, `import.sheet-missing`
 */
export async function* xlsxCsv(
	file: NamedBlob,
	sheet: string | null,
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	try {
		const workbook = await openWorkbook(file.blob);
		const name = sheet ?? (await sheetsWithRows(workbook, file.name, signal))[0];
		const part = workbook.sheets.find((listed) => listed.name === name)?.part;
		if (part === undefined) {
			const sheets = workbook.sheets.map((listed) => listed.name);
			throw new AppError('import.sheet-missing', { fileName: file.name, sheet: sheet ?? '', sheets });
		}
		yield* encoded(sheetLines(workbook, part, signal));
	} catch (error) {
		throw asUnreadable(file.name, error);
	}
}

async function sheetsWithRows(
	workbook: Workbook,
	fileName: string,
	signal?: AbortSignal
): Promise<readonly string[]> {
	const visible: string[] = [];
	const hidden: string[] = [];
	for (const { name, isVisible, part } of workbook.sheets) {
		if (await hasValues(workbook.blob, part, signal)) (isVisible ? visible : hidden).push(name);
	}
	const names = [...visible, ...hidden];
	if (names.length > 0) return names;
	throw new AppError('import.no-table-inside', {
		fileName,
		entries: workbook.sheets.map(({ name }) => name)
	});
}

const VALUE = /<(?:\w+:)?[vt](?:\s[^>]*)?>(?:[^<]|<!\[CDATA)/;

/** Longer than any start tag that tells of a value. */
const TAG_CHARACTERS = 64;

async function hasValues(blob: Blob, part: ZipEntry, signal?: AbortSignal): Promise<boolean> {
	let tail = '';
	for await (const text of partText(blob, part)) {
		throwIfAborted(signal);
		if (VALUE.test(tail + text)) return true;
		tail = text.slice(-TAG_CHARACTERS);
	}
	return false;
}

async function* sheetLines(workbook: Workbook, part: ZipEntry, signal?: AbortSignal): AsyncGenerator<string> {
	const { blob, is1904 } = workbook;
	const formats = await readCellFormats(workbook);
	const sharedStrings = await readSharedStrings(workbook, signal);
	const rows = new SheetRows({ sharedStrings, formats, is1904 });
	const scanner = new XmlScanner(rows);
	let written = 0;
	for await (const text of partText(blob, part)) {
		throwIfAborted(signal);
		scanner.feed(text);
		const lines = rows.take();
		written += lines.length;
		// A single cell far to the right makes every row as wide.
		if (written > MAX_UNPACKED_BYTES) throw new UnpackError(TOO_BIG);
		yield lines;
	}
	rows.finish();
	yield rows.take();
}

/** The texts that cells refer to by number, as fields of a CSV. Readings of East Asian texts (`rPh`) are no part of them. */
async function readSharedStrings(
	{ blob, sharedStrings }: Workbook,
	signal?: AbortSignal
): Promise<readonly string[]> {
	const fields: string[] = [];
	let value = '';
	let isInText = false;
	let isInPhonetic = false;
	if (sharedStrings === null) return fields;
	await walkPart(blob, sharedStrings, {
		open: (name, _, isEmpty) => {
			if (name === 'si') value = '';
			if (name === 'si' && isEmpty) fields.push('');
			if (name === 'rPh') isInPhonetic = !isEmpty;
			if (name === 't') isInText = !isEmpty && !isInPhonetic;
		},
		close: (name) => {
			if (name === 't') isInText = false;
			if (name === 'rPh') isInPhonetic = false;
			if (name !== 'si') return;
			throwIfAborted(signal);
			fields.push(csvField(cellText(value)));
		},
		text: (raw, isLiteral) => {
			if (isInText) value += isLiteral ? raw : xmlText(raw);
		}
	});
	return fields;
}
