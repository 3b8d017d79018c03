import type { CartParams, CartStage } from '#lib/pipeline/segment/carts/schema.ts';

/** What is typed of a stage. */
export interface StageDraft {
	readonly id: string;
	readonly name: string;
	readonly hours: string;
}

/** What is typed of the settings. */
export interface CartDraft {
	readonly delayMinutes: string;
	readonly stages: readonly StageDraft[];
	readonly coldAfterDays: string;
	readonly recentBuyerDays: string;
	readonly valueCuts: string;
}

/** What is wrong, by field: `delayMinutes`, `coldAfterDays`, `recentBuyerDays`, `valueCuts`, or the id of a stage. */
export type CartProblems = Readonly<Record<string, string>>;

export const MOST_STAGES = 6;
const MOST_CUTS = 4;
const MOST_STAGE_HOURS = 24 * 90;

/** The settings as they are typed. */
export function draftOf(params: CartParams): CartDraft {
	return {
		delayMinutes: String(params.delayMinutes),
		stages: params.stages.map(({ id, name, afterMinutes }, i) => ({
			id,
			name,
			hours: hoursText(i === 0 ? params.delayMinutes : afterMinutes)
		})),
		coldAfterDays: String(params.coldAfterDays),
		recentBuyerDays: String(params.recentBuyerDays),
		valueCuts: (params.valueCuts ?? []).join(', ')
	};
}

/** The settings that were typed, with stages in the order of time; or what is wrong with them. */
export function readDraft(draft: CartDraft): { params: CartParams } | { problems: CartProblems } {
	const delay = wholeOf(draft.delayMinutes, 1, 60 * 24 * 7);
	const cold = wholeOf(draft.coldAfterDays, 1, 365);
	const recent = wholeOf(draft.recentBuyerDays, 1, 365);
	const cuts = cutsOf(draft.valueCuts);
	const stages = stagesOf(draft.stages, delay.value);
	const last = Math.max(...stages.map(({ stage }) => stage.afterMinutes));
	const problems = {
		...(delay.problem ? { delayMinutes: delay.problem } : {}),
		...(cold.problem ? { coldAfterDays: cold.problem } : {}),
		...(recent.problem ? { recentBuyerDays: recent.problem } : {}),
		...(cuts.problem ? { valueCuts: cuts.problem } : {}),
		...Object.fromEntries(stages.flatMap(({ stage, problem }) => (problem ? [[stage.id, problem]] : []))),
		...(!cold.problem && Number.isFinite(last) && cold.value * 24 * 60 <= last
			? {
					coldAfterDays: `Found ${cold.value} days. It takes more than the last stage, which begins after ${hoursText(last)} hours.`
				}
			: {})
	};
	if (Object.keys(problems).length > 0) return { problems };
	return {
		params: {
			delayMinutes: delay.value,
			stages: stages.map(({ stage }) => stage).sort((a, b) => a.afterMinutes - b.afterMinutes),
			coldAfterDays: cold.value,
			recentBuyerDays: recent.value,
			valueCuts: cuts.values.length > 0 ? cuts.values : null
		}
	};
}

/** The settings with one more stage, a day after the last. */
export function withStage(draft: CartDraft): CartDraft {
	const used = new Set(draft.stages.map(({ id }) => id));
	let number = draft.stages.length + 1;
	while (used.has(`stage_${number}`)) number += 1;
	const last = Math.max(0, ...draft.stages.map(({ hours }) => Number(hours) || 0));
	const stage = { id: `stage_${number}`, name: `Stage ${number}`, hours: String(last + 24) };
	return { ...draft, stages: [...draft.stages, stage] };
}

interface Whole {
	readonly value: number;
	readonly problem: string | null;
}

function wholeOf(text: string, least: number, most: number): Whole {
	const value = Number(text);
	const isFine = text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most;
	return {
		value,
		problem: isFine ? null : `Found “${text}”. It takes a whole number from ${least} to ${most}.`
	};
}

/** The first stage begins at the delay. */
function stagesOf(
	drafts: readonly StageDraft[],
	delay: number
): { readonly stage: CartStage; readonly problem: string | null }[] {
	const times = drafts.map(({ hours }, i) => (i === 0 ? delay : Math.round(Number(hours) * 60)));
	return drafts.map(({ id, name, hours }, i) => {
		const afterMinutes = times[i] ?? NaN;
		const stage = { id, name: name.trim(), afterMinutes };
		return { stage, problem: stageProblem(stage, hours, i === 0, times) };
	});
}

function stageProblem(
	{ name, afterMinutes }: CartStage,
	hours: string,
	isFirst: boolean,
	times: readonly number[]
): string | null {
	if (name === '' || name.length > 60) return 'A stage takes a name of at most 60 letters.';
	if (isFirst) return null;
	if (hours.trim() === '' || !(afterMinutes >= 1) || afterMinutes > MOST_STAGE_HOURS * 60) {
		return `Found “${hours}”. It takes hours above 0, at most ${MOST_STAGE_HOURS}.`;
	}
	if (afterMinutes <= (times[0] ?? 0))
		return 'It has to begin later than the first stage, which begins at the delay.';
	return times.filter((time) => time === afterMinutes).length > 1 ? 'Two stages begin at this time.' : null;
}

function cutsOf(text: string): { readonly values: number[]; readonly problem: string | null } {
	const parts = text
		.split(/[;,]\s+|[;\s]+/)
		.map((part) => part.replace(/,$/, ''))
		.filter((part) => part !== '');
	const values = parts.map(Number);
	const isFine =
		values.length <= MOST_CUTS &&
		values.every(
			(value, i) => Number.isFinite(value) && value > 0 && (i === 0 || value > (values[i - 1] ?? 0))
		);
	return {
		values,
		problem: isFine
			? null
			: `Found “${text}”. It takes up to ${MOST_CUTS} amounts, each larger than the one before, such as 20, 50.`
	};
}

function hoursText(minutes: number): string {
	return String(Math.round((minutes / 60) * 100) / 100);
}
