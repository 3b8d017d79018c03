import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { seeded, type Random } from '../../src/lib/core/random.ts';

/**
 * A seeded orders file: one row per order line, about 89 bytes each, a tenth as many customers as rows,
 * with the long tails that shops have. The same seed gives the same bytes.
 */
export async function makeOrders(path: string, rows: number, seed = 20): Promise<void> {
	const random = seeded(seed);
	const customers = Math.max(10, Math.round(rows / 10));
	const out = createWriteStream(path, { highWaterMark: 1 << 22 });
	out.write('order_id,order_date,customer_id,customer_email,product,quantity,unit_price,country\n');
	let order = 500_000;
	let buyer = 0;
	let day = 0;
	let lines: string[] = [];
	for (let row = 0; row < rows; row += 1) {
		if (row === 0 || random() < 0.4) {
			order += 1;
			buyer = skewed(random, customers);
			day = Math.floor(random() ** 0.6 * 730 * lifeOf(buyer)) + 730 * (1 - lifeOf(buyer)) * startOf(buyer);
		}
		lines.push(line(random, order, buyer, day));
		if (lines.length === 20_000) {
			if (!out.write(lines.join(''))) await once(out, 'drain');
			lines = [];
		}
	}
	out.end(lines.join(''));
	await once(out, 'finish');
}

const COUNTRIES = ['United Kingdom', 'Germany', 'France', 'Spain', 'Netherlands'] as const;

function line(random: Random, order: number, buyer: number, day: number): string {
	const date = new Date(Date.UTC(2023, 8, 1) + Math.floor(day) * 86_400_000).toISOString().slice(0, 10);
	const minute = Math.floor(random() * 720);
	const time = `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
	const price = (Math.exp(1 + 1.1 * gauss(random)) + 0.5).toFixed(2);
	const quantity = 1 + Math.floor(random() ** 3 * 12);
	const product = `P${String(Math.floor(random() ** 2 * 4000)).padStart(5, '0')}`;
	const country = COUNTRIES[buyer % 7] ?? COUNTRIES[0];
	return `${order},${date} ${time},${100_000 + buyer},c${100_000 + buyer}@mail.example,${product},${quantity},${price},${country}\n`;
}

/** A buyer with a heavy tail: few buy often. */
function skewed(random: Random, customers: number): number {
	return Math.floor(random() ** 2.2 * customers);
}

/** The share of the two years in which a buyer is active. */
function lifeOf(buyer: number): number {
	return 0.15 + 0.85 * ((Math.imul(buyer, 2654435761) >>> 0) / 4294967296);
}

function startOf(buyer: number): number {
	return (Math.imul(buyer + 7, 40503) >>> 0) / 4294967296;
}

function gauss(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
