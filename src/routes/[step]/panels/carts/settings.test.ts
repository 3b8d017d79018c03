import { describe, expect, it } from 'vitest';
import { DEFAULT_CARTS, type CartParams } from '#lib/pipeline/segment/carts/schema.ts';
import { draftOf, readDraft, withStage, type CartDraft } from './settings.ts';

const USUAL = draftOf(DEFAULT_CARTS);

function problemsOf(draft: CartDraft): Readonly<Record<string, string>> {
	const read = readDraft(draft);
	return 'problems' in read ? read.problems : {};
}

function paramsOf(draft: CartDraft): CartParams {
	const read = readDraft(draft);
	if ('problems' in read) throw new Error(JSON.stringify(read.problems));
	return read.params;
}

describe('the settings of carts', () => {
	it('are what they were when nothing is typed', () => {
		expect(paramsOf(USUAL)).toEqual(DEFAULT_CARTS);
	});

	it('begin the first stage at the delay', () => {
		const { stages } = paramsOf({ ...USUAL, delayMinutes: '90' });
		expect(stages[0]).toMatchObject({ id: 'reminder', afterMinutes: 90 });
	});

	it('put stages in the order of time, and keep their ids', () => {
		const moved = USUAL.stages.map((stage) =>
			stage.id === 'last_call' ? { ...stage, hours: '2.5' } : stage
		);
		const { stages } = paramsOf({ ...USUAL, stages: moved });
		expect(stages.map(({ id, afterMinutes }) => [id, afterMinutes])).toEqual([
			['reminder', 30],
			['last_call', 150],
			['follow_up', 1440]
		]);
	});

	it('add a stage a day after the last, with an id of its own', () => {
		const more = withStage(withStage(USUAL));
		expect(more.stages.slice(3).map(({ id, hours }) => [id, hours])).toEqual([
			['stage_4', '96'],
			['stage_5', '120']
		]);
		expect(problemsOf(more)).toEqual({});
	});

	it('read amounts, and no amounts as the thirds', () => {
		expect(paramsOf({ ...USUAL, valueCuts: '20, 49.5 100' }).valueCuts).toEqual([20, 49.5, 100]);
		expect(paramsOf({ ...USUAL, valueCuts: ' ' }).valueCuts).toBeNull();
	});

	it('say what is wrong', () => {
		expect(problemsOf({ ...USUAL, delayMinutes: '0' })['delayMinutes']).toBe(
			'Found “0”. It takes a whole number from 1 to 10080.'
		);
		expect(problemsOf({ ...USUAL, coldAfterDays: '3' })['coldAfterDays']).toContain(
			'more than the last stage'
		);
		expect(problemsOf({ ...USUAL, valueCuts: '50, 20' })['valueCuts']).toContain(
			'larger than the one before'
		);
		const second = (hours: string) => ({
			...USUAL,
			stages: USUAL.stages.map((stage, i) => (i === 1 ? { ...stage, hours } : stage))
		});
		expect(problemsOf(second('0.5'))['follow_up']).toContain('later than the first stage');
		expect(problemsOf(second('72'))['follow_up']).toBe('Two stages begin at this time.');
		expect(problemsOf(second(''))['follow_up']).toContain('Found “”');
		const nameless = USUAL.stages.map((stage, i) => (i === 2 ? { ...stage, name: ' ' } : stage));
		expect(problemsOf({ ...USUAL, stages: nameless })['last_call']).toContain('takes a name');
	});
});
