import { describe, expect, it } from 'vitest';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { needWords } from '#lib/pipeline/features/needs.ts';
import { TABLE_KINDS } from '#lib/pipeline/import/roles.ts';
import { remedyOf } from './remedy.ts';

const ORDERS = [{ id: 's1', kind: 'orders' }] as const;
const ALL = TABLE_KINDS.map((kind) => ({ id: kind, kind }));
const NEEDS = [...new Set(DEFINITIONS.flatMap(({ needs }) => needs))];

describe('what can be done about what a feature needs', () => {
	it.each(NEEDS)('is known for %s', (need) => {
		expect(remedyOf([needWords(need)], ORDERS)).not.toBeNull();
		expect(remedyOf([needWords(need)], ALL)).not.toBeNull();
	});

	it('is a column only in a file that is there', () => {
		const words = needWords('birth_date');
		expect(remedyOf([words], ORDERS)).toEqual({ kind: 'files' });
		expect(remedyOf([words], ALL)).toEqual({ kind: 'column', source: 'customers' });
		expect(remedyOf([needWords('discount')], ORDERS)).toEqual({ kind: 'column', source: 's1' });
	});

	it('is a file where a whole one is missing, before all columns', () => {
		const needs = [needWords('event_device'), needWords('events')];
		expect(remedyOf(needs, ORDERS)).toEqual({ kind: 'files' });
		expect(remedyOf([needWords('answers')], ALL)).toEqual({ kind: 'files' });
	});

	it('is the setting for the margin, and nothing for what a saved query lacks', () => {
		expect(remedyOf([needWords('margin')], ORDERS)).toEqual({ kind: 'setting' });
		expect(remedyOf(['the saved query “Mine”'], ORDERS)).toBeNull();
	});
});
