import { describe, expect, it, vi } from 'vitest';
import { PagedRows, type LoadRows, type Row } from './paged-rows.svelte.ts';

const rowsFrom = (offset: number, limit: number): Row[] =>
	Array.from({ length: limit }, (_, i) => ({ customer_id: offset + i }));
const load: LoadRows = async (offset, limit) => rowsFrom(offset, limit);
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('PagedRows', () => {
	it('reads each page that is wanted once', async () => {
		const spy = vi.fn(load);
		const rows = new PagedRows();
		rows.reset(spy, null);
		rows.want(90, 20);
		rows.want(95, 20);
		await settled();
		rows.want(90, 20);
		expect(spy.mock.calls.map(([offset]) => offset)).toEqual([0, 100]);
		expect(rows.at(104)).toEqual({ customer_id: 104 });
		expect(rows.at(500)).toBeUndefined();
	});

	it('drops pages of an order that is no longer asked for', async () => {
		const waiting: (() => void)[] = [];
		const slow: LoadRows = (offset, limit) =>
			new Promise((resolve) => waiting.push(() => resolve(rowsFrom(offset + 1000, limit))));
		const rows = new PagedRows();
		rows.reset(slow, null);
		rows.want(0, 1);
		rows.reset(load, { key: 'customer_id', descending: false });
		rows.want(0, 1);
		await settled();
		waiting.forEach((finish) => finish());
		await settled();
		expect(rows.at(0)).toEqual({ customer_id: 0 });
	});

	it('keeps a failure and starts over on request', async () => {
		const rows = new PagedRows();
		rows.reset(() => Promise.reject(new Error('gone')), null);
		rows.want(0, 1);
		await settled();
		expect(rows.failure).toEqual(new Error('gone'));
		rows.reset(load, null);
		expect(rows.failure).toBeNull();
		rows.want(0, 1);
		await settled();
		expect(rows.at(0)).toEqual({ customer_id: 0 });
	});

	it('forgets pages that were left long ago', async () => {
		const rows = new PagedRows();
		rows.reset(load, null);
		for (let page = 0; page <= 30; page += 1) {
			rows.want(page * 100, 1);
			await settled();
		}
		expect(rows.at(0)).toBeUndefined();
		expect(rows.at(3000)).toEqual({ customer_id: 3000 });
	});
});
