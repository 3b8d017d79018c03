import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { proxyWords } from './words.ts';

const format = createFormat('en-GB', 'GBP');
const auc = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
const nameOf = (feature: string) => feature.toUpperCase();

describe('what is told of features that stand in for groups', () => {
	it('is nothing where none does', () => {
		expect(proxyWords({ label: 'Gender', proxies: [] }, nameOf, format)).toBeNull();
	});
	it('names each feature once, with the group that it tells best', () => {
		const proxies = [
			{ feature: 'spend', group: 'female', auc: auc(0.9) },
			{ feature: 'spend', group: 'male', auc: auc(0.8) },
			{ feature: 'orders', group: 'male', auc: auc(0.75) }
		];
		expect(proxyWords({ label: 'Gender', proxies }, nameOf, format)).toEqual({
			title: '“SPEND” and “ORDERS” stand in for gender.',
			text: 'Segments are made by them, so leaving gender out does not leave it out. “SPEND” tells female from the others in 90% of pairs (89% to 91%). “ORDERS” tells male from the others in 75% of pairs (74% to 76%).'
		});
		const [first] =
			proxyWords({ label: 'Gender', proxies: proxies.slice(0, 1) }, nameOf, format)?.text.split('. ') ?? [];
		expect(first).toBe('Segments are made by it, so leaving gender out does not leave it out');
	});
});
