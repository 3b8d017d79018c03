import { sql, type Sql } from '#lib/engine/sql.ts';
import { readUtf8, type NamedBlob } from './byte-source.ts';
import { splitRecord } from './fields.ts';
import { isPlainDelimiter, isPlainDialect, RecordScanner, type Stretch } from './records.ts';
import { scanFormat } from './scan.ts';
import { PLAIN_DIALECT, type Dialect, type SourceParams, type WithheldColumn } from './schema.ts';
import { scrubbed } from './secret-values.ts';

const ELLIPSIS = '…';
const SHOWN_CHARACTERS = 4;

/** Shorter values are not masked but dropped: their last four characters would be too much of them. */
const MIN_MASKED_CHARACTERS = 12;

const PART_CHARACTERS = 2 ** 22;

/** The part of a source that a copy needs. */
export type WithheldSource = Pick<SourceParams, 'dialect' | 'columns' | 'withheld' | 'fileName'>;

/**
 * What is kept of a withheld value: nothing, or `…` and its last four letters and digits. Masking twice changes nothing.
 */
export function maskValue(text: string, action: WithheldColumn['action']): string {
	if (action === 'dropped') return '';
	const trimmed = text.trim();
	if (trimmed.length === SHOWN_CHARACTERS + 1 && trimmed.startsWith(ELLIPSIS)) return trimmed;
	if (trimmed.length < MIN_MASKED_CHARACTERS) return '';
	return ELLIPSIS + trimmed.replace(/[^\dA-Za-z]/g, '').slice(-SHOWN_CHARACTERS);
}

/** `maskValue` as SQL over a column of text that is never null. */
export function withheldSql(column: Sql, { action }: WithheldColumn): Sql {
	if (action === 'dropped') return sql`''`;
	return sql`CASE
	WHEN length(trim(${column})) = ${SHOWN_CHARACTERS + 1} AND starts_with(trim(${column}), ${ELLIPSIS}) THEN trim(${column})
	WHEN length(trim(${column})) < ${MIN_MASKED_CHARACTERS} THEN ''
	ELSE ${ELLIPSIS} || right(regexp_replace(${column}, '[^0-9A-Za-z]', '', 'g'), ${SHOWN_CHARACTERS})
END`;
}

/**
 * A copy of a file as UTF-8 CSV (RFC 4180) without what is withheld, made as a stream. Every record keeps its number, and
 * its problem if it has one. Where a record has too few or too many fields, nobody can tell which cell belongs to which
 * column: every cell that may hold a withheld value is dropped, and what looks like a card, a key or an address elsewhere.
 * The parts of the file that are no records are left out.
 * @throws `import.unreadable-file`, `import.record-too-long`
 */
export async function withheldCopy(
	file: NamedBlob,
	source: WithheldSource,
	signal: AbortSignal
): Promise<{ blob: Blob; dialect: Dialect }> {
	const dialect = copyDialect(source.dialect);
	const writer = new TextWriter();
	const copier = new RecordCopier(source, dialect.delimiter);
	const take = (stretch: Stretch): void => {
		const line = copier.line(stretch);
		if (line !== null) writer.write(`${line}\n`);
	};
	const scanner = new RecordScanner(scanFormat(source), take, { reportAll: true });
	for await (const chunk of readUtf8(file, source.dialect, signal)) scanner.feed(chunk);
	scanner.finish();
	return { blob: writer.finish(), dialect };
}

/** The delimiter stays where it is one that RFC 4180 readers can be told: so records have the same shape as before. */
function copyDialect({ delimiter, hasHeader, setAsideTotals }: Dialect): Dialect {
	return {
		...PLAIN_DIALECT,
		delimiter: isPlainDelimiter(delimiter) ? delimiter : PLAIN_DIALECT.delimiter,
		hasHeader,
		setAsideTotals
	};
}

class RecordCopier {
	readonly #dialect: Dialect;
	readonly #columnCount: number;
	readonly #actions: ReadonlyMap<number, WithheldColumn['action']>;
	readonly #delimiter: string;
	readonly #isSpecial: RegExp;
	readonly #isPlain: boolean;
	readonly #decoder = new TextDecoder();

	constructor({ dialect, columns, withheld }: WithheldSource, delimiter: string) {
		this.#dialect = dialect;
		this.#isPlain = isPlainDialect(dialect);
		this.#columnCount = columns.length;
		this.#actions = new Map(withheld.map(({ column, action }) => [columns.indexOf(column), action]));
		this.#delimiter = delimiter;
		this.#isSpecial = new RegExp(`["\\r\\n${delimiter === '^' ? '\\^' : delimiter}]|^\\s|\\s$`);
	}

	/** The record or header as it is written, without its line end; null for all else. */
	line({ kind, problem, odd, bytes }: Stretch): string | null {
		if (kind !== 'record' && kind !== 'header') return null;
		const text = this.#decoder.decode(bytes);
		if (this.#isPlain && kind === 'record' && problem === null && !odd && !text.includes('"')) {
			return this.#plain(text);
		}
		const fields = splitRecord(text, this.#dialect.delimiter, this.#dialect);
		if (kind === 'header' || problem === 'repeated_header') return this.#render(fields);
		if (problem === 'unclosed_quote') return this.#unclosed(text);
		if (fields.length === this.#columnCount)
			return this.#render(fields.map((text, i) => this.#masked(text, i)));
		return this.#render(fields.map((text, i) => this.#ragged(text, i, fields.length)));
	}

	/** Nearly every record: without quotes all cells but the withheld ones stay as they are. */
	#plain(text: string): string {
		const fields = text.split(this.#delimiter);
		for (const [index, action] of this.#actions) fields[index] = maskValue(fields[index] ?? '', action);
		return fields.join(this.#delimiter) || '""';
	}

	#masked(text: string, index: number): string {
		const action = this.#actions.get(index);
		return action === undefined ? text : maskValue(text, action);
	}

	/** Fields were lost or added anywhere before or behind this one, so it may belong to any of some columns. */
	#ragged(text: string, index: number, fieldCount: number): string {
		const other = index + this.#columnCount - fieldCount;
		return this.#mayHold(Math.min(index, other), Math.max(index, other)) ? '' : scrubbed(text);
	}

	#mayHold(from: number, to: number): boolean {
		return [...this.#actions.keys()].some((index) => index >= from && index <= to);
	}

	/**
	 * The fields before the first quote are sure, those behind it are one text. The text holds a delimiter and has
	 * something behind its closing quote, which makes it an unclosed quote wherever it stands.
	 */
	#unclosed(text: string): string {
		const { delimiter, quote } = this.#dialect;
		const opening = this.#openingQuote(text);
		const before = text.slice(0, opening);
		const sure = before === '' ? [] : splitRecord(before, delimiter, this.#dialect).slice(0, -1);
		const behind = text.slice(opening + quote.length).replace(/[\r\n\0]+/g, ' ');
		const hidden = this.#mayHold(sure.length, Infinity) ? '' : scrubbed(behind).replaceAll('"', '""');
		const rest = hidden.includes(this.#delimiter) ? hidden : hidden + this.#delimiter;
		const fields = sure.map((field, i) => this.#quoted(this.#masked(field, i)));
		return [...fields, `"${rest}"${ELLIPSIS}`].join(this.#delimiter);
	}

	/** Where the first field starts that is quoted, past blanks. */
	#openingQuote(text: string): number {
		const { delimiter, quote } = this.#dialect;
		let start = 0;
		while (start < text.length) {
			let at = start;
			while (text[at] === ' ' || text[at] === '\0') at += 1;
			if (text[at] === quote) return at;
			const next = text.indexOf(delimiter, start);
			if (next === -1) return 0;
			start = next + delimiter.length;
		}
		return 0;
	}

	#render(fields: readonly string[]): string {
		const line = fields.map((field) => this.#quoted(field)).join(this.#delimiter);
		// An empty line would be no record.
		return line === '' ? '""' : line;
	}

	#quoted(field: string): string {
		return this.#isSpecial.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
	}
}

/** Text collected into a Blob, in parts that the browser may keep on disk. */
class TextWriter {
	readonly #parts: Blob[] = [];
	#texts: string[] = [];
	#held = 0;

	write(text: string): void {
		this.#texts.push(text);
		this.#held += text.length;
		if (this.#held > PART_CHARACTERS) this.#flush();
	}

	finish(): Blob {
		this.#flush();
		return new Blob(this.#parts, { type: 'text/csv' });
	}

	#flush(): void {
		this.#parts.push(new Blob(this.#texts));
		this.#texts = [];
		this.#held = 0;
	}
}
