import { describe, expect, it } from 'vitest';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import {
	addSources,
	keepScale,
	nameCluster,
	releaseScale,
	removeSource,
	rename,
	replaceSource,
	setClustering,
	setDates,
	setKind,
	setReading,
	setRole,
	setNewest,
	setSeries,
	setSettings
} from './edits.ts';
import { emptyRecipe, Recipe } from './recipe.ts';

const source: SourceParams = makeSource(['a', 'b'], { customer: 'a' }, { dateOrder: null });
const start = addSources([source], 'Orders')(emptyRecipe('New'));

describe('edits', () => {
	it('give valid recipes and leave the old one as it was', () => {
		const before = structuredClone(start);
		const edited = setReading('s1', { dateOrder: 'dmy' })(setRole('s1', 'b', 'date')(start));
		expect(Recipe.parse(edited)).toEqual(edited);
		expect(start).toEqual(before);
	});

	it('give a role to one column only, and a column one role only', () => {
		const moved = setRole('s1', 'b', 'customer')(start);
		expect(moved.import.sources[0]?.mapping).toEqual({ customer: 'b' });
		expect(setRole('s1', 'b', 'date')(moved).import.sources[0]?.mapping).toEqual({ date: 'b' });
		expect(setRole('s1', 'b', null)(moved).import.sources[0]?.mapping).toEqual({});
	});

	it('name the recipe after its first file, and keep that name', () => {
		expect(start.name).toBe('Orders');
		expect(addSources([{ ...source, id: 's2' }], 'More')(start).name).toBe('Orders');
		expect(rename('  ')(start)).toBe(start);
		expect(rename(' Spring ')(start).name).toBe('Spring');
	});

	it('start another method with the recommended number', () => {
		const six = setClustering({ clusterCount: 6 })(start);
		const countAfter = (change: Parameters<typeof setClustering>[0]) =>
			setClustering(change)(six).segment.clustering.clusterCount;
		expect(countAfter({ method: 'hierarchical', options: {} })).toBe('auto');
		expect(countAfter({ method: 'hierarchical', clusterCount: 3 })).toBe(3);
		expect(countAfter({ method: six.segment.clustering.method, options: {} })).toBe(6);
	});

	it('keep a scale with its features until others are compared or scaled', () => {
		const scaler = { scaling: 'yeo-johnson' as const, centers: [1], scales: [2], lambdas: [0.5] };
		const kept = keepScale(scaler, ['frequency'])(start);
		const clusteringOf = ({ segment }: Recipe) => segment.clustering;
		expect(Recipe.parse(kept)).toEqual(kept);
		expect(clusteringOf(kept)).toMatchObject({ scaler, scaling: 'yeo-johnson', features: ['frequency'] });
		expect(clusteringOf(setClustering({ clusterCount: 4, componentShare: 0.9 })(kept)).scaler).toEqual(
			scaler
		);
		expect(clusteringOf(setClustering({ features: ['frequency'] })(kept)).scaler).toEqual(scaler);
		expect(clusteringOf(setClustering({ features: ['tenure_days'] })(kept)).scaler).toBeNull();
		expect(clusteringOf(setClustering({ scaling: 'none' })(kept)).scaler).toBeNull();
		expect(clusteringOf(releaseScale()(kept))).toMatchObject({ scaler: null, features: ['frequency'] });
	});

	it('map all files of a layout together, and no other', () => {
		const two = addSources(
			[{ ...source, id: 's2' }, makeSource(['a', 'c'], { customer: 'a' }, { id: 's3' })],
			''
		)(start);
		const mapped = setRole('s2', 'b', 'date')(two).import.sources;
		expect(mapped.map(({ mapping }) => mapping.date)).toEqual(['b', 'b', undefined]);
		const answered = setReading('s1', { dateOrder: 'mdy' })(two).import.sources;
		expect(answered.map(({ reading }) => reading.dateOrder)).toEqual(['mdy', 'mdy', 'ymd']);
	});

	it('leave a reading alone that another file of the layout has settled by itself', () => {
		const settled = { ...source, id: 's2', reading: { ...source.reading, dateOrder: 'dmy' as const } };
		const { sources } = setReading('s1', { dateOrder: 'mdy' })(addSources([settled], '')(start)).import;
		expect(sources.map(({ reading }) => reading.dateOrder)).toEqual(['mdy', 'dmy']);
	});

	it('ask anew how dates and money are written when another column holds them', () => {
		const read = setReading('s1', { dateOrder: 'dmy', decimalMark: ',' })(start);
		expect(setRole('s1', 'b', 'date')(read).import.sources[0]?.reading).toMatchObject({
			dateOrder: null,
			decimalMark: ','
		});
		expect(setRole('s1', 'b', 'amount')(read).import.sources[0]?.reading).toMatchObject({
			dateOrder: 'dmy',
			decimalMark: null
		});
		expect(setRole('s1', 'b', 'product')(read).import.sources[0]?.reading).toMatchObject({
			dateOrder: 'dmy',
			decimalMark: ','
		});
	});

	it('say what a file is a list of, and put another reading of it in its place', () => {
		const customers = setKind('s1', 'customers', { email: 'a' })(start).import.sources[0];
		expect(customers).toMatchObject({ kind: 'customers', platform: null, mapping: { email: 'a' } });
		const renamed = { ...source, columns: ['x'], mapping: {} };
		expect(replaceSource(renamed)(start).import.sources).toEqual([renamed]);
	});

	it('set money, times, weeks and days', () => {
		const edited = setDates({ from: '2024-01-01', to: null })(setSettings({ currency: 'EUR' })(start));
		expect(Recipe.parse(edited).clean).toMatchObject({
			settings: { currency: 'EUR', timeZone: null, firstWeekday: 1 },
			dates: { from: '2024-01-01', to: null }
		});
	});

	it('part and join exports of a list, whichever the series is named after', () => {
		const ids = ['s1', 's2', 's3', 's4'];
		const exports = ids.map((id, i) => ({
			...source,
			id,
			version: i + 1,
			series: id === 's4' ? 's4' : 's1'
		}));
		const four = addSources(exports, 'Orders')(emptyRecipe('New'));
		const seriesOf = (recipe: Recipe) =>
			recipe.import.sources.map(({ series, version }) => `${series}.${version}`);
		expect(seriesOf(setSeries('s2', null)(four))).toEqual(['s1.1', 's2.1', 's1.3', 's4.4']);
		expect(seriesOf(setSeries('s1', null)(four))).toEqual(['s1.1', 's2.2', 's2.3', 's4.4']);
		expect(seriesOf(setSeries('s1', 's4')(four))).toEqual(['s4.5', 's2.2', 's2.3', 's4.4']);
		expect(seriesOf(setSeries('s4', 's1')(four))).toEqual(['s1.1', 's1.2', 's1.3', 's1.4']);
		expect(seriesOf(setSeries('s1', 's1')(four))).toEqual(['s2.4', 's2.2', 's2.3', 's4.4']);
	});

	it('make an older export the newest of its list', () => {
		const three = ['s1', 's2', 's3'].map((id, i) => ({ ...source, id, series: 's1', version: i + 1 }));
		const recipe = setNewest('s1')(addSources(three, 'Orders')(emptyRecipe('New')));
		expect(recipe.import.sources.map(({ version }) => version)).toEqual([4, 2, 3]);
	});

	it('give a list of its own a numbering of its own, and take it back', () => {
		const systemsOf = (recipe: Recipe) => recipe.import.sources.map(({ idSystem }) => idSystem);
		for (const system of ['own', 'shopify']) {
			const both = ['s1', 's2', 's3'].map((id) => ({ ...source, id, series: 's1', idSystem: system }));
			const together = addSources(both, 'Orders')(emptyRecipe('New'));
			const apart = setSeries('s2', null)(together);
			expect(systemsOf(apart)).toEqual([system, `${system}-2`, system]);
			expect(systemsOf(setSeries('s3', null)(apart))).toEqual([system, `${system}-2`, `${system}-3`]);
			expect(systemsOf(setSeries('s2', 's1')(apart))).toEqual([system, system, system]);
		}
	});

	it('make room for an older export in the same edit', () => {
		const late = { ...source, id: 's1', series: 's1', version: 1 };
		const one = addSources([late], 'Orders')(emptyRecipe('New'));
		const early = { ...late, id: 's2' };
		const two = addSources([early], '', new Map([['s1', 2]]))(one);
		expect(two.import.sources.map(({ id, version }) => `${id}.${version}`)).toEqual(['s1.2', 's2.1']);
	});

	it('take a source out', () => {
		expect(removeSource('s1')(start).import.sources).toEqual([]);
	});

	it('name clusters per number of clusters, and take a name back', () => {
		const named = nameCluster(4, 0, ' Top table ')(start);
		expect(named.segment.names).toEqual({ '4:0': 'Top table' });
		expect(nameCluster(4, 0, '')(named).segment.names).toEqual({});
	});
});
