import type { StepId } from '#lib/session/steps.ts';

/** A piece of explanation: plain words first, the formula one look below. */
export interface Explanation {
	readonly title: string;
	readonly text: string;
	readonly formula?: string;
}

/** What screens show and how it is computed, by screen. */
export type Explanations = Partial<Readonly<Record<StepId, readonly Explanation[]>>>;
