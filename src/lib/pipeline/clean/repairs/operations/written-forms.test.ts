import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '#lib/engine/engine.ts';
import { as, id, join, sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { makeSource, stepContext, writeRawTable } from '../../../../../../tests/support/raw-tables.ts';
import { runRepairs } from '../run.ts';
import type { Repair, RepairSourceResult } from '../schema.ts';
import { sourceTable } from '../tables.ts';
import { emails } from './emails.ts';
import { phones } from './phones.ts';
import { standardiseDates } from './standardise-dates.ts';

const HOSTILE = `it's "a"; DROP TABLE import.s1; --`;

/** Runs one step on a column of texts, and gives what it left and what it counted. */
async function written(
	engine: Engine,
	operation: { readonly id: string },
	params: Record<string, unknown>,
	texts: readonly string[],
	{ further = [], ...changes }: Partial<SourceParams> & { further?: readonly string[] } = {}
): Promise<RepairSourceResult & { texts: string[] }> {
	const source = { ...makeSource([HOSTILE, 'country'], {}), ...changes };
	const result = await writeRawTable(
		engine,
		source,
		texts.map((text, i) => [text, further[i] ?? ''])
	);
	const repair: Repair = {
		id: 'r1',
		operation: operation.id,
		on: true,
		series: 's1',
		columns: [HOSTILE],
		params
	};
	const [outcome] = await runRepairs(stepContext(engine), [{ source, result }], [repair]);
	const rows = await engine.rows<{ c0: string }>(
		sql`SELECT ${join([as(sql`c0::VARCHAR`, 'c0')], ', ')} FROM ${id(...sourceTable('s1'))} ORDER BY row`
	);
	const [done] = outcome?.sources ?? [];
	if (!done) throw new Error('the step did not run');
	return { ...done, texts: rows.map(({ c0 }) => c0) };
}

describeEngines('writing dates one way', (engine) => {
	const dates = (texts: readonly string[], params: Record<string, unknown> = {}) =>
		written(engine(), standardiseDates, { ...standardiseDates.defaults, ...params }, texts);

	it('reads each date by itself, and those that could be either as most others', async () => {
		const texts = [
			'31/01/2024',
			'30.01.2024 9:05',
			'01/02/2024',
			'12/31/2024',
			'2024-03-04',
			'5 May 2024',
			''
		];
		const done = await dates(texts);
		expect(done.texts).toEqual([
			...['2024-01-31', '2024-01-30 09:05:00', '2024-02-01', '2024-12-31', '2024-03-04', '2024-05-05', '']
		]);
		expect(done).toMatchObject({ rowsChanged: 5, rowsFailing: 0, rowsSetAside: 0 });
		expect(done.words).toBe(
			`“${HOSTILE}”: 2 day first; 1 month first; 1 date could be either, and was read day first.`
		);
	});

	it('leaves what could be either where nothing tells, and what is no date', async () => {
		const done = await dates(['01/02/2024', '03/03/2024', 'soon', '31/31/2024']);
		expect(done.texts).toEqual(['01/02/2024', '2024-03-03', 'soon', '31/31/2024']);
		expect(done).toMatchObject({ rowsChanged: 1, rowsFailing: 3 });
		expect(done.words).toContain('1 date could be either, and was left.');
	});

	it('reads as it is told', async () => {
		expect((await dates(['01/02/2024', '12/31/2024'], { from: 'mdy' })).texts).toEqual([
			'2024-01-02',
			'2024-12-31'
		]);
		const dayFirst = await dates(['01/02/2024', '12/31/2024'], { from: 'dmy' });
		expect(dayFirst).toMatchObject({ texts: ['2024-02-01', '12/31/2024'], rowsFailing: 1 });
	});

	it('keeps the time and its offset, or the day alone', async () => {
		const texts = [
			'2024-01-02T10:00:00Z',
			'2024-01-02 10:00:00 +02:00',
			'1/31/2024 1:30 PM EST',
			'20240102T1015'
		];
		expect((await dates(texts)).texts).toEqual([
			...[
				'2024-01-02 10:00:00Z',
				'2024-01-02 10:00:00+02:00',
				'2024-01-31 13:30:00 EST',
				'2024-01-02 10:15:00'
			]
		]);
		expect((await dates(texts, { form: 'iso date' })).texts).toEqual([
			...['2024-01-02', '2024-01-02', '2024-01-31', '2024-01-02']
		]);
	});

	it('changes nothing when it runs again', async () => {
		const part = fc.integer({ min: 1, max: 31 }).map(String);
		const text = fc.oneof(
			fc
				.tuple(part, fc.constantFrom('/', '.', '-'), part, fc.constantFrom('2024', '99'))
				.map(([a, mark, b, year]) => [a, b, year].join(mark)),
			fc.constantFrom('', ' ', 'soon', '2024-02-30', '5 May 2024 10:15 PM', "'; --", '2024-01-02T10:00:00Z')
		);
		await fc.assert(
			fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 200 }), async (texts) => {
				const once = await dates(texts);
				const again = await dates(once.texts, { from: 'ymd' });
				expect(once.texts).toHaveLength(texts.length);
				expect(again).toMatchObject({ texts: once.texts, rowsChanged: 0 });
			}),
			{ seed: 4, numRuns: 2 }
		);
	});
});

describeEngines('writing email addresses one way', (engine) => {
	const addresses = (texts: readonly string[], correctTypos = false) =>
		written(engine(), emails, { correctTypos }, texts);

	it('takes off what stands around an address, and leaves what is none', async () => {
		const texts = [
			...[
				' Anna@Example.ORG ',
				'mailto:b@c.de',
				'Bob Ray <Bob@ray.io>',
				'<c@d.ef>',
				"'d@e.fg",
				'e@f.gh;',
				'f@g.hi.'
			],
			...['a@b.c', 'no address', 'x@y', '', ' ']
		];
		const done = await addresses(texts);
		expect(done.texts).toEqual([
			...['anna@example.org', 'b@c.de', 'bob@ray.io', 'c@d.ef', 'd@e.fg', 'e@f.gh', 'f@g.hi'],
			...['a@b.c', 'no address', 'x@y', '', ' ']
		]);
		expect(done).toMatchObject({ rowsChanged: 7, rowsFailing: 2, rowsSetAside: 0 });
	});

	it('corrects typing errors only when it is asked to', async () => {
		expect((await addresses(['Ann@gmial.com'])).texts).toEqual(['ann@gmial.com']);
		expect((await addresses(['Ann@gmial.com', 'b@hotmail.con', 'c@gmail.co.uk'], true)).texts).toEqual([
			...['ann@gmail.com', 'b@hotmail.com', 'c@gmail.co.uk']
		]);
	});

	it('changes nothing when it runs again', async () => {
		const text = fc.oneof(
			fc.emailAddress(),
			fc.string({ maxLength: 12 }),
			fc.constantFrom('<a@b.cd>', 'MAILTO: a@b.cd')
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					text.filter((one) => !one.includes('\0')),
					{ minLength: 100, maxLength: 200 }
				),
				async (texts) => {
					const once = await addresses(texts, true);
					expect(await addresses(once.texts, true)).toMatchObject({ texts: once.texts, rowsChanged: 0 });
				}
			),
			{ seed: 6, numRuns: 2 }
		);
	});
});

describeEngines('writing phone numbers one way', (engine) => {
	const texts = [
		'0664 123 45 67',
		'+43 (0) 664 1234567',
		'0043/664/1234567',
		'1234567',
		'none',
		'',
		'020 7946 0958'
	];

	it('reads numbers without a code as those of the country', async () => {
		const done = await written(engine(), phones, { country: 'AT' }, texts.slice(0, 6));
		expect(done.texts).toEqual(['+436641234567', '+436641234567', '+436641234567', '+431234567', 'none', '']);
		expect(done).toMatchObject({ rowsChanged: 4, rowsFailing: 1 });
	});

	it('leaves them where no country is known, and reads them by the country of the record', async () => {
		expect(await written(engine(), phones, { country: 'none' }, ['0664 123 45 67'])).toMatchObject({
			texts: ['0664 123 45 67'],
			rowsFailing: 1
		});
		const mapping = { country: 'country' };
		const further = ['Austria', 'GB', ''];
		const done = await written(
			engine(),
			phones,
			{ country: 'none' },
			[texts[0] ?? '', texts[6] ?? '', '0664 9876543'],
			{
				mapping,
				further
			}
		);
		expect(done.texts).toEqual(['+436641234567', '+442079460958', '0664 9876543']);
	});
});

it('say what they do in a sentence', () => {
	expect(standardiseDates.describe(standardiseDates.defaults, ['Date'])).toBe(
		'Write “Date” as 2024-01-31 09:30:00'
	);
	expect(standardiseDates.describe({ from: 'dmy', form: 'iso date' }, ['A', 'B'])).toBe(
		'Write “A”, “B” as 2024-01-31, read day first'
	);
	expect(emails.describe({ correctTypos: true }, ['Email'])).toBe(
		'Write “Email” as plain email addresses, with typing errors corrected'
	);
	expect(phones.describe({ country: 'AT' }, ['Phone'])).toBe(
		'Write “Phone” with country codes, those without a country code as numbers of AT'
	);
});
