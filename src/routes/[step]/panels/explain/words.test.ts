import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { alikePercents, chanceWords, neighboursTitle, standingWords } from './words.ts';

const format = createFormat('en-GB');

describe('alikePercents', () => {
	it('has whole shares below 95%, and one digit for all where one is above', () => {
		expect(alikePercents([0.81, 0.804, 0.78], format)).toEqual(['81%', '80%', '78%']);
		expect(alikePercents([0.9925, 0.988, 0.9949], format)).toEqual(['99.3%', '98.8%', '99.5%']);
		expect(alikePercents([0.94, 0.92, 0.953], format)).toEqual(['94.0%', '92.0%', '95.3%']);
	});

	it('never rounds up to all', () => {
		expect(alikePercents([2985 / 3000], format)).toEqual(['99.5%']);
		expect(alikePercents([0.9987, 0.997, 0.9995], format)).toEqual(['99.87%', '99.70%', '99.95%']);
		expect(alikePercents([1 - 1e-9, 1], format)).toEqual(['99.999%', '100%']);
		expect(alikePercents([1], format)).toEqual(['100%']);
	});
});

it('chances that are all but sure are so', () => {
	const chances = [0, 0.00005, 0.5, 0.96, 0.99995, 1];
	expect(chances.map((chance) => chanceWords(chance, format))).toEqual([
		'0%',
		'<0.1%',
		'50%',
		'96%',
		'>99.9%',
		'100%'
	]);
});

it('a difference says which way it goes and how large it is', () => {
	const value = (delta: number) => ({
		delta: { value: delta, low: delta, high: delta },
		typical: 0,
		typicalOthers: 0,
		told: 9
	});
	const words = (text: string | null, delta: number) =>
		standingWords({ text, standing: 'large', value: value(delta) });
	expect(words('Garden', -0.6)).toBe('rarer here, a large difference');
	expect(words('Garden', 0.6)).toBe('more common here, a large difference');
	expect(words(null, -0.6)).toBe('less here, a large difference');
	expect(standingWords({ text: null, standing: 'same', value: value(0) })).toBe('like everyone else');
});

it('a segment whose people are all its own has nobody between', () => {
	expect(neighboursTitle('A', 'B', 0, format)).toBe('A is most like B, yet nobody could be in either');
	expect(neighboursTitle('A', 'B', 1, format)).toBe('A is most like B; 1 person could be in either');
	expect(neighboursTitle('A', 'B', null, format)).toBe('A is most like B');
	expect(neighboursTitle('A', null, null, format)).toBe('A has no neighbours');
});
