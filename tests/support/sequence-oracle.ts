import { addDays } from '#lib/core/days.ts';
import type {
	Duration,
	SequenceCondition,
	SequenceStep,
	Window
} from '#lib/pipeline/segment/rules/schema.ts';

/** Something that a person did; `time` is UTC milliseconds, null where it has none. */
export interface Act {
	readonly subject: string;
	readonly kind: string;
	readonly time: number | null;
	/** Orders the acts of one time, and tells them apart. */
	readonly record: number;
}

/** UTC milliseconds of a text such as `2024-01-31 10:00`. */
export function timeOf(text: string): number {
	const [day = '', clock = '00:00'] = text.split(' ');
	return Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
}

/**
 * Whether a sequence holds of one person, by trying every choice of records; the meaning is that of `SequenceCondition`. `where`
 * may ask for `kind` alone.
 */
export function sequenceHolds(condition: SequenceCondition, acts: readonly Act[], asOf: string): boolean {
	const known = acts.filter(({ time }) => time !== null && time < timeOf(asOf)) as (Act & { time: number })[];
	const isIn = ({ time }: { time: number }) => inWindow(time, condition.window, asOf);
	const all = condition.steps.map((step) => matching(step, known));
	const done = condition.steps.map((step, i) => (step.did ? all[i]!.filter(isIn) : []));
	const needed = condition.steps.flatMap(({ did, times }, i) =>
		did ? new Array<number>(times).fill(i) : []
	);
	const { steps, ordered, within } = condition;

	const isChain = (chain: readonly Timed[]): boolean => {
		const times = chain.map(({ time }) => time);
		const [first, last] = [Math.min(...times), Math.max(...times)];
		if (within && before(last, within) > first) return false;
		if (!ordered) return steps.every(({ did }, i) => did || !all[i]!.some(isIn));
		return steps.every((step, i) => {
			if (step.did) return true;
			const later = needed.findIndex((place) => place > i);
			const from = chain[(later === -1 ? chain.length : later) - 1]!.time;
			const others = all[i]!.filter((act) => !chain.includes(act) && act.time >= from);
			if (later !== -1) return others.every(({ time }) => time > chain[later]!.time);
			const limit = step.within ?? within;
			if (limit === null) return others.length === 0;
			const begin = step.within === null ? first : from;
			return others.every(({ time }) => before(time, limit) > begin) && before(timeOf(asOf), limit) >= begin;
		});
	};
	const extend = (chain: readonly Timed[]): boolean => {
		const place = needed[chain.length];
		if (place === undefined) return isChain(chain);
		const previous = chain.at(-1);
		const limit = steps[place]!.within;
		return done[place]!.some((act) => {
			if (chain.includes(act)) return false;
			if (ordered && previous) {
				if (act.time < previous.time) return false;
				if (limit && before(act.time, limit) > previous.time) return false;
			}
			return extend([...chain, act]);
		});
	};
	return extend([]);
}

type Timed = Act & { readonly time: number };

function matching({ subject, where, which }: SequenceStep, acts: readonly Timed[]): Timed[] {
	const found = acts
		.filter(
			(act) =>
				act.subject === subject &&
				where.every(({ test }) => {
					if (test.type !== 'text' || test.test.op !== 'is') throw new Error('only kinds are asked for');
					return test.test.values.includes(act.kind);
				})
		)
		.sort((a, b) => a.time - b.time || a.record - b.record);
	return which === 'any' ? found : which === 'first' ? found.slice(0, 1) : found.slice(-1);
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** So long before a time. Months go back by the calendar, to the last day of a shorter month. */
function before(time: number, { count, unit }: Duration): number {
	if (unit !== 'month' && unit !== 'year') return time - count * UNIT_MS[unit];
	const date = new Date(time);
	const day = date.getUTCDate();
	date.setUTCDate(1);
	date.setUTCMonth(date.getUTCMonth() - count * (unit === 'year' ? 12 : 1));
	const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(day, lastDay));
	return date.getTime();
}

function inWindow(time: number, window: Window | null, asOf: string): boolean {
	if (window === null) return true;
	switch (window.kind) {
		case 'last':
			return time >= before(timeOf(asOf), window.length);
		case 'before_last':
			return time < before(timeOf(asOf), window.length);
		case 'since':
			return time >= timeOf(window.day);
		case 'until':
			return time < timeOf(addDays(window.day, 1));
		case 'between':
			return time >= timeOf(window.from) && time < timeOf(addDays(window.to, 1));
	}
}
