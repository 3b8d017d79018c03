import { beforeAll, expect, it } from 'vitest';
import { sql } from '#lib/engine/sql.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { readCsv } from '../../../../tests/support/read-csv.ts';
import { cartsFileName, countAgreedCarts, renderCartsCsv, type CartAudience } from './carts-csv.ts';
import { toBlob } from './csv.ts';

const BANDS: CartAudience['bands'] = [
	{ id: '0', name: 'Small', from: null, to: 40 },
	{ id: '1', name: '=Large', from: 40, to: null }
];

describeEngines('files of carts', (engine) => {
	beforeAll(async () => {
		await engine().exec(sql`
			CREATE OR REPLACE TABLE segment.carts AS
			SELECT customer_id, cart_at::TIMESTAMP AS cart_at, bought_at::TIMESTAMP AS bought_at, stage,
				due_at::TIMESTAMP AS due_at, value::DECIMAL(18,4) AS value, products, categories, idx, tier, band
			FROM (VALUES
				('a', '2024-05-08 12:30', NULL, 'follow_up', '2024-05-09 12:30', 64.5, ['=Lamp', 'Mug'], ['Kitchen', 'Light, soft'], 0, '+gold', 1),
				('=b', '2024-05-09 23:45', NULL, 'open', '2024-05-10 00:15', 12, ['Mug'], ['Kitchen'], NULL, NULL, 0),
				('c', '2024-05-01 10:00', '2024-05-08 23:59:59.999999', 'recent_buyer', NULL, NULL, NULL, NULL, 1, NULL, NULL)
			) t(customer_id, cart_at, bought_at, stage, due_at, value, products, categories, idx, tier, band)`);
		await people(
			sql`('a', '=a@shop.example', '=Anna', 'subscribed'), ('=b', 'b@shop.example', NULL, 'unsubscribed')`
		);
	});

	const people = (rows: ReturnType<typeof sql>) =>
		engine().exec(sql`
			CREATE OR REPLACE TABLE clean.people AS
			SELECT customer_id::VARCHAR AS customer_id, email::VARCHAR AS email, first_name::VARCHAR AS first_name,
				email_consent::VARCHAR AS email_consent
			FROM (VALUES ${rows}) t(customer_id, email, first_name, email_consent)`);

	const context = () => ({ engine: engine(), signal: new AbortController().signal });

	async function read(
		stages: CartAudience['stages'] = [],
		bands = BANDS,
		onlyAgreed = false
	): Promise<string[][]> {
		const audience = { stages, bands, onlyAgreed };
		return readCsv(await (await toBlob(renderCartsCsv(context(), audience))).text());
	}

	it('has who, the stage, when the message is due, and what is in the cart, guarded against formulas', async () => {
		expect(await read()).toEqual([
			[
				...['customer_id', 'email', 'first_name', 'email_consent', 'stage', 'cart_at', 'due_at', 'value'],
				...['value_band', 'categories', 'products', 'tier']
			],
			[
				...[
					"'=b",
					'b@shop.example',
					'',
					'unsubscribed',
					'open',
					'2024-05-09 23:45',
					'2024-05-10 00:15',
					'12'
				],
				...['Small', 'Kitchen', 'Mug', '']
			],
			[
				...[
					'a',
					"'=a@shop.example",
					"'=Anna",
					'subscribed',
					'follow_up',
					'2024-05-08 12:30',
					'2024-05-09 12:30'
				],
				...['64.5', "'=Large", 'Kitchen; Light, soft', "'=Lamp; Mug", "'+gold"]
			],
			['c', '', '', '', 'recent_buyer', '2024-05-01 10:00', '', '', '', '', '', '']
		]);
	});

	it('has those alone who agreed to e-mail, where that is asked for, and counts them', async () => {
		const [header, ...records] = await read([], BANDS, true);
		expect(records.map(([customer]) => customer)).toEqual(['a']);
		expect(header).toContain('email_consent');
		expect(await read(['open'], BANDS, true)).toHaveLength(1);
		expect(await countAgreedCarts(context())).toEqual(new Map([['follow_up', 1]]));
	});

	it('has the stages that are asked for, and no column that nobody has anything in', async () => {
		expect(await read(['recent_buyer'], [])).toEqual([
			['customer_id', 'stage', 'cart_at', 'due_at', 'value', 'value_band', 'categories', 'products', 'tier'],
			['c', 'recent_buyer', '2024-05-01 10:00', '', '', '', '', '', '']
		]);
		expect(await read(['cold'])).toHaveLength(1);
	});
});

it('names the file after the stage', () => {
	expect(cartsFileName({ stages: ['follow_up'] })).toBe('carts-follow_up.csv');
	expect(cartsFileName({ stages: [] })).toBe('carts.csv');
	expect(cartsFileName({ stages: ['reminder', 'follow_up'], onlyAgreed: true })).toBe('carts-agreed.csv');
});
