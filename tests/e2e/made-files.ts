import { strToU8, zipSync } from 'fflate';

/** A file to choose, as Playwright takes it. */
export interface MadeFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** A text file of lines. */
export function textFile(name: string, lines: readonly string[]): MadeFile {
	return { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}

/** An archive of files by name. */
export function zipFile(name: string, entries: Readonly<Record<string, Buffer | string>>): MadeFile {
	const bytes = Object.fromEntries(
		Object.entries(entries).map(([path, content]) => [
			path,
			typeof content === 'string' ? strToU8(content) : new Uint8Array(content)
		])
	);
	return { name, mimeType: 'application/zip', buffer: Buffer.from(zipSync(bytes)) };
}

/** A workbook of sheets by name, each a table of texts. The least that a reader of workbooks needs (ECMA-376). */
export function workbook(
	name: string,
	sheets: Readonly<Record<string, readonly (readonly string[])[]>>
): MadeFile {
	const names = Object.keys(sheets);
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const packed = 'http://schemas.openxmlformats.org/package/2006';
	const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
	const parts: Record<string, string> = {
		'[Content_Types].xml': `${head}<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${names
			.map(
				(_, i) =>
					`<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${types}.worksheet+xml"/>`
			)
			.join('')}</Types>`,
		'_rels/.rels': `${head}<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names
			.map((sheet, i) => `<sheet name="${sheet}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
			.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packed}/relationships">${names
			.map(
				(_, i) =>
					`<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`
			)
			.join('')}</Relationships>`
	};
	names.forEach((sheet, i) => {
		const rows = (sheets[sheet] ?? []).map(
			(cells, row) =>
				`<row r="${row + 1}">${cells
					.map(
						(cell, column) =>
							`<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`
					)
					.join('')}</row>`
		);
		parts[`xl/worksheets/sheet${i + 1}.xml`] =
			`${head}<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
	});
	return {
		...zipFile(name, parts),
		mimeType: `${types}.sheet`
	};
}

/** Orders of thirty customers: rows of customer, ISO day, amount. `month` from 1 to 12. */
export function orderRows(month: number, count = 60): string[][] {
	return Array.from({ length: count }, (_, i) => [
		`C${String((i * 7) % 30).padStart(3, '0')}`,
		`2024-${String(month).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`,
		`${5 + ((i * 13) % 90)}.${10 + (i % 80)}`
	]);
}

/** The same as a file with a header. */
export function ordersFile(name: string, month: number, count = 60): MadeFile {
	return textFile(name, [
		'customer_id,order_date,amount',
		...orderRows(month, count).map((row) => row.join(','))
	]);
}
