import type { XmlHandler } from './xml.ts';
import { attribute, xmlDecoder, XmlScanner } from './xml.ts';
import { MAX_UNPACKED_BYTES } from './bytes.ts';
import { DAMAGED, TOO_BIG, UnpackError } from './unpack-error.ts';
import { cellFormat, type CellFormat } from './xlsx-format.ts';
import { readZipDirectory, unpackEntry, type ZipEntry } from './zip.ts';

/** A sheet of a workbook, as the workbook lists it. */
export interface SheetPart {
	readonly name: string;
	readonly isVisible: boolean;
	readonly part: ZipEntry;
}

/** The parts of a workbook, found but not read. */
export interface Workbook {
	readonly blob: Blob;
	readonly sheets: readonly SheetPart[];
	/** Days count from 1904, as old workbooks of the Mac do. */
	readonly is1904: boolean;
	readonly sharedStrings: ZipEntry | null;
	readonly styles: ZipEntry | null;
}

interface Relation {
	readonly id: string;
	/** Last part of the address that names its type, such as `worksheet`. */
	readonly type: string;
	readonly target: string;
}

/** A sheet as the main part lists it, by the id of its relation. */
type Listed = Pick<SheetPart, 'name' | 'isVisible'> & { readonly id: string };

/**
 * Finds the parts of a workbook: by their relations, not by fixed names (ECMA-376 part 2, section 9.3).
 * @throws `UnpackError`, and what the inflater throws
 */
export async function openWorkbook(blob: Blob): Promise<Workbook> {
	const entries = await readZipDirectory(blob);
	const parts = new Map(entries.map((entry) => [partKey(entry.name), entry]));
	const relationsOf = async (path: string): Promise<readonly Relation[]> => {
		const part = parts.get(partKey(path.replace(/([^/]*)$/, '_rels/$1.rels')));
		return part === undefined ? [] : readRelations(blob, part, path);
	};
	const office = (await relationsOf('')).find(({ type }) => type === 'officeDocument');
	const path = office?.target ?? 'xl/workbook.xml';
	const main = parts.get(partKey(path));
	if (main === undefined) throw new UnpackError(DAMAGED);
	const relations = await relationsOf(path);
	const partOf = (isIt: (relation: Relation) => boolean) =>
		parts.get(partKey(relations.find(isIt)?.target ?? '')) ?? null;
	const { is1904, listed } = await readMainPart(blob, main);
	const sheets = listed.flatMap(({ id, ...sheet }) => {
		const part = partOf((relation) => relation.id === id && relation.type === 'worksheet');
		return part === null ? [] : [{ ...sheet, part }];
	});
	const sharedStrings = partOf(({ type }) => type === 'sharedStrings');
	return { blob, sheets, is1904, sharedStrings, styles: partOf(({ type }) => type === 'styles') };
}

/** Walks a whole part. */
export async function walkPart(blob: Blob, part: ZipEntry, handler: Partial<XmlHandler>): Promise<void> {
	const scanner = new XmlScanner({ open: ignore, close: ignore, text: ignore, ...handler });
	for await (const text of partText(blob, part)) scanner.feed(text);
}

/** The text of a part, in pieces. */
export async function* partText(blob: Blob, part: ZipEntry): AsyncGenerator<string> {
	let decoder: TextDecoder | null = null;
	let total = 0;
	for await (const chunk of unpackEntry(blob, part)) {
		decoder ??= xmlDecoder(chunk);
		total += chunk.length;
		if (total > MAX_UNPACKED_BYTES) throw new UnpackError(TOO_BIG);
		yield decoder.decode(chunk, { stream: true });
	}
}

/** What each cell style does to numbers; entry i is style i. */
export async function readCellFormats({ blob, styles }: Workbook): Promise<readonly CellFormat[]> {
	const codes = new Map<number, string>();
	const ids: number[] = [];
	let isInCellFormats = false;
	if (styles === null) return [];
	await walkPart(blob, styles, {
		open: (name, tag) => {
			if (name === 'cellXfs') isInCellFormats = true;
			const id = Number(attribute(tag, 'numFmtId') ?? 0);
			if (name === 'numFmt') codes.set(id, attribute(tag, 'formatCode') ?? '');
			if (name === 'xf' && isInCellFormats) ids.push(id);
		},
		close: (name) => {
			if (name === 'cellXfs') isInCellFormats = false;
		}
	});
	const formats = new Map<number, CellFormat>();
	return ids.map((id) => {
		const format = formats.get(id) ?? cellFormat(id, codes.get(id));
		formats.set(id, format);
		return format;
	});
}

/** The one attribute whose name is known only behind its prefix, which writers choose. */
const RELATION_ID = /\s[\w.-]+:id\s*=\s*["']([^"']*)/;

async function readMainPart(blob: Blob, part: ZipEntry): Promise<{ is1904: boolean; listed: Listed[] }> {
	const listed: Listed[] = [];
	let is1904 = false;
	await walkPart(blob, part, {
		open: (name, tag) => {
			if (name === 'workbookPr') is1904 = /^(1|true|on)$/.test(attribute(tag, 'date1904') ?? '');
			if (name !== 'sheet') return;
			const state = attribute(tag, 'state');
			listed.push({
				name: attribute(tag, 'name') ?? '',
				isVisible: state === null || state === 'visible',
				id: RELATION_ID.exec(tag)?.[1] ?? ''
			});
		}
	});
	return { is1904, listed };
}

async function readRelations(blob: Blob, part: ZipEntry, source: string): Promise<Relation[]> {
	const relations: Relation[] = [];
	await walkPart(blob, part, {
		open: (name, tag) => {
			if (name !== 'Relationship') return;
			const target = attribute(tag, 'Target') ?? '';
			const type = attribute(tag, 'Type')?.split('/').at(-1) ?? '';
			relations.push({ id: attribute(tag, 'Id') ?? '', type, target: resolved(target, source) });
		}
	});
	return relations;
}

/** `../sharedStrings.xml` beside `xl/workbook.xml` as a path from the top of the archive. */
function resolved(target: string, source: string): string {
	const path = target.replaceAll('\\', '/');
	if (path.startsWith('/')) return path.slice(1);
	const parts = source.split('/').slice(0, -1);
	for (const part of path.split('/')) {
		if (part === '..') parts.pop();
		else if (part !== '.') parts.push(part);
	}
	return parts.join('/');
}

/** Names of parts do not differ by case. */
function partKey(name: string): string {
	return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
}

function ignore(): void {
	// Most walks care for few of the things that a part holds.
}
