import { describe, expect, it } from 'vitest';
import { listsOf } from '#lib/pipeline/clean/audit/lists.ts';
import type { Inspection } from '#lib/pipeline/import/inspect.ts';
import { makeSource } from '../../../tests/support/raw-tables.ts';
import { columnsOfList, companionColumns, offeredColumns, type ListColumn } from './clean-columns.ts';

const old = { ...makeSource(['who', 'City', 'pin'], { customer: 'who' }), withheld: [] };
const newer = {
	...makeSource(['who', 'Spend', 'pin'], { customer: 'who' }, { id: 's2' }),
	series: 's1',
	version: 2,
	withheld: [{ column: 'pin', reason: 'password' as const, action: 'dropped' as const }]
};

describe('the columns of a list of files', () => {
	const [list] = listsOf([old, newer]);
	const inspections = new Map([
		[
			's2',
			{
				columns: [
					{ name: 'who', kind: 'integer', samples: ['1', '2'], filled: 1 },
					{ name: 'Spend', kind: 'money', samples: ['£5'], filled: 0.9 },
					{ name: 'pin', kind: 'text', samples: [], filled: 0 }
				]
			} as unknown as Inspection
		]
	]);

	it('are those of all its files, the newest first, with what they mean and hold', () => {
		const columns = list ? columnsOfList(list, inspections) : [];
		expect(columns).toEqual([
			{
				name: 'who',
				kind: 'number',
				roles: ['customer'],
				meaning: 'Customer',
				samples: ['1', '2'],
				filled: 1
			},
			{ name: 'Spend', kind: 'number', roles: [], meaning: '', samples: ['£5'], filled: 0.9 },
			{ name: 'City', kind: null, roles: [], meaning: '', samples: [], filled: null },
			{ name: 'pin', kind: null, roles: [], meaning: '', samples: [], filled: null }
		]);
	});
});

describe('the columns that an operation is offered', () => {
	const column = (name: string, kind: ListColumn['kind'], roles: ListColumn['roles'] = []): ListColumn => ({
		name,
		kind,
		roles,
		meaning: '',
		samples: [],
		filled: null
	});
	const columns = [
		column('consent', 'text', ['email_consent']),
		column('note', 'text'),
		column('age', 'number'),
		column('unknown', null)
	];
	const takes = { least: 1, most: 5, kinds: ['number' as const], leavesProtected: true };

	it('come with those that fit first, and those it must leave alone last, with the reason', () => {
		const offered = offeredColumns({ takes }, columns, 'customers');
		expect(offered.map(({ name, fits }) => [name, fits])).toEqual([
			['age', true],
			['unknown', true],
			['note', false],
			['consent', false]
		]);
		expect(offered.at(-1)?.refusal).toContain('says what people agreed to');
		expect(offered.slice(0, 3).every(({ refusal }) => refusal === null)).toBe(true);
	});

	it('are all open to an operation that makes nothing up', () => {
		const open = offeredColumns({ takes: { ...takes, leavesProtected: false } }, columns, 'customers');
		expect(open.every(({ refusal }) => refusal === null)).toBe(true);
	});
});

it('offers numbers to compare rows by, the fullest first, and never an id or what is filled', () => {
	const number = (name: string, filled: number, roles: ListColumn['roles'] = []): ListColumn => ({
		...{ name, filled, roles, kind: 'number', meaning: '', samples: ['1', '2'] }
	});
	const columns = [
		number('Loyalty ID', 1),
		number('who', 1, ['customer']),
		number('Year_Birth', 0.9),
		number('Paid', 1),
		number('Income', 0.98),
		{ ...number('Education', 1), kind: 'text' as const },
		{ ...number('Z_Revenue', 1), samples: ['11'] }
	];
	expect(companionColumns(columns, ['Income'])).toEqual(['Paid', 'Year_Birth']);
});
