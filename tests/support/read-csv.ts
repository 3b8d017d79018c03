/** The records of a CSV text (RFC 4180), read by a small state machine that shares no code with the writer. */
export function readCsv(text: string): string[][] {
	const records: string[][] = [];
	let record: string[] = [];
	let field = '';
	let quoted = false;
	for (let i = 0; i < text.length; i += 1) {
		const char = text[i] as string;
		if (quoted) {
			if (char !== '"') field += char;
			else if (text[i + 1] === '"') {
				field += '"';
				i += 1;
			} else quoted = false;
		} else if (char === '"') quoted = true;
		else if (char === ',') {
			record.push(field);
			field = '';
		} else if (char === '\n') {
			records.push([...record, field]);
			record = [];
			field = '';
		} else if (char !== '\r') field += char;
	}
	return record.length > 0 || field !== '' ? [...records, [...record, field]] : records;
}
