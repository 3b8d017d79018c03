import type { Need } from '#lib/pipeline/features/needs.ts';
import { FIXED_CART_STAGES, FIXED_STAGE_NAMES, type CartParams } from '#lib/pipeline/segment/carts/schema.ts';
import { needsOf } from '#lib/pipeline/segment/rules/compile.ts';
import { ENGAGEMENTS, type ChannelsCondition, type Condition } from '#lib/pipeline/segment/rules/schema.ts';
import { lacksWords, type ChoiceGroup, type RuleChoice } from './rule-choices.ts';

/** How people are active in channels. */
export const ENGAGEMENT_WORDS: Readonly<Record<ChannelsCondition['engagement'], string>> = {
	omni: 'In several channels',
	single: 'In one channel',
	none: 'In no channel that is known'
};

/** The path that a new condition on journeys begins with, to be filled. */
const FIRST_PATH = [''];

/** The stages that a cart can be at, in the order of time. */
export function cartStages({
	stages
}: Pick<CartParams, 'stages'>): { readonly id: string; readonly name: string }[] {
	const fixed = FIXED_CART_STAGES.map((id) => ({ id, name: FIXED_STAGE_NAMES[id] }));
	return [...fixed.slice(0, 1), ...stages.map(({ id, name }) => ({ id, name })), ...fixed.slice(1)];
}

/** Carts, journeys and channels: what a condition on them begins with. */
export function otherChoices(
	{ carts }: { readonly carts: CartParams },
	missing: ReadonlySet<Need>
): ChoiceGroup[] {
	const choice = (id: string, label: string, hint: string, make: () => Condition): RuleChoice => {
		const lacks = needsOf(make()).filter((need) => missing.has(need));
		const isLacking = lacks.length > 0;
		return { id, label, hint: isLacking ? lacksWords(lacks) : hint, disabled: isLacking, make };
	};
	const stages = carts.stages.map(({ id }) => id);
	return [
		{
			title: 'Left a cart',
			choices: [
				choice('cart', 'Where the newest cart is', `At a stage, such as ${carts.stages[0]?.name}`, () => ({
					kind: 'cart',
					stages,
					value: null,
					category: null
				}))
			]
		},
		{
			title: 'Channels',
			choices: [
				...ENGAGEMENTS.map((engagement) =>
					choice(`channels:${engagement}`, ENGAGEMENT_WORDS[engagement], 'Orders, visits and clicks', () => ({
						kind: 'channels',
						engagement
					}))
				),
				choice(
					'journey',
					'Reached an order by a path',
					'The channels before an order, in their order',
					() => ({
						kind: 'journey',
						path: FIRST_PATH
					})
				)
			]
		}
	];
}
