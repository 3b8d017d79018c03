import { DAMAGED, UnpackError } from './unpack-error.ts';

/** What a scan of XML calls. Names come without their namespace prefix. */
export interface XmlHandler {
	/** A start tag. `tag` is its source without the angle brackets, for `attribute`; `isEmpty`: it closes itself. */
	open(name: string, tag: string, isEmpty: boolean): void;
	close(name: string): void;
	/** Text between tags, entities resolved by `xmlText` unless `isLiteral` (CDATA). */
	text(raw: string, isLiteral: boolean): void;
}

/** The longest tag or text that is held until its end comes. */
const MAX_PENDING_CHARACTERS = 2 ** 25;

const COMMENT = '<!--';
const CDATA = '<![CDATA[';

/**
 * Walks XML that comes in pieces. It knows tags, texts, comments, CDATA and entities; it never follows a document type,
 * so nothing can grow.
 * @throws `UnpackError` for text that cannot be XML
 */
export class XmlScanner {
	readonly #handler: XmlHandler;
	#pending = '';

	constructor(handler: XmlHandler) {
		this.#handler = handler;
	}

	feed(piece: string): void {
		const text = this.#pending === '' ? piece : this.#pending + piece;
		let at = 0;
		for (;;) {
			const next = this.#step(text, at);
			if (next < 0) break;
			at = next;
		}
		this.#pending = text.slice(at);
		if (this.#pending.length > MAX_PENDING_CHARACTERS) throw new UnpackError(DAMAGED);
	}

	/** Takes one text and the tag behind it; −1 when they do not end here. */
	#step(text: string, at: number): number {
		const start = text.indexOf('<', at);
		if (start < 0) return -1;
		const second = text.charCodeAt(start + 1);
		if (second === 0x21) return this.#markup(text, at, start);
		const end = this.#tagEnd(text, start);
		if (end < 0) return -1;
		if (start > at) this.#handler.text(text.slice(at, start), false);
		if (second === 0x2f) this.#handler.close(localName(text, start + 2, end));
		else if (second !== 0x3f) this.#openTag(text, start + 1, end);
		return end + 1;
	}

	#openTag(text: string, from: number, end: number): void {
		const isEmpty = text.charCodeAt(end - 1) === 0x2f;
		const tag = text.slice(from, isEmpty ? end - 1 : end);
		this.#handler.open(localName(text, from, end), tag, isEmpty);
	}

	/** The `>` that ends the tag: one behind an attribute stands after a quote. */
	#tagEnd(text: string, start: number): number {
		let end = text.indexOf('>', start);
		if (end < 0 || text.charCodeAt(start + 1) === 0x2f) return end;
		while (end >= 0 && !isTagEnd(text, start, end)) end = text.indexOf('>', end + 1);
		return end;
	}

	#markup(text: string, at: number, start: number): number {
		const isCdata = text.startsWith(CDATA, start);
		const isComment = text.startsWith(COMMENT, start);
		if (!isCdata && !isComment && text.length - start < CDATA.length) return -1;
		const close = isCdata ? ']]>' : isComment ? '-->' : '>';
		const end = text.indexOf(close, start);
		if (end < 0) return -1;
		if (start > at) this.#handler.text(text.slice(at, start), false);
		if (isCdata) this.#handler.text(text.slice(start + CDATA.length, end), true);
		return end + close.length;
	}
}

function isTagEnd(text: string, start: number, end: number): boolean {
	let last = end - 1;
	while (text.charCodeAt(last) === 0x2f || text.charCodeAt(last) === 0x3f || text.charCodeAt(last) <= 0x20)
		last -= 1;
	const code = text.charCodeAt(last);
	if (code === 0x22 || code === 0x27) return true;
	// A tag without attributes ends at once.
	for (let at = start + 1; at < end; at += 1) if (text.charCodeAt(at) === 0x3d) return false;
	return true;
}

function localName(text: string, from: number, end: number): string {
	let start = from;
	let at = from;
	for (; at < end; at += 1) {
		const code = text.charCodeAt(at);
		if (code <= 0x20 || code === 0x2f) break;
		if (code === 0x3a) start = at + 1;
	}
	return text.slice(start, at);
}

/** Blanks where writers of workbooks put none: around the equals sign, or line breaks between attributes. */
const LOOSE = /[\t\n\r]|\s=|=\s/;
const ATTRIBUTES = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The value of an attribute of a tag, by its whole name, or null. */
export function attribute(tag: string, name: string): string | null {
	const raw = rawAttribute(tag, ` ${name}="`, '"') ?? rawAttribute(tag, ` ${name}='`, "'");
	if (raw !== null) return xmlText(raw);
	if (!LOOSE.test(tag)) return null;
	for (const [, found, double, single] of tag.matchAll(ATTRIBUTES)) {
		if (found === name) return xmlText(double ?? single ?? '');
	}
	return null;
}

function rawAttribute(tag: string, opening: string, quote: string): string | null {
	const at = tag.indexOf(opening);
	if (at < 0) return null;
	const from = at + opening.length;
	return tag.slice(from, tag.indexOf(quote, from));
}

const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;
const NAMED: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"]
]);
const LAST_CODE_POINT = 0x10ffff;

/** Text with its entities resolved and its line ends as line feeds (XML 1.0, sections 2.11 and 4.6). */
export function xmlText(raw: string): string {
	const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
	if (!text.includes('&')) return text;
	return text.replace(ENTITY, (whole, hex?: string, decimal?: string, named?: string) => {
		if (named !== undefined) return NAMED.get(named.toLowerCase()) ?? whole;
		const code = hex !== undefined ? parseInt(hex, 16) : Number(decimal);
		return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
	});
}

/** A decoder for XML that starts with these bytes: UTF-8 unless a mark or the zero bytes of UTF-16 say otherwise. */
export function xmlDecoder(first: Uint8Array): TextDecoder {
	const [a, b] = first;
	if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return new TextDecoder('utf-16le');
	if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return new TextDecoder('utf-16be');
	return new TextDecoder();
}
