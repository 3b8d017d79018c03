/** The screens in the order of the rail. */
export const STEPS = [
	{ id: 'data', label: 'Data', group: 'Prepare' },
	{ id: 'sources', label: 'Sources', group: 'Prepare' },
	{ id: 'clean', label: 'Clean', group: 'Prepare' },
	{ id: 'people', label: 'People', group: 'Prepare' },
	{ id: 'customers', label: 'Customers', group: 'Prepare' },
	{ id: 'sql', label: 'SQL', group: 'Prepare' },
	{ id: 'features', label: 'Features', group: 'Prepare' },
	{ id: 'changes', label: 'What changed', group: 'Understand' },
	{ id: 'best-customers', label: 'Best customers', group: 'Understand' },
	{ id: 'time-machine', label: 'Time machine', group: 'Understand' },
	{ id: 'retention', label: 'Retention', group: 'Understand' },
	{ id: 'what-matters', label: 'What matters', group: 'Understand' },
	{ id: 'components', label: 'Scaling and PCA', group: 'Understand' },
	{ id: 'natural-segments', label: 'Natural segments', group: 'Discover' },
	{ id: 'explore', label: 'Explore', group: 'Discover' },
	{ id: 'explain', label: 'Explain', group: 'Discover' },
	{ id: 'over-time', label: 'Over time', group: 'Discover' },
	{ id: 'trust', label: 'Trust', group: 'Discover' },
	{ id: 'ideas', label: 'Ideas', group: 'Segment' },
	{ id: 'builder', label: 'Rule builder', group: 'Segment' },
	{ id: 'carts', label: 'Left carts', group: 'Segment' },
	{ id: 'journeys', label: 'Journeys', group: 'Segment' },
	{ id: 'my-segments', label: 'My segments', group: 'Segment' },
	{ id: 'audiences', label: 'Audiences', group: 'Act' },
	{ id: 'summary', label: 'Summary', group: 'Act' }
] as const;

export type StepId = (typeof STEPS)[number]['id'];

/** True for the id of a screen. */
export function isStep(text: string): text is StepId {
	return STEPS.some((step) => step.id === text);
}
