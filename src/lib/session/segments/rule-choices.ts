import { needWords, type Need } from '#lib/pipeline/features/needs.ts';
import { FEATURE_FAMILIES, type FeatureFamily, type FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Condition, SegmentRef, SubjectId } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleSegment } from '#lib/pipeline/segment/rules/scope.ts';
import type { Subject, SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import {
	newActive,
	newCount,
	newEdge,
	newFeature,
	newMeasure,
	newMonthly,
	newProfile,
	newSegment,
	newSequence
} from './new-conditions.ts';

/** Something that a condition can be about. */
export interface RuleChoice {
	/** Unique: `feature:frequency`, `orders:sum:amount`. */
	readonly id: string;
	readonly label: string;
	/** What it means, or what is missing. */
	readonly hint: string;
	readonly disabled: boolean;
	/** A condition to begin with. */
	readonly make: () => Condition;
}

/** Choices under one heading. */
export interface ChoiceGroup {
	readonly title: string;
	readonly choices: readonly RuleChoice[];
}

/** What choices are made of. */
export interface ChoiceFacts {
	readonly features: readonly FeatureSummary[];
	/** The median of a feature; null while it is not known. */
	readonly middleOf: (feature: string) => number | null;
	readonly subjects: readonly Subject[];
	readonly profile: readonly SubjectField[];
	/** What the files do not tell. */
	readonly missing: ReadonlySet<Need>;
	readonly segments: readonly RuleSegment[];
	/** Segments that would name themselves, by way of this rule. */
	readonly rings: ReadonlySet<SegmentRef>;
	/** Conditions of other kinds, each under the heading of its own kind. */
	readonly others: readonly ChoiceGroup[];
}

const FAMILY_TITLES: Readonly<Record<FeatureFamily, string>> = {
	recency: 'how recent and how often',
	money: 'money',
	timing: 'timing',
	products: 'products and categories',
	habits: 'habits',
	channels: 'channels and devices',
	engagement: 'visits and messages',
	scores: 'scores',
	survey: 'survey answers',
	person: 'the person',
	own: 'from saved queries'
};

/** Everything that a condition can be about, under headings; what the files cannot tell is there and says what it needs. */
export function ruleChoices(facts: ChoiceFacts): ChoiceGroup[] {
	const groups: ChoiceGroup[] = [
		{ title: 'Often asked', choices: oftenAsked(facts) },
		...facts.subjects.map((subject) => ({
			title: `What they did: ${subject.many}`,
			choices: didChoices(subject, facts.missing)
		})),
		...FEATURE_FAMILIES.map((family) => ({
			title: `Value and habits: ${FAMILY_TITLES[family]}`,
			choices: featureChoices(family, facts)
		})),
		{ title: 'Who they are', choices: facts.profile.map((field) => profileChoice(field, facts.missing)) },
		{ title: 'In a segment', choices: facts.segments.map((segment) => segmentChoice(segment, facts.rings)) },
		{ title: 'Things in a row', choices: sequenceChoices(facts) },
		...facts.others
	];
	return groups.filter(({ choices }) => choices.length > 0);
}

/** The choices that have every word of a search, under their headings; headings whose labels have them come first. */
export function findChoices(groups: readonly ChoiceGroup[], search: string): ChoiceGroup[] {
	const words = search.trim().toLowerCase().split(/\s+/);
	if (words[0] === '') return [...groups];
	const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
	const found = groups.map(({ title, choices }) => {
		const inLabel = choices.filter(({ label }) => fits(label));
		const elsewhere = choices.filter(
			(choice) => !inLabel.includes(choice) && fits(`${choice.label} ${choice.hint} ${title}`)
		);
		return { title, choices: [...inLabel, ...elsewhere], isNear: inLabel.some(({ disabled }) => !disabled) };
	});
	return [...found.filter(({ isNear }) => isNear), ...found.filter(({ isNear }) => !isNear)].flatMap(
		({ title, choices }) => (choices.length > 0 ? [{ title, choices }] : [])
	);
}

/** The choice that a condition is of; null where there is none. */
export function choiceOf(condition: Condition): string | null {
	switch (condition.kind) {
		case 'feature':
			return `feature:${condition.feature}`;
		case 'profile':
			return `profile:${condition.field}`;
		case 'segment':
			return `segment:${condition.segment}`;
		case 'activity': {
			const { subject, among, measure } = condition;
			if (among !== 'all') return `${subject}:${among}`;
			return measure.kind === 'count' ? `${subject}:count` : `${subject}:${measure.kind}:${measure.field}`;
		}
		case 'group':
			return null;
		default:
			return condition.kind;
	}
}

/** The subjects that the files tell of. */
export function toldSubjects(subjects: readonly Subject[], missing: ReadonlySet<Need>): Subject[] {
	return subjects.filter(({ needs }) => needs.every((need) => !missing.has(need)));
}

function oftenAsked({ subjects, missing, features, middleOf }: ChoiceFacts): RuleChoice[] {
	const active = toldSubjects(subjects, missing).filter(({ id }) => id === 'orders' || id === 'events');
	const choices: RuleChoice[] = [];
	if (active.some(({ id }) => id === 'orders')) {
		const by = active.map(({ many }) => many).join(' or ');
		choices.push(
			often('active', 'Active in the last 30 days', `With ${by}`, () =>
				newActive(
					active.map(({ id }) => id),
					30
				)
			),
			often('bought', 'Bought in the last 90 days', 'At least one order', () => newCount('orders')),
			often('monthly', 'Orders per month', 'More than so many, on average', () => newMonthly('orders', 3))
		);
	}
	for (const id of ['monetary_total', 'recency_days']) {
		const feature = features.find((each) => each.id === id && each.available);
		if (feature) choices.push({ ...featureChoice(feature, middleOf), id: `often:${id}` });
	}
	return choices;
}

function often(id: string, label: string, hint: string, make: () => Condition): RuleChoice {
	return { id: `often:${id}`, label, hint, disabled: false, make };
}

function featureChoices(family: FeatureFamily, { features, middleOf }: ChoiceFacts): RuleChoice[] {
	return features
		.filter((feature) => feature.family === family)
		.map((feature) => featureChoice(feature, middleOf));
}

function featureChoice(feature: FeatureSummary, middleOf: ChoiceFacts['middleOf']): RuleChoice {
	const { id, label, available, needs, meaning } = feature;
	return {
		id: `feature:${id}`,
		label,
		hint: available ? meaning : `Needs ${needs.join(' and ')}.`,
		disabled: !available,
		make: () => newFeature(feature, middleOf(id))
	};
}

function didChoices({ id, one, many, needs, fields }: Subject, missing: ReadonlySet<Need>): RuleChoice[] {
	const lacks = needs.filter((need) => missing.has(need));
	const choice = (
		key: string,
		label: string,
		hint: string,
		make: () => Condition,
		field?: SubjectField
	): RuleChoice => {
		const lacking = [...lacks, ...(field?.needs ?? []).filter((need) => missing.has(need))];
		return {
			id: `${id}:${key}`,
			label,
			hint: lacking.length > 0 ? lacksWords(lacking) : hint,
			disabled: lacking.length > 0,
			make
		};
	};
	const capital = upperFirst(many);
	const numbers = fields.filter(({ type }) => type === 'number');
	const texts = fields.filter(({ type }) => type === 'text');
	const told = [...numbers, ...texts].find(({ needs: asked }) => asked.every((need) => !missing.has(need)));
	return [
		choice('count', `${capital}: how many`, `With filters, in a window of time, or per month`, () =>
			newCount(id)
		),
		...numbers.map((field) =>
			choice(
				`sum:${field.id}`,
				`${capital}: ${field.label}, summed up`,
				'Also the average, the least and the most',
				() => newMeasure(id, 'sum', field),
				field
			)
		),
		...texts.map((field) =>
			choice(
				`distinct:${field.id}`,
				`${capital}: different values of ${field.label}`,
				`How many different ones a person has`,
				() => newMeasure(id, 'distinct', field),
				field
			)
		),
		...(told ? (['first', 'last'] as const) : []).map((among) =>
			choice(
				among,
				`${capital}: only the ${among}`,
				`What the ${among} ${one} of a person was like`,
				() => newEdge(id, among, told as SubjectField),
				told
			)
		)
	];
}

function profileChoice(field: SubjectField, missing: ReadonlySet<Need>): RuleChoice {
	const lacks = field.needs.filter((need) => missing.has(need));
	return {
		id: `profile:${field.id}`,
		label: upperFirst(field.label),
		hint: lacks.length > 0 ? lacksWords(lacks) : 'From a customers file',
		disabled: lacks.length > 0,
		make: () => newProfile(field)
	};
}

function segmentChoice(
	{ ref, name, members, problem }: RuleSegment,
	rings: ReadonlySet<SegmentRef>
): RuleChoice {
	const isRing = rings.has(ref);
	return {
		id: `segment:${ref}`,
		label: name,
		hint: isRing ? 'It would name itself.' : (problem ?? segmentKind(ref)),
		disabled: isRing || members === null,
		make: () => newSegment(ref)
	};
}

/** What kind of segment a ref names. */
export function segmentKind(ref: SegmentRef): string {
	if (ref.startsWith('group:')) return 'Group by recency and frequency';
	if (ref.startsWith('cluster:')) return 'Natural segment';
	return ref.startsWith('own:') ? 'A segment of yours' : 'A saved query';
}

function sequenceChoices({ subjects, missing }: ChoiceFacts): RuleChoice[] {
	const told = toldSubjects(subjects, missing).map(({ id }) => id);
	if (!told.includes('orders')) return [];
	const first: SubjectId = told.includes('events') ? 'events' : 'orders';
	return [
		{
			id: 'sequence',
			label: 'One thing after another',
			hint: 'Such as viewed something and bought it within 7 days, or did not',
			disabled: false,
			make: () => newSequence(first, 'orders')
		}
	];
}

/** What is missing, as a sentence. */
export function lacksWords(needs: readonly Need[]): string {
	return `Needs ${[...new Set(needs)].map(needWords).join(' and ')}.`;
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
