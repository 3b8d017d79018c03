import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { DEFAULT_CLEAN } from '#lib/pipeline/clean/schema.ts';
import {
	currencyOptions,
	datesProblem,
	isPlausibleDay,
	settingsWords,
	zoneOptions
} from './settings-words.ts';

const format = createFormat('en-GB');

describe('settingsWords', () => {
	it('says what holds', () => {
		expect(settingsWords(DEFAULT_CLEAN, format)).toBe(
			'Amounts as the files have them, times as written, weeks from Monday.'
		);
		expect(
			settingsWords(
				{
					...DEFAULT_CLEAN,
					dates: { from: '2024-01-01', to: '2024-12-31' },
					settings: { currency: 'EUR', timeZone: 'America/New_York', firstWeekday: 7 }
				},
				format
			)
		).toBe('Only EUR counts, times in America/New York, weeks from Sunday, only 1 Jan 2024 to 31 Dec 2024.');
	});
});

it('offers the currencies that were found, and the chosen one', () => {
	expect(currencyOptions(['GBP', 'EUR'], 'USD').map(({ value }) => value)).toEqual(['', 'EUR', 'GBP', 'USD']);
	expect(currencyOptions([], null)).toEqual([{ value: '', label: 'The files name none' }]);
});

it('offers “as written” first, and UTC', () => {
	expect(zoneOptions(['Europe/Vienna']).map(({ value }) => value)).toEqual(['', 'UTC', 'Europe/Vienna']);
});

it('takes days that are typed to the end, in order', () => {
	expect(isPlausibleDay('0202-01-01')).toBe(false);
	expect(isPlausibleDay('2024-02-30')).toBe(false);
	expect(isPlausibleDay('2024-02-29')).toBe(true);
	expect(datesProblem({ from: '2024-02-01', to: '2024-01-01' })).toContain('after');
	expect(datesProblem({ from: '2024-02-01', to: null })).toBeUndefined();
});
