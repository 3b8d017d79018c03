import { describe, expect, it } from 'vitest';
import { createFormat } from '#lib/core/format.ts';
import { fidelityOf } from '#lib/pipeline/validate/explain/fidelity.ts';
import {
	alikePercents,
	chanceWords,
	driftWords,
	neighboursTitle,
	sideCount,
	SIDES,
	standingWords
} from './words.ts';

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

describe('driftWords', () => {
	/** A rule of 100 people that had an overlap of `then` with its segment, and shares `both` of 100 with it now. */
	const drifted = (then: number, both: number) => {
		const own = fidelityOf(100, 100, both, 1000);
		const best = { cluster: 0, fidelity: own };
		const rule = {
			id: 'own',
			name: 'Best',
			segment: 'cluster:4:0',
			then,
			cluster: 0,
			now: { own, best }
		} as const;
		return driftWords(rule, () => 'Regulars', format);
	};

	it('calls loose only a rule that never held', () => {
		expect(drifted(0.8, 90)).toMatchObject({ kind: 'trust', word: 'Still the same people' });
		// 80 of 120.
		expect(drifted(0.6, 80)).toMatchObject({ kind: 'care', word: 'As loose as it was' });
		expect(drifted(0.75, 80)).toMatchObject({ kind: 'stop', word: 'Drifted' });
		expect(drifted(0.6, 50)).toMatchObject({ kind: 'stop', word: 'Drifted' });
	});
});

it('everyone of a rule or of its segment is on one side', () => {
	const fidelity = fidelityOf(100, 70, 60, 1000);
	expect(SIDES.map((side) => sideCount(fidelity, side))).toEqual([60, 40, 10]);
});
