import { describe, expect, it } from 'vitest';
import { as, sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { makeSource } from '../../../../tests/support/raw-tables.ts';
import { runStatement } from './statement.ts';
import { readingMacros } from './typing.ts';
import { momentColumns, movedSql, zoneStatements } from './zone.sql.ts';
import { zoneStretches } from './zone.ts';

/** Both halves of the world, a half hour, a change of half an hour, a zone without changes, and one that skipped a day. */
const ZONES = [
	'Europe/Vienna',
	'America/New_York',
	'Australia/Lord_Howe',
	'Asia/Kolkata',
	'Pacific/Apia',
	'UTC'
] as const;

const HOUR_MS = 3_600_000;

/** What clocks of a zone show, as `2024-03-31 03:00:00`. */
function wallTime(time: number, timeZone: string): string {
	const clock = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium'
	});
	return clock.format(time).replace(',', '');
}

describe('zoneStretches', () => {
	it('has the changes of the clocks in 2024', () => {
		const changes = (timeZone: string) =>
			zoneStretches(timeZone)
				.map(({ startsAt, offsetSeconds }) => [new Date(startsAt).toISOString(), offsetSeconds] as const)
				.filter(([at]) => at.startsWith('2024'));
		expect(changes('Europe/Vienna')).toEqual([
			['2024-03-31T01:00:00.000Z', 7200],
			['2024-10-27T01:00:00.000Z', 3600]
		]);
		expect(changes('America/New_York')).toEqual([
			['2024-03-10T07:00:00.000Z', -14_400],
			['2024-11-03T06:00:00.000Z', -18_000]
		]);
		expect(changes('Australia/Lord_Howe').map(([, offset]) => offset)).toEqual([37_800, 39_600]);
		expect(changes('Asia/Kolkata')).toEqual([]);
	});

	it('has one stretch for UTC, and refuses a name that is no zone', () => {
		expect(zoneStretches('UTC')).toEqual([{ startsAt: 0, offsetSeconds: 0 }]);
		expect(() => zoneStretches('Mars/Olympus')).toThrow(RangeError);
	});
});

describeEngines('times of another zone', (engine) => {
	/** The wall times of texts in a zone; a file whose times are UTC where it says so. */
	async function moved(
		texts: readonly string[],
		timeZone: string | null,
		isUtc = false
	): Promise<(string | null)[]> {
		for (const statement of [...readingMacros(), ...zoneStatements(timeZone)])
			await runStatement(engine(), statement);
		await engine().insert('import', 'times', {
			t: [...texts],
			row: Int32Array.from(texts, (_, i) => i)
		});
		const source = makeSource(['t'], { date: 't' }, { isUtc, dateOrder: 'mdy' });
		const columns = momentColumns([{ name: 'seen_at', text: sql`t` }], source, timeZone);
		const typed = columns.reduce((all, column) => sql`${all}, ${column}`, sql`row`);
		const rows = await engine().rows<{ at: string | null }>(sql`
			WITH typed AS (SELECT ${typed} FROM import.times)
			SELECT ${as(sql`strftime(seen_at, '%Y-%m-%d %H:%M:%S')::VARCHAR`, 'at')}
			FROM (${movedSql(sql`typed`, ['seen_at'], timeZone)}) ORDER BY row`);
		return rows.map(({ at }) => at);
	}

	it.each(ZONES)('are those that clocks show in %s, around every change of three years', async (timeZone) => {
		const changes = zoneStretches(timeZone).filter(
			({ startsAt }) => startsAt >= Date.UTC(2011, 0, 1) && startsAt < Date.UTC(2014, 0, 1)
		);
		const around = [Date.UTC(2024, 0, 1), ...changes.map(({ startsAt }) => startsAt)];
		const times = around.flatMap((at) => Array.from({ length: 9 }, (_, i) => at + (i - 4) * (HOUR_MS / 2)));
		const texts = times.map((time) => new Date(time).toISOString());
		expect(await moved(texts, timeZone)).toEqual(times.map((time) => wallTime(time, timeZone)));
	});

	it('give days of 23 and of 25 hours', async () => {
		const hours = (from: string) =>
			Array.from({ length: 48 }, (_, i) => new Date(Date.parse(from) + i * HOUR_MS).toISOString());
		const count = async (from: string, day: string) =>
			(await moved(hours(from), 'Europe/Vienna')).filter((at) => at?.startsWith(day)).length;
		expect(await count('2024-03-30T12:00:00Z', '2024-03-31')).toBe(23);
		expect(await count('2024-10-26T12:00:00Z', '2024-10-27')).toBe(25);
		expect(await count('2024-06-01T12:00:00Z', '2024-06-02')).toBe(24);
	});

	it('are read with any way of writing an offset', async () => {
		const texts = [
			'2024-02-09 02:35:39 -0500',
			'2024-02-09T02:35:39+05:30',
			'2024-02-09 02:35:39 EST',
			'Jul 9, 2024 12:35:39 AM PDT',
			'2024-02-09 02:35:39 GMT+2',
			'2024-02-09 02:35:39 UTC+02',
			'2024-02-09T02:35:39.123Z',
			'20240209T023539Z',
			'02/09/2024 02:35 CET'
		];
		expect(await moved(texts, 'Europe/Vienna')).toEqual([
			'2024-02-09 08:35:39',
			'2024-02-08 22:05:39',
			'2024-02-09 08:35:39',
			'2024-07-09 09:35:39',
			null,
			'2024-02-09 01:35:39',
			'2024-02-09 03:35:39',
			'2024-02-09 03:35:39',
			'2024-02-09 02:35:00'
		]);
	});

	it('stay as they are without an offset, unless the file is UTC and tells a time of day', async () => {
		const texts = ['2024-07-01 23:30', '2024-07-01', '20240701', '', 'soon', '2024-07-01 10:00 IST'];
		const kept = ['2024-07-01 23:30:00', '2024-07-01 00:00:00', '2024-07-01 00:00:00', null, null];
		expect(await moved(texts, 'Europe/Vienna')).toEqual([...kept, '2024-07-01 10:00:00']);
		expect(await moved(texts, 'Europe/Vienna', true)).toEqual([
			'2024-07-02 01:30:00',
			...kept.slice(1),
			'2024-07-01 12:00:00'
		]);
		expect(await moved(['2024-02-09 02:35:39 -0500'], null, true)).toEqual(['2024-02-09 02:35:39']);
	});
});
