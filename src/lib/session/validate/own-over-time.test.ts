import { beforeAll, expect, it } from 'vitest';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { runOwn } from '#lib/pipeline/segment/own/step.ts';
import type { Condition } from '#lib/pipeline/segment/rules/schema.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { FIVE_AS_OF, FIVE_PEOPLE } from '../../../../tests/support/behaviour-files.ts';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { cleanRows, stepContext } from '../../../../tests/support/raw-tables.ts';
import { factsOfFiles, withOwn } from '../../../../tests/support/rule-facts.ts';
import { Turns } from '../segments/background-answer.svelte.ts';
import { OwnOverTime } from './own-over-time.svelte.ts';

type Asking = ConstructorParameters<typeof OwnOverTime>[0];

const twoOrders: Condition = {
	kind: 'feature',
	feature: 'frequency',
	test: { type: 'number', test: { op: 'ge', value: 2 } }
};
const SEGMENTS: OwnSegment[] = [
	{
		...{ kind: 'rule', id: 'g1', name: 'Twice', of: null },
		rule: { kind: 'group', match: 'all', conditions: [twoOrders] }
	},
	{ kind: 'list', id: 'g2', name: 'List', members: [], origin: 'Pasted' }
];
/** The oldest first, as a screen has them; before the first one nobody but c had ordered. */
const DAYS = ['2024-02-01', '2024-04-15'];
const { signal } = new AbortController();

describeEngines('own rules of a session over time', (engine) => {
	let session: Asking;
	beforeAll(async () => {
		const clean = await cleanRows(engine(), FIVE_PEOPLE);
		const facts = withOwn(await factsOfFiles(engine(), FIVE_PEOPLE, FIVE_AS_OF), { segments: SEGMENTS });
		const own = await runOwn(stepContext(engine()), facts);
		session = {
			...{ busy: false, clean, own, queries: [], clustering: null, runner: { engine: engine() } },
			...{ features: facts.features, library: facts.library, rfm: { ...facts.rfm, cutPoints: null } },
			recipe: { ...emptyRecipe('Test'), features: facts.featureParams, segment: facts.params }
		} as unknown as Asking;
	});

	it('are asked once, the latest day first, and tell passports', async () => {
		const over = new OwnOverTime(session, new Turns(new Set()), () => DAYS);
		expect(over.rules.map(({ id }) => id)).toEqual(['g1']);
		expect([over.windows, over.past.get('own:g1')?.jaccard]).toEqual([null, null]);
		expect(over.past.get('own:g2')?.problem).toContain('A list stays as it is');
		expect(over.wanted).not.toBeNull();
		await over.look(signal);
		expect(over.wanted).toBeNull();
		expect(over.windows?.days.map(({ day, customers }) => [day, customers])).toEqual([
			['2024-02-01', 1],
			['2024-04-15', 3]
		]);
		// On 15 April a, b and c had two orders, and have today. On 1 February c had one, and has two since.
		const [early, late] = over.windows!.days.map(({ segments }) => segments[0]!);
		expect([late!.customers, late!.stayed, late!.jaccard]).toEqual([3, 3, 1]);
		expect(early).toMatchObject({ customers: 0, now: 1, causes: [{ id: 'g1:0', customers: 1, left: 0 }] });
		expect(over.past.get('own:g1')).toMatchObject({ jaccard: 0.5, days: DAYS, problem: null });
		const first = over.windows;
		await over.look(signal);
		expect(over.windows).toBe(first);
		const filter = { category: 0, side: 'entered', cause: 'g1:0' } as const;
		expect(await over.people('2024-02-01', filter, signal)).toEqual(['c']);
	});

	it('give way to a run, and are asked again of other results', async () => {
		const onRun = new Set<() => void>();
		const over = new OwnOverTime(session, new Turns(onRun), () => DAYS);
		const look = over.look(signal);
		onRun.forEach((stop) => stop());
		await look;
		expect([over.windows, over.wanted === null]).toEqual([null, false]);
		const without = new OwnOverTime({ ...session, library: null }, new Turns(new Set()), () => DAYS);
		expect(without.wanted).toBeNull();
		const short = new OwnOverTime(session, new Turns(new Set()), () => []);
		expect(short.wanted).toBeNull();
	});
});
