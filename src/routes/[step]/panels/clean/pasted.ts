/**
 * The rows of a text that was copied from a sheet: tabs between cells, a line each. Lines without a tab are split at a
 * semicolon or comma. Null for a plain text of one cell, which is pasted as it is.
 */
export function pasted(text: string, columnCount: number): string[][] | null {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	if (lines.length < 2 && !text.includes('\t')) return null;
	return lines.map((line) => {
		const mark = ['\t', ';', ','].find((each) => line.includes(each)) ?? '\t';
		const cells = line.split(mark).map((cell) => cell.trim());
		return Array.from({ length: columnCount }, (_, i) => cells[i] ?? '');
	});
}
