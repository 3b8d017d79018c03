import { beforeAll, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import type { Changes, MovementFilter } from '#lib/pipeline/segment/changes/schema.ts';
import { RFM_GROUPS } from '#lib/pipeline/segment/schema.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import type { Audience } from './audience.ts';
import { toBlob } from './csv.ts';
import { movementFileName, renderMovementCsv } from './movement-csv.ts';

const AUDIENCE: Audience = {
	contactRoles: ['email'],
	consents: [],
	agreedTo: null,
	features: [],
	clusterFeatures: [],
	segmentNames: null,
	grades: new Map()
};
const CHANGES = {
	before: { customers: 4 },
	now: { customers: 3 },
	groups: { categories: RFM_GROUPS },
	segments: { categories: ['=Cooling', 'Regulars, "gold"'] }
} as unknown as Changes;
const CHAMPION = RFM_GROUPS.indexOf('champion');
const LOYAL = RFM_GROUPS.indexOf('loyal');

describeEngines('lists of who moved', (engine) => {
	beforeAll(async () => {
		await engine().exec(sql`
			CREATE OR REPLACE TABLE segment.movement AS FROM (VALUES
				(0, 'a', 'a', 'returned', ${LOYAL}, ${CHAMPION}, 0, 1),
				(1, '=b', NULL, 'gone', ${LOYAL}, NULL, 0, NULL),
				(2, 'c', 'a', 'joined', ${LOYAL}, NULL, 1, NULL),
				(3, 'd', 'd', 'unchanged', ${CHAMPION}, ${CHAMPION}, 1, 1),
				(6, NULL, 'n', 'new', NULL, ${CHAMPION}, NULL, 1)
			) t(position, before_id, customer_id, fate, group_from, group_to, segment_from, segment_to)`);
		await engine().exec(sql`
			CREATE OR REPLACE TABLE clean.contacts AS
			FROM (VALUES ('a', 'a@shop.example'), ('n', '=n@shop.example')) t(customer_id, email)`);
	});

	async function read(filter: MovementFilter, audience = AUDIENCE): Promise<string[][]> {
		const context = { engine: engine(), signal: new AbortController().signal };
		return readCsv(await (await toBlob(renderMovementCsv(context, audience, CHANGES, filter))).text());
	}

	it('has ids, contacts and where people went, guarded against formulas', async () => {
		expect(await read({ kind: 'entered', by: 'segment', category: 1 })).toEqual([
			['customer_id', 'email', 'from', 'to'],
			['a', 'a@shop.example', "'=Cooling", 'Regulars, "gold"'],
			['n', "'=n@shop.example", 'Newcomer', 'Regulars, "gold"']
		]);
	});

	it('says who is gone and who was joined', async () => {
		expect(
			await read({ kind: 'left', by: 'group', category: LOYAL }, { ...AUDIENCE, contactRoles: [] })
		).toEqual([
			['customer_id', 'from', 'to'],
			['a', 'loyal', 'champion'],
			["'=b", 'loyal', 'Gone'],
			['a', 'loyal', 'Joined']
		]);
		expect(await read({ kind: 'fate', fate: 'gone' })).toEqual([
			['customer_id', 'email', 'from', 'to'],
			["'=b", '', 'loyal', 'Gone']
		]);
	});
});

it('names the file after who is in it', () => {
	const cell = { kind: 'cell', by: 'group' } as const;
	expect(movementFileName(CHANGES, { ...cell, from: LOYAL, to: null })).toBe('loyal-to-Gone.csv');
	expect(movementFileName(CHANGES, { ...cell, from: null, to: LOYAL })).toBe('Newcomer-to-loyal.csv');
	expect(movementFileName(CHANGES, { kind: 'entered', by: 'segment', category: 1 })).toBe(
		'entered-Regulars-gold.csv'
	);
	expect(movementFileName(CHANGES, { kind: 'fate', fate: 'returned' })).toBe('returned-customers.csv');
});
