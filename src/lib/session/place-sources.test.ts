import { describe, expect, test } from 'vitest';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { startSeries } from '#lib/recipe/series.ts';
import { ImportReview, type Decision, type ReviewItem } from './import-review.svelte.ts';
import { placeSources, withAnswers } from './place-sources.ts';
import type { NewSource } from './source-files.svelte.ts';

const texts = new Map<string, string>();

function ordersText(month: number, header: string, cents = false): string {
	const rows = Array.from({ length: 60 }, (_, i) => {
		const amount = 5.5 + ((i * 13) % 90);
		const day = `2024-${String(month).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`;
		return [`C${1000 + ((i * 7) % 40)}`, day, cents ? String(amount * 100) : amount.toFixed(2)].join(',');
	});
	return `${[header, ...rows].join('\n')}\n`;
}

/** 60 orders of a month with numbers from 1001, of customers with ids from some number on. */
function numberedText(month: number, customer: number): string {
	const rows = Array.from({ length: 60 }, (_, i) => {
		const day = `2024-${String(month).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`;
		return `${1001 + i},C${customer + (i % 40)},${day},${5 + (i % 30)}.50`;
	});
	return `${['order_id,customer_id,order_date,amount', ...rows].join('\n')}\n`;
}

async function sourceOf(id: string, text: string): Promise<NewSource> {
	texts.set(id, text);
	const { source } = await inspectFile({ name: `${id}.csv`, blob: new Blob([text]) });
	return { id, ...source };
}

/** Places files beside those present; `decide` answers what is asked. */
async function place(
	found: readonly NewSource[],
	present: readonly SourceParams[],
	decide: (items: readonly ReviewItem[]) => readonly Decision[] | null
) {
	const review = new ImportReview();
	const asked: ReviewItem[] = [];
	const placing = placeSources(found, {
		present,
		review,
		fileOf: ({ id }) => Promise.resolve({ blob: new Blob([texts.get(id) ?? '']) }),
		signal: new AbortController().signal,
		onProgress: () => undefined
	});
	let isDone = false;
	const done = placing.then(
		() => (isDone = true),
		() => (isDone = true)
	);
	while (!isDone) {
		await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5))]);
		if (review.items === null) continue;
		asked.push(...review.items);
		const decisions = decide(review.items);
		if (decisions === null) review.cancel();
		else review.answer(decisions);
		await Promise.resolve();
	}
	return { placed: placing, asked, review };
}

const HEADER = 'customer_id,order_date,amount';
const RENAMED = 'customer_id,order_date,total_paid';
const old = startSeries(await sourceOf('s1', ordersText(1, HEADER)));

describe('placeSources', () => {
	test('asks nothing about plain exports, and reads them as the older one is read', async () => {
		const found = [await sourceOf('s2', ordersText(2, HEADER)), await sourceOf('s3', ordersText(3, HEADER))];
		const corrected = {
			...old,
			mapping: { email: 'customer_id', date: 'order_date', order_total: 'amount' }
		};
		const { placed, asked } = await place(found, [corrected], () => null);
		expect(asked).toEqual([]);
		expect((await placed).placed.map(({ source, predecessor }) => [source, predecessor?.id])).toMatchObject([
			[{ id: 's2', series: 's1', version: 2, mapping: corrected.mapping }, 's1'],
			[{ id: 's3', series: 's1', version: 2, mapping: corrected.mapping }, 's1']
		]);
	});

	test('asks nothing about first files; those of one list are one series', async () => {
		const found = [await sourceOf('s2', ordersText(2, HEADER)), await sourceOf('s3', ordersText(3, HEADER))];
		const { placed, asked } = await place(found, [], () => null);
		expect(asked).toEqual([]);
		expect((await placed).placed).toMatchObject([
			{ source: { series: 's2', version: 1 }, predecessor: null },
			{ source: { series: 's2', version: 1 }, predecessor: null }
		]);
	});

	test('a renamed column: the rename that holds carries the meaning', async () => {
		const found = await sourceOf('s2', ordersText(2, RENAMED));
		const { placed, asked, review } = await place([found], [old], (items) =>
			items.map(({ id, drift }) => ({ id, choice: 'update', renames: drift.renamed }))
		);
		expect(asked[0]?.drift.renamed).toMatchObject([{ from: 'amount', to: 'total_paid', role: 'amount' }]);
		const [{ source } = { source: null }] = (await placed).placed;
		expect(source).toMatchObject({ series: 's1', version: 2 });
		expect(source?.mapping).toEqual({ customer: 'customer_id', date: 'order_date', amount: 'total_paid' });
		expect(review.items).toBeNull();
		const refused = await place([found], [old], ([item]) => [
			{ id: item?.id ?? '', choice: 'update', renames: [] }
		]);
		expect((await refused.placed).placed[0]?.source.mapping).toEqual({
			customer: 'customer_id',
			date: 'order_date'
		});
	});

	test('each file has its own answer: beside, left out, and one that needs none', async () => {
		const found = [
			await sourceOf('s2', ordersText(2, HEADER, true)),
			await sourceOf('s3', ordersText(3, HEADER)),
			await sourceOf('s4', ordersText(4, RENAMED))
		];
		const { placed, asked } = await place(found, [old], () => [
			{ id: 's2', choice: 'beside', renames: [] },
			{ id: 's4', choice: 'leave_out', renames: [] }
		]);
		expect(asked.map(({ id }) => id)).toEqual(['s2', 's4']);
		expect(asked[0]?.drift.shifted).toMatchObject([{ kind: 'scale', role: 'amount' }]);
		expect((await placed).placed).toMatchObject([
			{ source: { id: 's2', series: 's2', version: 1 }, predecessor: null },
			{ source: { id: 's3', series: 's1', version: 2 }, predecessor: { id: 's1' } }
		]);
	});

	test('an older export stands below the newer one that is there, and says so', async () => {
		const march = startSeries(await sourceOf('s1', ordersText(3, HEADER)));
		const { placed } = await place([await sourceOf('s2', ordersText(1, HEADER))], [march], () => null);
		const { placed: sources, versions, notices } = await placed;
		expect(sources).toMatchObject([{ source: { id: 's2', series: 's1', version: 1 } }]);
		expect([...versions]).toEqual([['s1', 2]]);
		expect(notices).toEqual([
			{
				code: 'import.older-export',
				details: { fileName: 's2.csv', newest: '2024-01-27', newerFile: 's1.csv' }
			}
		]);
		texts.set('s1', ordersText(1, HEADER));
	});

	test('another shop with equal order numbers is asked about, and has ids of its own', async () => {
		const shop = startSeries(await sourceOf('s5', numberedText(1, 100)));
		const other = await sourceOf('s6', numberedText(2, 500));
		const { placed, asked } = await place([other], [shop], ([item]) => [
			{ id: item?.id ?? '', choice: 'beside', renames: [] }
		]);
		expect(asked[0]?.clash).toEqual({ shared: 60, different: 60 });
		expect((await placed).placed).toMatchObject([
			{ source: { series: 's6', version: 1, idSystem: 'own-2' }, predecessor: null }
		]);
		const same = await place([await sourceOf('s7', numberedText(1, 100))], [shop], () => null);
		expect(same.asked).toEqual([]);
	});

	test('rejects when the user cancels', async () => {
		const found = await sourceOf('s2', ordersText(2, RENAMED));
		const { placed, review } = await place([found], [old], () => null);
		await expect(placed).rejects.toMatchObject({ name: 'AbortError' });
		expect(review.items).toBeNull();
	});
});

describe('ImportReview', () => {
	test('lets go of the question when the work is stopped', async () => {
		const review = new ImportReview();
		const stopper = new AbortController();
		const asking = review.ask([], stopper.signal);
		expect(review.items).toEqual([]);
		stopper.abort();
		await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
		expect(review.items).toBeNull();
		await expect(review.ask([], stopper.signal)).rejects.toMatchObject({ name: 'AbortError' });
	});
});

test('withAnswers takes over what was answered only where the values leave it open', () => {
	const answered = { ...old, reading: { ...old.reading, dateOrder: 'mdy', decimalMark: ',' } } as const;
	const open = { ...old, reading: { ...old.reading, dateOrder: null, decimalMark: '.' } } as const;
	expect(withAnswers(open, answered).reading).toMatchObject({ dateOrder: 'mdy', decimalMark: '.' });
});
