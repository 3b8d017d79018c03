import { expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { isStep } from '#lib/session/steps.ts';
import { STALE_STEPS, staleWords } from './stale-words.ts';

const format = createFormat('en-GB');

function stale(fileName: string, ageDays: number) {
	return { series: fileName, fileName, newest: '2024-01-01', ageDays, maxAgeDays: 30 };
}

it('names the one source, or the first of several', () => {
	expect(staleWords([stale('orders.csv', 92)], format)).toEqual({
		title: 'orders.csv is 92 days old.',
		text: 'The limit you set is 30 days. What you see here rests on it.'
	});
	const five = ['a', 'b', 'c', 'd', 'e'].map((name, i) => stale(`${name}.csv`, 90 - i));
	expect(staleWords(five, format)).toEqual({
		title: '5 sources are older than they may be.',
		text: 'a.csv (90 days), b.csv (89 days), c.csv (88 days) and 2 more. What you see here rests on them.'
	});
});

it('is shown on screens that there are', () => {
	expect(STALE_STEPS.filter((step) => !isStep(step))).toEqual([]);
});
