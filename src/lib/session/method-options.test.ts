import { describe, expect, it } from 'vitest';
import { METHODS, methodById } from '#lib/pipeline/segment/methods/index.ts';
import { offeredParams, ownOptions, withDefaults } from './method-options.ts';
import { fieldsOf } from './param-form.ts';

describe('options of a method', () => {
	const dbscan = methodById('dbscan');
	it('are those with words: neither the number of groups nor of starts', () => {
		expect(Object.keys(offeredParams(methodById('kmeans')).shape)).toEqual([]);
		expect(Object.keys(offeredParams(methodById('hierarchical')).shape)).toEqual(['linkage']);
		expect(Object.keys(offeredParams(dbscan).shape)).toEqual(['eps', 'minPoints']);
	});
	it('make a form for every method, with a title and a word of help for each', () => {
		for (const method of METHODS) {
			for (const { title, description } of fieldsOf(offeredParams(method))) {
				expect(title).not.toBe('');
				expect(description).not.toBe('');
			}
		}
	});
	it('are in the recipe where they are not the default', () => {
		expect(ownOptions(dbscan, { eps: null, minPoints: null })).toEqual({});
		expect(ownOptions(dbscan, { eps: 0.5, minPoints: null })).toEqual({ eps: 0.5 });
		expect(withDefaults(dbscan, { eps: 0.5 })).toEqual({ eps: 0.5, minPoints: null });
		expect(withDefaults(dbscan, { eps: 'wide' })).toEqual({ eps: null, minPoints: null });
	});
});
