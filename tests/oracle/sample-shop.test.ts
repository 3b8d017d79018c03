import { joinSeries } from '#lib/recipe/series.ts';
import { describe, expect, it } from 'vitest';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { sql } from '#lib/engine/sql.ts';
import { inspectFile } from '#lib/pipeline/import/inspect.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { localCompute } from '#lib/pipeline/local-compute.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { Runner, type StageValues } from '#lib/recipe/runner.ts';
import { adjustedRand } from '#lib/stats/adjusted-rand.ts';

describe('the sample shop', () => {
	it('comes apart into the segments that were planted', async () => {
		const shop = makeSampleShop();
		const inspected = await Promise.all(shop.files.map((file) => inspectFile(file)));
		const sources = joinSeries(
			inspected.map(({ source }, i) => ({ id: `s${i + 1}`, ...source })),
			[]
		);
		const fileOf = async ({ fileName }: { fileName: string }) => {
			const file = shop.files.find(({ name }) => name === fileName);
			if (!file) throw new RangeError(`no file ${fileName}`);
			return { blob: file.blob };
		};
		const engine = await openNativeEngine();
		const values: Partial<StageValues> = {};
		const recipe = { ...emptyRecipe('Sample'), import: { sources } };
		const runner = new Runner(engine, localCompute);
		await runner.reset();
		await runner.run(recipe, fileOf, new AbortController().signal, {
			onProgress: () => undefined,
			onStage: (event) => {
				if (event.state === 'failed') throw event.error;
				if (event.state !== 'running') Object.assign(values, { [event.stage]: event.value });
			}
		});
		const columns = await engine.columns(
			sql`SELECT customer_id::VARCHAR AS customer_id FROM features.customers ORDER BY idx`
		);
		await engine.close();

		const customers = columns.get('customerId') as readonly string[];
		const names = [...new Set(shop.planted.values())];
		const planted = Int32Array.from(customers, (customer) => names.indexOf(shop.planted.get(customer) ?? ''));
		expect(planted.every((segment) => segment >= 0)).toBe(true);
		expect(values.clustering?.result.clusterCount).toBe(names.length);
		const labels = Int32Array.from(values.clustering?.labels ?? []);
		const clusterCount = names.length;
		const agreement = adjustedRand({ labels: planted, clusterCount }, { labels, clusterCount });
		expect(agreement).toBeGreaterThanOrEqual(0.8);

		const { rowsRead, rowsLoaded, rowsSetAside } = values.clean ?? {
			rowsRead: 0,
			rowsLoaded: 1,
			rowsSetAside: 1
		};
		expect(rowsRead).toBe(rowsLoaded + rowsSetAside);
		expect(values.import?.[0]?.result.unreadable).toHaveLength(3);
		// 3,000 who buy and 250 who never did; the 60 who are in the list twice are found by their phones.
		expect(values.clean?.identity).toMatchObject({ people: 3250, joinedPeople: 3000 });
		expect(values.clean?.identity.keys).toMatchObject([
			{ key: 'id', values: 3310 },
			{ key: 'email', values: 3310 },
			{ key: 'phone', values: 3000, joining: 60, shared: 0 }
		]);
	});
});
