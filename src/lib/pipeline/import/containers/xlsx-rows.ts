import { csvField } from './csv-text.ts';
import { DAMAGED, UnpackError } from './unpack-error.ts';
import { numberCell, PLAIN_NUMBER, type CellFormat } from './xlsx-format.ts';
import { attribute, xmlText, type XmlHandler } from './xml.ts';

/** What the cells of a sheet refer to. */
export interface CellContext {
	/** As fields of a CSV. */
	readonly sharedStrings: readonly string[];
	readonly formats: readonly CellFormat[];
	readonly is1904: boolean;
}

/** The last column and row that a sheet has: XFD and 1,048,576. */
const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;

/** Rows that are looked at to tell how wide the table is. */
const WIDTH_ROWS = 1_000;

/** A row with something in it, and the number of empty rows above it. */
interface Row {
	readonly emptyAbove: number;
	readonly fields: readonly string[];
}

/**
 * Makes CSV lines of the XML of a sheet, one line per row, so that line numbers are row numbers; empty rows are empty
 * lines. Every row gets the fields of the widest of the first 1,000 rows; one that is wider still keeps all it has.
 * Empty cells at the end of a row and empty rows at the end of the sheet, formatted or not, are left out.
 */
export class SheetRows implements XmlHandler {
	readonly #context: CellContext;
	#lines: string[] = [];
	/** The first rows, until the width is known. */
	#held: Row[] | null = [];
	#width = 0;

	#row = 0;
	#writtenRows = 0;
	#fields: string[] = [];

	#column = -1;
	#type = '';
	#style = 0;
	#value = '';
	#isInCell = false;
	/** Inside an element whose text belongs to the value. */
	#isInValue = false;
	#isInPhonetic = false;

	constructor(context: CellContext) {
		this.#context = context;
	}

	open(name: string, tag: string, isEmpty: boolean): void {
		if (name === 'c') this.#openCell(tag, isEmpty);
		else if (name === 'v' || name === 't')
			this.#isInValue = this.#isInCell && !isEmpty && !this.#isInPhonetic;
		else if (name === 'row') this.#openRow(tag);
		else if (name === 'rPh') this.#isInPhonetic = !isEmpty;
	}

	close(name: string): void {
		if (name === 'v' || name === 't') this.#isInValue = false;
		else if (name === 'c') this.#closeCell();
		else if (name === 'row') this.#closeRow();
		else if (name === 'rPh') this.#isInPhonetic = false;
	}

	text(raw: string, isLiteral: boolean): void {
		if (this.#isInValue) this.#value += isLiteral ? raw : xmlText(raw);
	}

	/** Takes away the lines that are ready. */
	take(): string {
		const text = this.#lines.join('');
		this.#lines = [];
		return text;
	}

	/** Says that the sheet has ended; the last lines are ready then. */
	finish(): void {
		this.#release();
	}

	#openRow(tag: string): void {
		const number = Number(attribute(tag, 'r') ?? this.#row + 1);
		const isNext = Number.isInteger(number) && number > this.#row && number <= MAX_ROWS;
		this.#row = isNext ? number : this.#row + 1;
		this.#fields = [];
		this.#column = -1;
	}

	#openCell(tag: string, isEmpty: boolean): void {
		const reference = attribute(tag, 'r');
		this.#column = reference === null ? this.#column + 1 : columnOf(reference);
		if (this.#column < 0 || this.#column >= MAX_COLUMNS) throw new UnpackError(DAMAGED);
		if (isEmpty) return;
		this.#isInCell = true;
		this.#value = '';
		this.#type = attribute(tag, 't') ?? 'n';
		this.#style = Number(attribute(tag, 's') ?? 0);
	}

	#closeCell(): void {
		this.#isInCell = false;
		if (this.#value === '') return;
		const field = this.#field();
		if (field === '') return;
		const fields = this.#fields;
		while (fields.length < this.#column) fields.push('');
		fields[this.#column] = field;
	}

	/** The cell as a field of a CSV. */
	#field(): string {
		if (this.#type !== 's') return csvField(this.#text());
		const text = this.#context.sharedStrings[Number(this.#value)];
		if (text === undefined) throw new UnpackError(DAMAGED);
		return text;
	}

	/** The text of a cell that holds its own value: texts, errors such as `#N/A` and results of formulas as they are. */
	#text(): string {
		const value = this.#value.trim();
		const { formats, is1904 } = this.#context;
		if (this.#type === 'n') return numberCell(value, formats[this.#style] ?? PLAIN_NUMBER, is1904);
		if (this.#type === 'b') return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
		if (this.#type === 'd') return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?$/, '');
		return cellText(this.#value);
	}

	#closeRow(): void {
		if (this.#fields.length === 0) return;
		const row = { emptyAbove: this.#row - this.#writtenRows - 1, fields: this.#fields };
		this.#writtenRows = this.#row;
		if (this.#held === null) {
			this.#write(row);
			return;
		}
		this.#held.push(row);
		if (this.#held.length >= WIDTH_ROWS) this.#release();
	}

	#release(): void {
		const held = this.#held ?? [];
		this.#held = null;
		for (const { fields } of held) this.#width = Math.max(this.#width, fields.length);
		for (const row of held) this.#write(row);
	}

	#write({ emptyAbove, fields }: Row): void {
		if (emptyAbove > 0) this.#lines.push('\n'.repeat(emptyAbove));
		const missing = this.#width - fields.length;
		this.#lines.push(`${fields.join(',')}${missing > 0 ? ','.repeat(missing) : ''}\n`);
	}
}

/** `B7` → 1; −1 for what is no reference. */
function columnOf(reference: string): number {
	let column = 0;
	for (let i = 0; i < reference.length; i += 1) {
		const letter = (reference.charCodeAt(i) & ~0x20) - 0x40;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column - 1;
}

/** Text of a cell: characters that XML cannot hold are written as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export function cellText(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
