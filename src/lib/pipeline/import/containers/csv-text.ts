import type { Bytes } from './bytes.ts';

/** A text as a field of a CSV (RFC 4180): in quotes where it has to be. */
export function csvField(text: string): string {
	return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A record of fields that are written already. One empty field alone is written as `""`: an empty line is no record. */
export function csvLine(fields: readonly string[]): string {
	return fields.length === 1 && fields[0] === '' ? '""\n' : `${fields.join(',')}\n`;
}

const CHUNK_CHARACTERS = 2 ** 18;

/** Text that comes in small pieces, as UTF-8 in larger ones. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Bytes> {
	const encoder = new TextEncoder();
	let held = '';
	for await (const text of texts) {
		held += text;
		if (held.length < CHUNK_CHARACTERS) continue;
		yield encoder.encode(held);
		held = '';
	}
	if (held !== '') yield encoder.encode(held);
}
