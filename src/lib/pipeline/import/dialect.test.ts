import { describe, expect, test } from 'vitest';
import { detectLayouts, type Layout } from './dialect.ts';
import { isKnownColumnName } from './synonyms.ts';

const layoutsOf = (text: string, fixed?: Partial<Layout>) =>
	detectLayouts({ text, isWhole: true }, isKnownColumnName, fixed);
const layoutOf = async (text: string, fixed?: Partial<Layout>) => (await layoutsOf(text, fixed))[0];

describe('detectLayouts', () => {
	test.each([
		[',', 'a,b\n1,x;y\n2,z\n'],
		[';', 'a;b\n1,5;2,5\n3,5;4,5\n'],
		['\t', 'a\tb, c\n1\tx\n2\ty\n'],
		['|', 'a|b\n1|x, y\n2|z\n'],
		[' ', ' 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n'],
		[';', 'sep=;\na;b\n1,5;2\n'],
		['~', 'sep=~\na~b,c\n1~5,2\n'],
		[', ', 'id, price\n1, "2,50"\n2, 3\n'],
		[',', 'id,note\n1,one\n2, two\n'],
		['||', 'id||name||day\n1||a|b||2024-01-02\n2||||2024-01-03\n'],
		['|', 'id|a|b\n1||x\n2||y\n'],
		['\u0001', 'id\u0001name\n1\u0001a,b\n2\u0001c\n'],
		['~', 'id~name\n1~a\n2~b\n'],
		['^', 'id^name\n1^a\n2^b\n'],
		[':', 'name:uid:gid:home\nroot:0:0:/root\nbin:1:1:/bin\n']
	])('finds the delimiter %j', async (delimiter, text) => {
		expect((await layoutOf(text))?.layout.delimiter).toBe(delimiter);
	});

	test('does not take delimiters inside quotes for delimiters', async () => {
		const found = await layoutOf('name;city\n"a,b,c";x\n"d,e,f";y\n');
		expect(found).toMatchObject({ layout: { delimiter: ';' }, columnCount: 2 });
	});

	test('reads a file of one column, commas and all', async () => {
		const found = await layoutOf('note\nhello, world\nplain\na, b, c\n');
		expect(found?.columnCount).toBe(1);
		expect(found?.records).toEqual([['hello, world'], ['plain'], ['a, b, c']]);
	});

	test('does not take a sentence for a table of blanks', async () => {
		expect((await layoutOf('good morning\nhello world\nbye now\n'))?.columnCount).toBe(1);
	});

	test.each([
		['names over numbers', 'code,price\n1,2.50\n2,3.00\n', true],
		['numbers over numbers', '1,2.50\n2,3.00\n3,4.00\n', false],
		['a date over dates', '19970101,x\n19970202,y\n', false],
		['known names over text', 'customer,country\nanna,France\nben,Spain\n', true],
		['a value that comes back', 'red,blue\nblue,green\nred,green\n', false]
	])('%s', async (_, text, hasHeader) => {
		expect((await layoutOf(text))?.layout.hasHeader).toBe(hasHeader);
	});

	test('says when it only guesses that the first row holds names', async () => {
		expect(await layoutOf('colour,shape\nred,round\nblue,square\n')).toMatchObject({
			layout: { hasHeader: true },
			isHeaderGuessed: true
		});
	});

	test('skips comments, titles and blank lines above the table', async () => {
		const found = await layoutOf('# made by a shop\n\n"All, orders"\n\nid,day,sum\n1,2011-01-01,2.50\n');
		expect(found?.layout).toMatchObject({ delimiter: ',', skipLines: 4, hasHeader: true, endLine: null });
		expect(found?.header).toEqual(['id', 'day', 'sum']);
	});

	test('gives a header that is shorter than the rows the columns it lacks', async () => {
		expect((await layoutOf('a,b\n1,2,\n3,4,\n5,6,\n'))?.columnCount).toBe(3);
	});

	test('leaves the broken end of a partial sample out', async () => {
		const [found] = await detectLayouts({ text: 'a,b\n1,2\n3,"4', isWhole: false }, isKnownColumnName);
		expect(found?.records).toEqual([['1', '2']]);
		// What has not been seen may end in a total.
		expect(found?.layout.setAsideTotals).toBe(true);
	});

	test('finds nothing in blank lines', async () => {
		expect(await layoutsOf('\n\r\n\n')).toEqual([]);
		expect(await layoutsOf('')).toEqual([]);
	});

	test.each([
		['text with bars and hashes', 'tags\n#new|sale\n#old|#kids|x\nplain\n'],
		['the same number of bars in each', 'code\nA|1\nB|2\nC|3\n'],
		['times', 'at\n12:30\n12:45\n13:00\n'],
		['decimal commas', 'price\n1,50\n2,75\n3,20\n'],
		['dates with commas, in quotes', '"Dec 8, 2022"\n"Sep 6, 2022"\n"May 1, 2022"\n'],
		['sentences', 'Comment\nYes, I did, thanks\nNo, never, sorry\nWell, maybe, perhaps\n']
	])('reads one column of %s as one column', async (_, text) => {
		expect((await layoutOf(text))?.columnCount).toBe(1);
	});

	const wide = (bad: string) =>
		`id,day,sum,name,city,note,a,b,c\n${'1,2024-01-02,3.5,"x, y",z,n,1,2,3\n'.repeat(5)}${bad}\n${'2,2024-01-03,4,p,q,r,1,2,3\n'.repeat(5)}`;

	test.each([
		['an unclosed quote', '1,"2024-01-02,3.5,x,y,n,1,2,3'],
		['a quote too many', '"1,2024-01-02,3.5,"x, y",z,n,1,2,3'],
		['a delimiter too many', '1,2024-01-02,3.5,x,,y,n,1,2,3'],
		['another delimiter', '1;2024-01-02;3.5;x;y;n;1;2;3'],
		['blanks for delimiters', '1 2024-01-02 3.5 "x, y" z n 1 2 3'],
		['a note', 'checked by hand']
	])('keeps nine columns with one bad row: %s', async (_, bad) => {
		expect(await layoutOf(wide(bad))).toMatchObject({
			layout: { delimiter: ',', quote: '"' },
			columnCount: 9
		});
	});

	test('says that ragged rows leave it uncertain, and still parts them', async () => {
		const found = await layoutOf('id,name,age\n1,Ann\n2,Ben,30,x\n');
		expect(found).toMatchObject({ layout: { delimiter: ',' }, isUncertain: true });
		expect((await layoutOf('id,name\n1,Ann\n2,Ben\n'))?.isUncertain).toBe(false);
	});

	test.each([
		["'", 'double', "id,name\n1,'Smith, Ann'\n2,'Lee, Ben'\n"],
		["'", 'double', "id,name\n1,'women's shoes, red'\n2,'men's, blue'\n"],
		['"', 'backslash', 'id,name\n1,"8\\" pipe, long"\n2,"6\\" pipe"\n'],
		['"', 'double', 'id,path\n1,"C:\\dir\\"\n2,"D:\\"\n'],
		['"', 'double', "id,zip\n'1001,'02134\n'1002,'10115\n"],
		['', 'double', 'id,size\n1,"2\n2,"3\n3,"4\n']
	])('finds the quote %j with escape %s', async (quote, escape, text) => {
		expect((await layoutOf(text))?.layout).toMatchObject({ delimiter: ',', quote, escape });
	});

	test('joins names over two rows', async () => {
		const found = await layoutOf('control,,fire,\nX,Y,X,Y\n4.4,0.1,4.8,2.0\n4.6,-1.0,5.1,3.0\n');
		expect(found?.header).toEqual(['control X', 'control Y', 'fire X', 'fire Y']);
		expect(found?.layout.skipLines).toBe(1);
		expect(found?.records).toHaveLength(2);
	});

	test('passes over a preamble of fields', async () => {
		const found = await layoutOf(
			'Report,Orders\nFrom,2024-01-01\n\nid,day,sum\n1,2024-01-02,3\n2,2024-01-03,4\n'
		);
		expect(found?.layout.skipLines).toBe(3);
		expect((await layoutsOf('Made by us, on Monday, at 9\nid,sum\n1,2\n2,3\n3,4\n'))[0]?.header).toEqual([
			'id',
			'sum'
		]);
	});

	test('finds several tables, each to where the next one begins', async () => {
		const text = `# ----\n# Report\n# ----\nNth day,Users\n0000,249\n0001,338\n\n# All\nChannel,New users\nDirect,6\nPaid,7\n`;
		const tables = await layoutsOf(text);
		expect(
			tables.map(({ layout, header, records }) => [
				layout.skipLines,
				layout.endLine,
				header[0],
				records.length
			])
		).toEqual([
			[3, 7, 'Nth day', 2],
			[8, null, 'Channel', 2]
		]);
		expect(tables.every(({ layout }) => layout.comment === '')).toBe(true);
	});

	test('takes blank lines between records for no new table', async () => {
		expect(await layoutsOf('id,name,sum\n1,a,2\n\n2,b,3\n\n\n3,c,n/a\n4,d,5\n')).toHaveLength(1);
	});

	test('knows comments between records, but no order number for one', async () => {
		expect((await layoutOf('id,sum\n1,2\n# a break\n2,3\n'))?.layout.comment).toBe('#');
		expect((await layoutOf('Name,sum\n#1001,2\n#1002,3\n'))?.layout.comment).toBe('');
		expect((await layoutOf('sign,code,n\n!,33,2\n#,35,4\n$,36,5\n'))?.layout.comment).toBe('');
	});

	test('sets totals aside, but no values of that name', async () => {
		const found = await layoutOf('country,sum\nSpain,2\nItaly,3\nFrance,1\nGrand total,6\n');
		expect(found?.layout.setAsideTotals).toBe(true);
		expect(found?.records).toHaveLength(3);
		expect((await layoutOf('line,sum\nTotal,2\nTotal,3\nTotal,1\nOther,6\n'))?.layout.setAsideTotals).toBe(
			false
		);
	});

	test('leaves repeated headers out of the records', async () => {
		expect((await layoutOf('id,sum\n1,2\nid,sum\n3,4\n'))?.records).toEqual([
			['1', '2'],
			['3', '4']
		]);
	});

	test('obeys what is fixed', async () => {
		const text = 'a;b,c\n1;2,3\n4;5,6\n';
		expect(await layoutOf(text, { delimiter: ';' })).toMatchObject({ columnCount: 2, header: ['a', 'b,c'] });
		expect((await layoutOf(text, { hasHeader: false }))?.records).toHaveLength(3);
		const lines = await layoutOf(text, { skipLines: 1, endLine: 3 });
		expect(lines).toMatchObject({ layout: { skipLines: 1, endLine: 3, hasHeader: false } });
		expect((await layoutOf(text, { comment: '1' }))?.records).toHaveLength(1);
		expect((await layoutOf(text, { setAsideTotals: true }))?.layout.setAsideTotals).toBe(true);
	});

	test('keeps a byte order mark out of the header', async () => {
		expect((await layoutOf('\uFEFF\uFEFF"id",sum\n1,2\n'))?.header).toEqual(['id', 'sum']);
	});

	test('reads five thousand columns', async () => {
		const row = (cell: (i: number) => string) => Array.from({ length: 5_000 }, (_, i) => cell(i)).join(',');
		const found = await layoutOf(`${row((i) => `c${i}`)}\n${row(String)}\n${row(String)}\n`);
		expect(found?.columnCount).toBe(5_000);
	});
});
