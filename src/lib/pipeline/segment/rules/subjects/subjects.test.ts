import { beforeAll, describe, expect, it } from 'vitest';
import { as, day, id, join, sql } from '#lib/engine/sql.ts';
import { needWords } from '#lib/pipeline/features/needs.ts';
import { FIVE_PEOPLE } from '../../../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../../../tests/support/engines.ts';
import { cleanRows } from '../../../../../../tests/support/raw-tables.ts';
import { fieldValues } from '../field-values.ts';
import { PROFILE_FIELDS } from '../profile-fields.ts';
import { sequence } from '../conditions/sequence.ts';
import { endRecordsSql, recordsSql } from '../records.sql.ts';
import { SUBJECTS, type FieldTest, type SequenceStep } from '../schema.ts';
import type { RuleScope } from '../scope.ts';
import { fieldOf, subjectOf, SUBJECTS_OF_RULES } from './index.ts';
import type { SubjectField } from './subject.ts';

const ALL = SUBJECTS_OF_RULES.map((subject) => [subject.id, subject] as const);

function expectUnique(texts: readonly string[]): void {
	expect(new Set(texts).size).toBe(texts.length);
}

function expectFields(fields: readonly SubjectField[]): void {
	expectUnique(fields.map((field) => field.id));
	expectUnique(fields.map(({ label }) => label));
	for (const { label, values = [], needs } of fields) {
		expect(label).toBe(label.toLowerCase());
		for (const value of values) expect(value).toBe(value.toLowerCase());
		for (const need of needs) expect(needWords(need)).toMatch(/ (in|a|of) /);
	}
}

describe('the subjects of rules', () => {
	it('are those of the recipe', () => {
		expect(SUBJECTS_OF_RULES.map((subject) => subject.id)).toEqual(SUBJECTS);
		for (const name of SUBJECTS) expect(subjectOf(name).id).toBe(name);
		expectUnique(SUBJECTS_OF_RULES.map(({ one }) => one));
	});

	it.each(ALL)('%s have fields with names of their own', (_, { fields }) => expectFields(fields));

	it('have nothing on top of the fields of customers files that tells of the nature of people', () => {
		expectFields(PROFILE_FIELDS);
		const named = PROFILE_FIELDS.map((field) => field.id);
		expect(named).not.toContain('gender');
		expect(named).not.toContain('birth_date');
	});
});

describeEngines('the records of subjects', (engine) => {
	const { signal } = new AbortController();
	const asOf = day('2024-04-21');
	beforeAll(() => cleanRows(engine(), FIVE_PEOPLE));

	it.each(ALL)('%s have the columns that are asked for, of the types they say', async (_, subject) => {
		const fields = subject.fields.map((field) => field.id);
		const columns = await engine().rows<{ name: string; type: string }>(sql`
			SELECT column_name::VARCHAR AS name, column_type::VARCHAR AS type
			FROM (DESCRIBE ${subject.sql(fields, asOf)}) ORDER BY name`);
		expect(columns.map(({ name }) => name).sort()).toEqual(['at', 'customer_id', 'record', ...fields].sort());
		const types = {
			number: /^(DECIMAL|INTEGER|DOUBLE)/,
			text: /^VARCHAR/,
			flag: /^BOOLEAN/,
			time: /^TIMESTAMP/
		};
		for (const { name, type } of columns) {
			const field = fieldOf(subject, name);
			if (field) expect(type).toMatch(types[field.type]);
		}
	});

	it.each(ALL)('%s are told apart, and all of before the as-of day', async (_, subject) => {
		const [counted] = await engine().rows<{ late: number; twice: number }>(sql`
			SELECT coalesce(count_if(${id('at')} >= ${asOf}), 0)::INTEGER AS late,
				(count(*) - count(DISTINCT (customer_id, ${id('at')}, record)))::INTEGER AS twice
			FROM (${subject.sql([], asOf)}) ORDER BY late`);
		expect(counted).toEqual({ late: 0, twice: 0 });
	});

	it('of orders count once, with what their rows tell', async () => {
		const fields = ['amount', 'line_count', 'channel', 'store'];
		const columns = join(
			fields.map((field) => as(sql`${id(field)}::VARCHAR`, field)),
			', '
		);
		const rows = await engine().rows(sql`
			SELECT trim(record)::VARCHAR AS record, ${columns} FROM (${subjectOf('orders').sql(fields, asOf)})
			ORDER BY ${id('at')}, record`);
		expect(rows.map((row) => Object.values(row).join('|'))).toEqual([
			'7|10.0000|1||North',
			'8|10.0000|1|web|',
			'1|10.0000|1|Web|',
			'5|30.0000|2|web|',
			'6|1.0000|1|web|',
			'2|10.0000|1|web|',
			'3|10.0000|1|POS|Main Street'
		]);
	});

	it('of messages leave out what came back, unless the action is asked for', async () => {
		const counted = async (where: FieldTest[], among: 'all' | 'first' = 'all') => {
			const asked = { subject: 'sends', where, window: null, fields: [] } as const;
			const records = among === 'all' ? recordsSql(asked, asOf) : endRecordsSql(asked, among, asOf);
			const rows = await engine().rows<{ who: string; count: number }>(sql`
				SELECT customer_id::VARCHAR AS who, count(*)::INTEGER AS count FROM (${records})
				GROUP BY customer_id ORDER BY who`);
			return rows.map(({ who, count }) => `${who}${count}`).join(' ');
		};
		const actionIs = (...values: string[]): FieldTest => ({
			field: 'action',
			test: { type: 'text', test: { op: 'is', values } }
		});
		// Of c only two clicks in one campaign are listed: one message.
		expect(await counted([])).toBe('a4 b1 c1 d1');
		expect(
			await counted([{ field: 'channel', test: { type: 'text', test: { op: 'is', values: ['sms'] } } }])
		).toBe('a1');
		expect(await counted([actionIs('clicked')])).toBe('a3 c2');
		expect(await counted([actionIs('sent', 'clicked')])).toBe('a7 b1 c2 d1');
		expect(await counted([], 'first')).toBe('a1 b1 c1 d1');
		expect(await counted([actionIs('clicked')], 'first')).toBe('c1');
	});

	it('of messages in a row are messages too', async () => {
		const step = (where: FieldTest[], did = true): SequenceStep => ({
			...{ did, subject: 'sends', where, which: 'any', times: 1, within: null }
		});
		const click: FieldTest = {
			field: 'action',
			test: { type: 'text', test: { op: 'is', values: ['clicked'] } }
		};
		const who = async (...steps: SequenceStep[]) => {
			const condition = { kind: 'sequence', ordered: true, steps, within: null, window: null } as const;
			await engine().exec(sql`
				CREATE OR REPLACE TABLE features.customers AS
				SELECT row_number() OVER (ORDER BY id)::INTEGER AS idx, id AS customer_id
				FROM (VALUES ('a'), ('b'), ('c'), ('d'), ('e')) v(id)`);
			const scope = { asOf, customers: ['features', 'customers'] } as unknown as RuleScope;
			const rows = await engine().rows<{ who: string }>(sql`
				SELECT f.customer_id::VARCHAR AS who FROM features.customers f
				WHERE ${sequence.sql({ ...condition, steps }, scope)} ORDER BY who`);
			return rows.map((row) => row.who).join('');
		};
		expect(await who({ ...step([]), times: 2 })).toBe('a');
		expect(await who({ ...step([]), times: 4 })).toBe('a');
		expect(await who({ ...step([]), times: 5 })).toBe('');
		expect(await who(step([]), step([click]))).toBe('ac');
		expect(await who(step([]), step([click], false))).toBe('bd');
		expect(await who({ ...step([click]), times: 2 })).toBe('ac');
	});

	it('of messages that were not listed as sent are those delivered, as far as is known before the day', async () => {
		const messages = (before: string) =>
			engine().rows<{ moment: string }>(sql`
				SELECT strftime(${id('at')}, '%d %H')::VARCHAR AS moment
				FROM (${recordsSql({ subject: 'sends', where: [], window: null }, day(before))}) ORDER BY moment`);
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.sends AS
			SELECT 's1' AS source, n::INTEGER AS row, 'a' AS customer_id, t::TIMESTAMP AS sent_at, 'Spring' AS campaign,
				'email' AS channel, action, NULL::VARCHAR AS variant
			FROM (VALUES (1, '2024-03-02 09:00', 'opened'), (2, '2024-03-02 09:00', 'clicked'),
				(3, '2024-03-03 10:00', 'delivered'), (4, '2024-03-04 10:00', 'delivered'), (5, '2024-03-05 11:00', 'sent')
			) v(n, t, action)`);
		expect(await messages('2024-03-03')).toEqual([{ moment: '02 09' }]);
		expect(await messages('2024-03-05')).toEqual([{ moment: '03 10' }, { moment: '04 10' }]);
		expect(await messages('2024-03-06')).toEqual([{ moment: '05 11' }]);
		await cleanRows(engine(), FIVE_PEOPLE);
	});

	it('of events have the kinds of their names', async () => {
		const kinds = await fieldValues(engine(), 'events', 'kind', asOf, signal);
		expect(kinds).toEqual([
			{ value: 'visit', count: 15 },
			{ value: 'cart', count: 1 },
			{ value: 'open', count: 1 },
			{ value: 'view', count: 1 }
		]);
	});

	it('and entries give the most frequent texts of a field', async () => {
		const channels = await fieldValues(engine(), 'sends', 'channel', asOf, signal);
		expect(channels).toEqual([
			{ value: 'email', count: 13 },
			{ value: 'SMS', count: 4 }
		]);
		const later = await fieldValues(engine(), 'profile', 'language', day('2024-06-01'), signal);
		expect(later).toEqual(['de', 'en', 'fr'].map((value) => ({ value, count: 1 })));
		expect(await fieldValues(engine(), 'profile', 'language', asOf, signal)).toHaveLength(2);
		expect(await fieldValues(engine(), 'profile', 'gender', asOf, signal)).toEqual([]);
		expect(await fieldValues(engine(), 'orders', 'amount', asOf, signal)).toEqual([]);
		expect(await fieldValues(engine(), 'orders', 'nothing', asOf, signal)).toEqual([]);
	});
});
