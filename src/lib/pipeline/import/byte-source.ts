import { readBytes, unwrapped, type Bytes, type NamedBlob } from './containers/bytes.ts';
import { containerOf } from './containers/index.ts';
import { toUtf8 } from './decode-text.ts';
import type { Dialect } from './schema.ts';

export { readBytes, type NamedBlob } from './containers/bytes.ts';

/**
 * A file as UTF-8 text: a text file in the encoding its dialect names, any other format as the CSV made of it
 * (RFC 4180: commas, line feeds, the column names first).
 * @throws `import.unreadable-file`, `import.sheet-missing`, `import.no-table-inside`, `import.not-text`,
 * `import.record-too-long`
 */
export async function* readUtf8(
	file: NamedBlob,
	dialect: Pick<Dialect, 'format' | 'sheet' | 'compression' | 'encoding' | 'isDamaged'>,
	signal?: AbortSignal
): AsyncGenerator<Bytes> {
	const { format, sheet, compression, encoding, isDamaged } = dialect;
	if (format !== 'text') {
		const inner = await unwrapped(file, compression, signal);
		yield* containerOf(format).csv(inner, sheet, signal);
	} else if (encoding === 'utf-8' && !isDamaged) {
		yield* readBytes(file, compression, signal);
	} else {
		yield* toUtf8(readBytes(file, compression, signal), encoding);
	}
}
