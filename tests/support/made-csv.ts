import { below, seeded, type Random } from '#lib/core/random.ts';
import type { EncodingName, RecordProblem } from '#lib/pipeline/import/schema.ts';
import { encodeText } from './encode-text.ts';

/** A record that was written, and what reading it must give. */
export interface TrueRecord {
	/** Stands in this record alone. */
	readonly key: string;
	readonly cells: readonly string[];
	/** Why it is none of the table; null for one that is. */
	readonly problem: RecordProblem | null;
}

/** A made file, and all that is in it. */
export interface MadeCsv {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Names as they were written; null without a header. */
	readonly header: readonly string[] | null;
	readonly records: readonly TrueRecord[];
	readonly encoding: EncodingName;
	/** What is odd about it, to tell what a failure has to do with. */
	readonly traits: readonly string[];
}

/** How a made file is written. */
interface Style {
	readonly delimiter: string;
	readonly quote: '"' | "'";
	readonly escape: 'double' | 'backslash';
	readonly quoting: 'needed' | 'texts' | 'all';
	readonly lineEnds: readonly string[];
	readonly encoding: EncodingName;
	readonly hasMark: boolean;
	readonly decimalMark: '.' | ',';
	readonly hasTrailingDelimiter: boolean;
}

type ColumnKind = 'key' | 'name' | 'text' | 'note' | 'money' | 'quantity' | 'date' | 'email' | 'empty';

const COLUMN_NAMES: Readonly<Record<ColumnKind, readonly string[]>> = {
	key: ['Order ID', 'id', 'InvoiceNo', 'order_number', 'Name'],
	name: ['Customer', 'Customer Name', 'Billing Name', 'city'],
	text: ['Product', 'Item', 'Description', 'sku'],
	note: ['Note', 'Comment', 'Address'],
	money: ['Total', 'Amount', 'Price', 'unit_price', 'Revenue'],
	quantity: ['Quantity', 'Qty', 'Items sold'],
	date: ['Date', 'Created at', 'InvoiceDate', 'order_date'],
	email: ['Email', 'email_address'],
	empty: ['Discount Code', 'Notes']
};

const HOSTILE_NAMES = [
	...['__proto__', 'constructor', 'toString', '', '  ', '"; DROP TABLE t;--', '<img src=x onerror=alert(1)>'],
	...["'||(SELECT 1)", 'c0', 'row', 'id', 'ID', 'SELECT', 'ten thousand '.repeat(60).trim()]
];

/** Names that every encoding has, and those that only some have. */
const WORDS: Readonly<Partial<Record<EncodingName, readonly string[]>>> = {
	'utf-8': ['Zoë Müller', '田中太郎', 'Иванов', 'Łukasz', '👩‍👩‍👧', 'Ναυσικά', 'é', 'שלום', 'İzmir'],
	'utf-16le': ['Zoë Müller', '田中太郎', 'Иванов', 'Łukasz', 'Ναυσικά'],
	'utf-16be': ['Zoë Müller', 'Иванов Сергей', 'Łukasz'],
	'windows-1252': ['Zoë Müller', 'François', 'Peña', 'Großmann', 'Søren', '12 € “neu”', 'l’été', 'Ångström'],
	'windows-1250': ['Łukasz Wałęsa', 'Dvořák', 'Kateřina', 'Świątek', 'Győző', 'Živković'],
	'windows-1251': ['Иванов Сергей', 'Москва', 'Чай зелёный', 'Петрова Анна'],
	'windows-1253': ['Αθήνα', 'Γιώργος', 'Ελένη Παπαδοπούλου'],
	'windows-1254': ['Işık', 'Şahin', 'Ağaoğlu', 'Yıldız'],
	'koi8-r': ['Иванов Сергей', 'Москва', 'Петрова Анна'],
	shift_jis: ['田中太郎', 'カタカナ', '東京都渋谷区', 'ひらがな'],
	gb18030: ['北京', '王小明', '广州市天河区', '商品名称'],
	'euc-kr': ['서울특별시', '김민수', '이영희', '주문번호']
};

const PLAIN_WORDS = [
	'Ada Lovelace',
	'Smith & Sons',
	'blue mug',
	'Tea, green',
	'size 5"',
	"O'Hara",
	'A-1',
	'n/a',
	'#5'
];
const OTHER_ENCODINGS = Object.keys(WORDS).filter((name) => name !== 'utf-8') as EncodingName[];

/** A made file for every seed: the same seed gives the same file. */
export function makeCsv(seed: number): MadeCsv {
	return new Maker(seeded(seed)).make();
}

class Maker {
	readonly #random: Random;
	readonly #style: Style;
	readonly #kinds: readonly ColumnKind[];
	readonly #traits: string[] = [];
	#nextKey = 0;

	constructor(random: Random) {
		// The first numbers of neighbouring seeds are alike.
		for (let i = 0; i < 5; i += 1) random();
		this.#random = random;
		this.#kinds = this.#chooseKinds();
		this.#style = this.#chooseStyle();
	}

	make(): MadeCsv {
		const header = this.#maybe(0.9, 'header') ? this.#names() : null;
		const records = this.#records(header);
		const lines: string[] = [];
		lines.push(...this.#above(header));
		if (header !== null) lines.push(this.#line(header, true));
		const hasComments = this.#kinds.length > 2 && this.#maybe(0.05, 'comments');
		const hasBlankLines = this.#kinds.length > 1 && this.#maybe(0.1, 'blank lines');
		for (const record of records) {
			if (hasComments && this.#chance(0.1)) lines.push('# checked by hand');
			if (hasBlankLines && this.#chance(0.1)) lines.push('');
			lines.push(record.text);
		}
		const { encoding, hasMark } = this.#style;
		const text = this.#joined(lines);
		return {
			bytes: encodeText((hasMark ? '\uFEFF' : '') + text, encoding),
			header: header === null ? null : [...header, ...(this.#style.hasTrailingDelimiter ? [''] : [])],
			records,
			encoding,
			traits: this.#traits
		};
	}

	#chooseKinds(): ColumnKind[] {
		const count = this.#pick([1, 2, 3, 4, 5, 6, 7, 9, 12]);
		const others: ColumnKind[] = ['name', 'text', 'note', 'money', 'quantity', 'date', 'email', 'empty'];
		const kinds = Array.from({ length: count - 1 }, () => this.#pick(others));
		if (count > 2 && !kinds.some((kind) => ['money', 'quantity', 'date'].includes(kind))) kinds[0] = 'date';
		kinds.splice(this.#chance(0.7) ? 0 : below(this.#random, count), 0, 'key');
		this.#traits.push(`${count} columns`);
		return kinds;
	}

	#chooseStyle(): Style {
		const isOne = this.#kinds.length === 1;
		const delimiter = isOne ? ',' : this.#pick([',', ',', ',', ',', ';', ';', '\t', '\t', '|', '||', ', ']);
		if (delimiter !== ',') this.#traits.push(`delimiter ${JSON.stringify(delimiter)}`);
		// That apostrophes around the cells of a single column are no part of them, nobody could tell.
		const quote = !isOne && this.#maybe(0.06, 'single quotes') ? "'" : '"';
		const escape = this.#maybe(0.06, 'backslashes') ? 'backslash' : 'double';
		const encoding = this.#maybe(0.2, 'encoding') ? this.#pick(OTHER_ENCODINGS) : 'utf-8';
		if (encoding !== 'utf-8') this.#traits.push(encoding);
		const hasMark = encoding.startsWith('utf-') && this.#maybe(encoding === 'utf-8' ? 0.15 : 0.6, 'mark');
		return {
			delimiter,
			quote,
			escape,
			quoting:
				quote === "'" || escape === 'backslash' ? 'all' : this.#pick(['needed', 'needed', 'texts', 'all']),
			lineEnds: this.#lineEnds(),
			encoding,
			hasMark,
			decimalMark: delimiter === ';' || this.#chance(0.1) ? ',' : '.',
			hasTrailingDelimiter: !isOne && delimiter !== ', ' && this.#maybe(0.05, 'trailing delimiters')
		};
	}

	#lineEnds(): string[] {
		const kind = this.#pick(['\n', '\n', '\n', '\r\n', '\r\n', '\r', 'mixed']);
		if (kind !== '\n') this.#traits.push(`line ends ${JSON.stringify(kind)}`);
		return kind === 'mixed' ? ['\n', '\r\n'] : [kind];
	}

	#names(): string[] {
		const isHostile = this.#kinds.length > 2 && this.#maybe(0.1, 'hostile names');
		const isRepeated = this.#kinds.length > 2 && this.#maybe(0.05, 'repeated names');
		const names = this.#kinds.map((kind) => this.#pick(COLUMN_NAMES[kind]));
		if (isRepeated) names[names.length - 1] = names[0] ?? '';
		return names.map((name) => (isHostile && this.#chance(0.4) ? this.#pick(HOSTILE_NAMES) : name));
	}

	/** What stands above the header: titles, blank lines, the line that names the delimiter. */
	#above(header: readonly string[] | null): string[] {
		const { delimiter } = this.#style;
		if (delimiter.length === 1 && this.#kinds.length > 1 && this.#maybe(0.04, 'sep line'))
			return [`sep=${delimiter}`];
		if (header === null || this.#kinds.length < 3 || !this.#maybe(0.12, 'preamble')) return [];
		const lines = this.#pick([
			['Sales report', ''],
			['Sales report', 'From 2024-01-01 to 2024-12-31', ''],
			['# Export of 2024-06-01', '# Shop: example'],
			['Report: orders', 'Account: 12345', 'All dates in UTC'],
			['']
		]);
		// Programs that pad titles write all delimiters of the row.
		return this.#chance(0.3)
			? lines.map((line) => line + delimiter.repeat(this.#kinds.length - 1))
			: [...lines];
	}

	#records(header: readonly string[] | null): (TrueRecord & { text: string })[] {
		const count = this.#pick([1, 2, 3, 5, 8, 13, 30, 60, 150]);
		const isRagged = this.#kinds.length > 2 && count >= 8 && this.#maybe(0.15, 'ragged rows');
		const hasOpenQuotes = this.#kinds.length > 2 && count >= 13 && this.#maybe(0.06, 'open quotes');
		const isRepeating =
			header !== null && this.#kinds.length > 1 && count >= 5 && this.#maybe(0.06, 'header again');
		const hasNuls = this.#maybe(0.04, 'NULs');
		const hasBareQuotes = this.#style.quoting === 'needed' && this.#maybe(0.1, 'bare quotes');
		const records: (TrueRecord & { text: string })[] = [];
		for (let i = 0; i < count; i += 1) {
			const record = this.#record(hasNuls, hasBareQuotes);
			if (isRagged && this.#chance(0.06)) records.push(this.#ragged(record));
			else if (hasOpenQuotes && this.#chance(0.04)) records.push(this.#open(record));
			else records.push(record);
			if (isRepeating && header !== null && i > 0 && this.#chance(0.1)) {
				const cells = this.#padded(header);
				records.push({ key: '', cells, problem: 'repeated_header', text: this.#line(header, true) });
			}
		}
		if (this.#kinds.length > 2 && header !== null && count >= 5 && this.#maybe(0.08, 'total row')) {
			records.push(this.#total());
		}
		return records;
	}

	#record(hasNuls: boolean, hasBareQuotes: boolean): TrueRecord & { text: string } {
		const key = this.#newKey();
		const cells = this.#kinds.map((kind) => (kind === 'key' ? key : this.#cell(kind)));
		const written = cells.map((cell, i) =>
			hasNuls && cell !== key && this.#chance(0.1) && i > 0 ? `${cell}\0` : cell
		);
		const isBare = written.map((cell) => hasBareQuotes && /^[^"]+ \d"$/.test(cell));
		const fields = written.map((cell, i) => (isBare[i] ? cell : this.#field(cell, this.#kinds[i] ?? 'text')));
		return { key, cells: this.#padded(cells), problem: null, text: this.#join(fields) };
	}

	/** A record that lost cells at its end, or has too many. */
	#ragged({ key }: TrueRecord): TrueRecord & { text: string } {
		const isLong = this.#chance(0.4);
		const whole = this.#kinds.map((kind) => (kind === 'key' ? key : this.#cell(kind)));
		const keyAt = this.#kinds.indexOf('key');
		const kept = Math.max(keyAt + 1, 1 + below(this.#random, this.#kinds.length - 1));
		const isWhole = !isLong && kept >= this.#kinds.length;
		const cells = isLong || isWhole ? [...whole, 'one', 'two'] : whole.slice(0, kept);
		const problem = cells.length > this.#kinds.length ? 'too_many_fields' : 'too_few_fields';
		const text = cells
			.map((cell, i) => this.#field(cell, this.#kinds[i] ?? 'text'))
			.join(this.#style.delimiter);
		return { key, cells, problem, text };
	}

	/** A record with a quote that is never closed, in a cell of a single line. */
	#open({ key }: TrueRecord): TrueRecord & { text: string } {
		const { quote, delimiter } = this.#style;
		const at = this.#kinds.findIndex((kind) => kind !== 'key');
		const cells = this.#kinds.map((kind, i) => (kind === 'key' ? key : i === at ? 'open' : '12'));
		const text = cells.map((cell, i) => (i === at ? quote : '') + cell).join(delimiter);
		return { key, cells, problem: 'unclosed_quote', text };
	}

	#total(): TrueRecord & { text: string } {
		const word = this.#pick(['Total', 'Grand total', 'TOTAL', 'Summe', 'Gesamt', 'Totale']);
		const cells = this.#kinds.map((kind, i) =>
			i === 0
				? word
				: kind === 'money' || kind === 'quantity'
					? '12345'
					: i === this.#kinds.length - 1
						? '99'
						: ''
		);
		const fields = cells.map((cell, i) => this.#field(cell, this.#kinds[i] ?? 'text'));
		return { key: '', cells: this.#padded(cells), problem: 'total_row', text: this.#join(fields) };
	}

	#newKey(): string {
		this.#nextKey += 1;
		return `K${String(10_000 + this.#nextKey)}`;
	}

	#cell(kind: ColumnKind): string {
		const { encoding, decimalMark } = this.#style;
		if (kind === 'empty') return this.#chance(0.1) ? 'WELCOME10' : '';
		if (kind !== 'name' && this.#chance(0.04)) return '';
		if (kind === 'money') return this.#money(decimalMark);
		if (kind === 'quantity') return String(1 + below(this.#random, 12));
		if (kind === 'date') return this.#date();
		if (kind === 'email') return `p${below(this.#random, 1000)}@example.com`;
		const words = WORDS[encoding] ?? [];
		const word = this.#pick(
			this.#chance(kind === 'name' ? 0.6 : 0.2) && words.length > 0 ? words : PLAIN_WORDS
		);
		if (kind === 'note' && this.#chance(0.15))
			return `${word}\n${this.#pick(['second line', 'say "hi"', '', '7'])}`;
		return kind === 'note' && this.#chance(0.1) ? `“${word}” "x"`.replace(/[“”]/g, '') : word;
	}

	#money(decimalMark: string): string {
		const text = (below(this.#random, 100_000) / 100).toFixed(2).replace('.', decimalMark);
		return this.#chance(0.05) ? `-${text}` : text;
	}

	#date(): string {
		const day = String(1 + below(this.#random, 28)).padStart(2, '0');
		const month = String(1 + below(this.#random, 12)).padStart(2, '0');
		return this.#style.decimalMark === ',' ? `${day}.${month}.2024` : `2024-${month}-${day}`;
	}

	#line(cells: readonly string[], isHeader = false): string {
		return this.#join(cells.map((cell) => this.#field(cell, isHeader ? 'name' : 'text')));
	}

	#join(fields: readonly string[]): string {
		const { delimiter, hasTrailingDelimiter } = this.#style;
		const line = fields.join(delimiter) + (hasTrailingDelimiter ? delimiter : '');
		// A single empty cell must not look like no record.
		return line === '' ? this.#style.quote.repeat(2) : line;
	}

	#padded(cells: readonly string[]): string[] {
		return this.#style.hasTrailingDelimiter ? [...cells, ''] : [...cells];
	}

	#field(cell: string, kind: ColumnKind): string {
		const { delimiter, quote, escape, quoting } = this.#style;
		const isText = !['money', 'quantity', 'date', 'key'].includes(kind);
		const special = [
			delimiter.trim() || delimiter,
			quote,
			'"',
			'\n',
			'\r',
			escape === 'backslash' ? '\\' : '\n'
		];
		const isNeeded = special.some((text) => cell.includes(text)) || /^\s|\s$/.test(cell);
		if (!isNeeded && quoting !== 'all' && !(quoting === 'texts' && isText)) return cell;
		if (escape === 'double') return quote + cell.replaceAll(quote, quote + quote) + quote;
		return quote + cell.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
	}

	#joined(lines: readonly string[]): string {
		const hasLastEnd = !this.#maybe(0.2, 'no last line end');
		return lines
			.map((line, i) => line + (i < lines.length - 1 || hasLastEnd ? this.#pick(this.#style.lineEnds) : ''))
			.join('');
	}

	#chance(probability: number): boolean {
		return this.#random() < probability;
	}

	#maybe(probability: number, trait: string): boolean {
		const isSo = this.#chance(probability);
		if (isSo && trait !== 'header' && trait !== 'encoding') this.#traits.push(trait);
		if (!isSo && trait === 'header') this.#traits.push('no header');
		return isSo;
	}

	#pick<T>(values: readonly T[]): T {
		return values[below(this.#random, values.length)] as T;
	}
}
