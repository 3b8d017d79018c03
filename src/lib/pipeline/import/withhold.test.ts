import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { splitRecord } from './fields.ts';
import { streamRecords, type RawRecord } from './raw-records.ts';
import { PLAIN_DIALECT, type Dialect, type WithheldColumn } from './schema.ts';
import { maskValue, withheldCopy, withheldSql, type WithheldSource } from './withhold.ts';

const COLUMNS = ['id', 'name', 'secret', 'card', 'note'];
const WITHHELD: WithheldColumn[] = [
	{ column: 'secret', reason: 'password', action: 'dropped' },
	{ column: 'card', reason: 'card_number', action: 'masked' }
];
const HEADER = COLUMNS.join(',');

function sourceOf(dialect: Partial<Dialect> = {}): WithheldSource {
	return {
		fileName: 'made.csv',
		dialect: { ...PLAIN_DIALECT, ...dialect },
		columns: COLUMNS,
		withheld: WITHHELD
	};
}

async function recordsOf(blob: Blob, dialect: Dialect): Promise<RawRecord[]> {
	const all: RawRecord[] = [];
	for await (const batch of streamRecords(blob, { fileName: 'x', dialect, columns: COLUMNS }))
		all.push(...batch);
	return all;
}

async function copyOf(text: string, dialect: Partial<Dialect> = {}) {
	const source = sourceOf(dialect);
	const file = { name: 'made.csv', blob: new Blob([text]) };
	const copy = await withheldCopy(file, source, new AbortController().signal);
	return {
		text: await copy.blob.text(),
		dialect: copy.dialect,
		before: await recordsOf(file.blob, source.dialect),
		after: await recordsOf(copy.blob, copy.dialect)
	};
}

/** What the readable records hold in the columns that are not withheld. */
function keptCells(records: readonly RawRecord[]): string[][] {
	const readable = records.filter(({ problem }) => problem === null);
	return readable.map(({ raw }) => splitRecord(raw, ',').filter((_, i) => i !== 2 && i !== 3));
}

describe('withheldCopy', () => {
	test('drops and masks cells, and leaves all others as they are', async () => {
		const { text } = await copyOf(`${HEADER}\n1,"Zoë ""Z"" A",hunter2,4111 1111 1111 1111,"a\nb"\n2,,,,\n`);
		expect(text).toBe(`${HEADER}\n1,"Zoë ""Z"" A",,…1111,"a\nb"\n2,,,,\n`);
	});

	test('writes any dialect as RFC 4180, with the records it had', async () => {
		const body = `# made up\nid;name;secret;card;note\n1;'O''Hara; Zoë';hunter2;4111111111111111;x\n\n2;b;c;d;e\n`;
		const { text, dialect } = await copyOf(body, { delimiter: ';', quote: "'", comment: '#', skipLines: 0 });
		expect(text).toBe(`id;name;secret;card;note\n1;"O'Hara; Zoë";;…1111;x\n2;b;;;e\n`);
		expect(dialect).toEqual({ ...PLAIN_DIALECT, delimiter: ';' });
	});

	test('keeps records without a header, and those that are one empty cell', async () => {
		const source = { ...sourceOf({ hasHeader: false }), columns: ['only'], withheld: [] };
		const file = { name: 'x', blob: new Blob(['a\n""\nb\n']) };
		const copy = await withheldCopy(file, source, new AbortController().signal);
		await expect(copy.blob.text()).resolves.toBe('a\n""\nb\n');
		expect(copy.dialect.hasHeader).toBe(false);
	});

	test('keeps what is wrong with a record, without what it may hold', async () => {
		const { before, after } = await copyOf(
			[
				HEADER,
				'1,Zoë, the first,hunter2secret,4111111111111111,note',
				'2,hunter2secret,4111111111111111',
				HEADER,
				'3,"never closed,hunter2secret,4111111111111111,note',
				'Total,,,,12',
				'4,Ada,x,4111111111111111,note 81.2.69.142 of zoe.1234567890@example.com'
			].join('\n'),
			{ setAsideTotals: true }
		);
		expect(after.map(({ record, problem }) => [record, problem])).toEqual(
			before.map(({ record, problem }) => [record, problem])
		);
		expect(after.map(({ raw }) => raw)).toEqual([
			'1,Zoë,,,,note',
			',,',
			HEADER,
			'3,","…',
			'Total,,,,12',
			'4,Ada,,…1111,note 81.2.69.142 of zoe.1234567890@example.com'
		]);
	});

	test('scrubs the sure cells of a ragged record', async () => {
		const record =
			'2,x,hunter2,4111111111111111,call 4111 1111 1111 1111 from 81.2.69.142 or zoe.123456789@x.org,more';
		const { after } = await copyOf(`${HEADER}\n${record}\n`);
		expect(after[0]?.raw).toBe('2,x,,,,more');
		const wide = sourceOf();
		const source = {
			...wide,
			withheld: [{ column: 'id', reason: 'token', action: 'dropped' }] as WithheldColumn[]
		};
		const copy = await withheldCopy(
			{ name: 'x', blob: new Blob([`${HEADER}\n${record}`]) },
			source,
			new AbortController().signal
		);
		await expect(copy.blob.text()).resolves.toBe(
			`${HEADER}\n,,hunter2,…1111,call …1111 from … or zoe.123456789@x.org,more\n`
		);
	});

	describe('leaves no withheld value anywhere, and every record its number and problem', () => {
		const secret = fc.stringMatching(/^SEC[a-z]{3}[A-Z0-9]{5,12}$/);
		const hostile = fc.stringMatching(/^[a-z ",\n;éß]{0,8}$/);
		const tame = fc.stringMatching(/^[a-z éß]{0,8}$/);
		const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
		const whole = (text: fc.Arbitrary<string>) =>
			fc.tuple(text, text, secret, secret, text).map((cells) => cells.map(quoted).join(','));
		const short = fc.tuple(secret, secret).map(([s, c]) => `1,${s},${c},n`);
		const long = fc.tuple(secret, secret).map(([s, c]) => `1,a,b,${s},${c},n`);
		const open = fc.tuple(secret, secret).map(([s, c]) => `1,"a,${s},${c},n`);
		const openLater = fc.tuple(secret, secret).map(([s, c]) => `1,b,${s},"${c},n`);

		test.each([
			['among texts with quotes and line ends', [whole(hostile), whole(hostile), short, long]],
			// A quote left open and a text full of quotes behind it can read like one record, which then is one.
			['among quotes left open', [whole(tame), whole(tame), short, long, open, openLater]]
		])('%s', async (_, kinds) => {
			const rows = fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 12 });
			await fc.assert(
				fc.asyncProperty(rows, async (lines) => {
					const { text, before, after } = await copyOf(`${HEADER}\n${lines.join('\n')}\n`);
					expect(text).not.toContain('SEC');
					expect(after.map(({ record, problem }) => [record, problem])).toEqual(
						before.map(({ record, problem }) => [record, problem])
					);
					expect(keptCells(after)).toEqual(keptCells(before));
				}),
				{ seed: 131, numRuns: 150 }
			);
		});
	});

	test('stops when asked to', async () => {
		const stopped = AbortSignal.abort();
		await expect(
			withheldCopy({ name: 'x', blob: new Blob([HEADER]) }, sourceOf(), stopped)
		).rejects.toThrow();
	});
});

const VALUES = [
	'',
	'hunter2',
	'4111 1111 1111 1111',
	'…1111',
	' …1111 ',
	'DE89370400440532013000',
	'12345678901',
	'************4242'
];

describe('maskValue', () => {
	test('leaves nothing, or the last four characters', () => {
		expect(VALUES.map((value) => maskValue(value, 'dropped'))).toEqual(VALUES.map(() => ''));
		expect(VALUES.map((value) => maskValue(value, 'masked'))).toEqual([
			...['', '', '…1111', '…1111', '…1111', '…3000', '', '…4242']
		]);
	});

	test('changes nothing the second time', () => {
		const once = VALUES.map((value) => maskValue(value, 'masked'));
		expect(once.map((value) => maskValue(value, 'masked'))).toEqual(once);
	});
});

describeEngines('withheldSql', (engine) => {
	test.each(['dropped', 'masked'] as const)('says the same as maskValue: %s', async (action) => {
		const withheld: WithheldColumn = { column: 'card', reason: 'card_number', action };
		for (const value of VALUES) {
			const rows = await engine().rows<{ text: string }>(
				sql`SELECT ${withheldSql(sql`value`, withheld)}::VARCHAR AS text FROM (SELECT ${value} AS value)`
			);
			expect(rows).toEqual([{ text: maskValue(value, action) }]);
		}
	});
});
