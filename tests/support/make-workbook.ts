import { strToU8, zipSync } from 'fflate';

/** A sheet as the XML inside its `sheetData`. */
export interface MadeSheet {
	readonly name: string;
	readonly rows: string;
	readonly state?: 'hidden' | 'veryHidden';
}

export interface MadeWorkbook {
	readonly sheets: readonly MadeSheet[];
	/** The `<si>` elements of the shared strings. */
	readonly strings?: string;
	/** Number formats of the cell styles, in order: an id, or a code of its own. */
	readonly formats?: readonly (number | string)[];
	readonly is1904?: boolean;
}

const FIRST_CUSTOM_FORMAT = 164;
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A small workbook (.xlsx) with these sheets. */
export function makeWorkbook(workbook: MadeWorkbook): Blob {
	return new Blob([zipSync(workbookParts(workbook))]);
}

/** The files inside that workbook. */
export function workbookParts({ sheets, strings = '', formats = [], is1904 = false }: MadeWorkbook) {
	const relation = (id: number, type: string, target: string) =>
		`<Relationship Id="rId${id}" Type="${TYPES}/${type}" Target="${target}"/>`;
	const listed = sheets.map(({ name, state }, i) => {
		const hidden = state === undefined ? '' : ` state="${state}"`;
		return `<sheet name="${escaped(name)}" sheetId="${i + 1}"${hidden} r:id="rId${i + 1}"/>`;
	});
	const relations = sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`));
	const parts: Record<string, string> = {
		'[Content_Types].xml': '<Types/>',
		'_rels/.rels': `<Relationships>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
		'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns:r="${TYPES}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${listed.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}${relation(98, 'sharedStrings', 'sharedStrings.xml')}${relation(99, 'styles', '/xl/styles.xml')}</Relationships>`,
		'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
		'xl/styles.xml': stylesPart(formats)
	};
	for (const [i, { rows }] of sheets.entries()) {
		parts[`xl/worksheets/sheet${i + 1}.xml`] =
			`<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;
	}
	return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
}

function stylesPart(formats: readonly (number | string)[]): string {
	const customs = formats.flatMap((format, i) =>
		typeof format === 'number'
			? []
			: [`<numFmt numFmtId="${FIRST_CUSTOM_FORMAT + i}" formatCode="${escaped(format)}"/>`]
	);
	const styles = formats.map(
		(format, i) => `<xf numFmtId="${typeof format === 'number' ? format : FIRST_CUSTOM_FORMAT + i}"/>`
	);
	return `<styleSheet><numFmts>${customs.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
