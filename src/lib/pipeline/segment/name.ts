import { plainWord } from './plain-words.ts';
import { valueOf } from './profile.ts';
import type { ClusterProfile } from './schema.ts';

type Profile = Pick<ClusterProfile, 'values'>;

/** Where a cluster stands on the three features that marketers know, in deviations from the average customer. */
interface Standing {
	/** Positive: longer ago than most. */
	readonly recency: number;
	readonly frequency: number;
	/** Null without amounts. */
	readonly spend: number | null;
	/** No other cluster's typical member spends clearly more. */
	readonly spendsMost: boolean;
	/** The typical member ordered once. */
	readonly orderedOnce: boolean;
}

/** A name, the standing it means, and when it would be a lie. */
interface Archetype {
	readonly name: string;
	readonly at: readonly [recency: number, frequency: number, spend: number];
	readonly holds: (standing: Standing) => boolean;
}

const spendIn = ({ spend }: Standing, low: number, high: number): boolean =>
	spend !== null && spend > low && spend < high;

const ARCHETYPES: readonly Archetype[] = [
	{
		name: 'Regulars',
		at: [-1.2, 1.8, 1.5],
		holds: ({ recency, frequency }) => recency < -0.5 && frequency > 0.8
	},
	{
		name: 'Most loyal',
		at: [-1.6, 2.8, 2.2],
		holds: ({ recency, frequency }) => recency < -1 && frequency > 1.8
	},
	{
		name: 'Active buyers',
		at: [-0.9, 1, 0.95],
		holds: ({ recency, frequency }) => recency < -0.3 && frequency > 0.3
	},
	{
		name: 'Rising buyers',
		at: [-1.65, 0.8, 0.8],
		holds: ({ recency, frequency }) => recency < -1.2 && frequency > 0.2 && frequency < 1.5
	},
	{
		name: 'Steady buyers',
		at: [-0.3, 1.1, 1.05],
		holds: ({ recency, frequency }) => Math.abs(recency) < 0.8 && frequency > 0.3
	},
	{
		name: 'New faces',
		at: [-1.2, -0.25, -0.2],
		holds: ({ recency, frequency }) => recency < -0.6 && frequency < 0.4
	},
	{
		name: 'Just arrived',
		at: [-1.55, -0.65, -0.7],
		holds: ({ recency, frequency }) => recency < -0.9 && frequency < -0.2
	},
	{
		name: 'Occasional buyers',
		at: [-0.5, 0, 0.1],
		holds: ({ recency, frequency }) => Math.abs(recency) < 0.9 && Math.abs(frequency) < 0.6
	},
	{
		name: 'Light buyers',
		at: [-0.1, -0.65, -0.7],
		holds: ({ recency, frequency }) => Math.abs(recency) < 0.7 && frequency < -0.2
	},
	{
		name: 'Big spenders',
		at: [0, 0.2, 1.8],
		holds: (standing) =>
			standing.spendsMost &&
			spendIn(standing, 0.8, Infinity) &&
			(standing.spend ?? 0) > standing.frequency + 0.5
	},
	{
		name: 'Small, frequent orders',
		at: [-0.6, 1.3, 0.2],
		holds: (standing) => standing.frequency > 0.6 && spendIn(standing, -Infinity, standing.frequency - 0.6)
	},
	{
		name: 'Cooling spenders',
		at: [0.3, 0.2, 0.4],
		holds: (standing) => standing.recency > 0 && standing.recency < 0.8 && spendIn(standing, 0.1, Infinity)
	},
	{
		name: 'Quiet buyers',
		at: [0.5, -0.5, -0.5],
		holds: ({ recency, frequency }) => recency > 0.2 && frequency < 0
	},
	{
		name: 'Lapsed spenders',
		at: [0.9, 0.2, 0.5],
		holds: (standing) => standing.recency > 0.5 && spendIn(standing, 0.2, Infinity)
	},
	{
		name: 'Lapsed regulars',
		at: [0.8, 1.1, 0.9],
		holds: ({ recency, frequency }) => recency > 0.4 && frequency > 0.5
	},
	{
		name: 'Lapsed buyers',
		at: [1, -0.1, -0.1],
		holds: ({ recency, orderedOnce }) => recency > 0.5 && !orderedOnce
	},
	{
		name: 'One and done',
		at: [0.8, -0.75, -0.7],
		holds: ({ recency, orderedOnce }) => recency > 0.2 && orderedOnce
	},
	{
		name: 'One small order',
		at: [0.9, -0.8, -1.4],
		holds: (standing) => standing.recency > 0.2 && standing.orderedOnce && spendIn(standing, -Infinity, -0.9)
	},
	{
		name: 'One big order',
		at: [0.5, -0.8, 0.9],
		holds: (standing) => standing.orderedOnce && spendIn(standing, 0.4, Infinity)
	}
];

/** From so many times as much on, one cluster spends clearly more than another. */
const CLEARLY_MORE = 1.1;

/** An effect below this is no difference worth a word. */
const NOTABLE = 0.25;

/**
 * A short name for each cluster, each used once. Where days since the last order and the number of orders were compared,
 * the names are those a marketer would give: of all names that are true of a cluster (`holds`), clusters and names are
 * matched nearest first in the space of effects; ties by cluster, then by the list. A cluster without a true name left,
 * and every cluster when other features were compared, is named by what sets it apart most: “High order value, low items
 * per order”.
 *
 * @param labelOf what a feature is called
 */
export function nameClusters(profiles: readonly Profile[], labelOf: (feature: string) => string): string[] {
	const spends = profiles.map((profile) => valueOf(profile, 'monetary_total')?.median ?? -Infinity);
	const mostSpend = Math.max(...spends);
	const names = matchArchetypes(profiles.map((profile) => standingOf(profile, mostSpend)));
	const taken = new Set(names.filter((name) => name !== null));
	return names.map((name, cluster) => {
		const chosen = name ?? wordsFor((profiles[cluster] as Profile).values, labelOf, taken);
		taken.add(chosen);
		return chosen;
	});
}

function standingOf(profile: Profile, mostSpend: number): Standing | null {
	const recency = valueOf(profile, 'recency_days');
	const frequency = valueOf(profile, 'frequency');
	if (recency === undefined || frequency === undefined) return null;
	const spend = valueOf(profile, 'monetary_total');
	return {
		recency: recency.effect,
		frequency: frequency.effect,
		spend: spend?.effect ?? null,
		spendsMost: spend !== undefined && spend.median * CLEARLY_MORE >= mostSpend,
		orderedOnce: frequency.median <= 1
	};
}

function matchArchetypes(standings: readonly (Standing | null)[]): (string | null)[] {
	const pairs = standings.flatMap((standing, cluster) =>
		ARCHETYPES.flatMap((archetype) =>
			standing !== null && archetype.holds(standing)
				? [{ cluster, name: archetype.name, distance: distance(standing, archetype) }]
				: []
		)
	);
	const names: (string | null)[] = standings.map(() => null);
	// The sort is stable: equal distances stay by cluster, then by the list.
	for (const { cluster, name } of pairs.sort((a, b) => a.distance - b.distance)) {
		if (names[cluster] === null && !names.includes(name)) names[cluster] = name;
	}
	return names;
}

function distance({ recency, frequency, spend }: Standing, { at }: Archetype): number {
	return (recency - at[0]) ** 2 + (frequency - at[1]) ** 2 + (spend === null ? 0 : (spend - at[2]) ** 2);
}

/** Longer names are hard to read on a chart. */
const LONGEST = 28;
const CLOSE_TO_TYPICAL = 'Close to typical';

/**
 * What sets a cluster apart, in two parts at most: the strongest first, another pair when that is taken, then one alone, at
 * last a number.
 */
function wordsFor(
	values: Profile['values'],
	labelOf: (feature: string) => string,
	taken: ReadonlySet<string>
): string {
	const notable = values
		.filter(({ effect }) => Math.abs(effect) >= NOTABLE)
		.toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
	const parts = [...new Set(notable.map((value) => plainWord(value) ?? plainPart(value, labelOf)))];
	const pairs = parts.flatMap((first, i) => parts.slice(i + 1).map((second) => `${first}, ${second}`));
	const fitting = [...pairs, ...parts].filter(({ length }) => length <= LONGEST).map(upperFirst);
	const free = fitting.find((name) => !taken.has(name));
	if (free !== undefined) return free;
	const base = fitting[0] ?? cut(upperFirst(parts[0] ?? CLOSE_TO_TYPICAL));
	if (!taken.has(base)) return base;
	for (let number = 2; ; number += 1) if (!taken.has(`${base} ${number}`)) return `${base} ${number}`;
}

/** For a feature without a plain word. */
function plainPart(
	{ feature, effect }: Profile['values'][number],
	labelOf: (feature: string) => string
): string {
	return `${effect > 0 ? 'high' : 'low'} ${lowerFirst(labelOf(feature))}`;
}

/** Cut off after a word where it is too long. */
function cut(text: string): string {
	if (text.length <= LONGEST) return text;
	const start = text.slice(0, LONGEST - 1);
	return `${start.slice(0, Math.max(start.lastIndexOf(' '), LONGEST / 2)).trimEnd()}…`;
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}

function upperFirst(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
