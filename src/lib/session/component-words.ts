import type { Format } from '#lib/core/format.ts';
import type { Components } from '#lib/pipeline/segment/compute.ts';
import type { ScaledColumn } from '#lib/pipeline/segment/column-shapes.ts';
import { componentCount } from '#lib/stats/pca.ts';
import type { Scaling } from '#lib/stats/scale.ts';
import { numberWord, type Finding } from './findings.ts';
import { SCALING_WORDS } from './scaling-words.ts';

/** A feature takes part in what a component is called from this part of the largest loading on. */
const STRONG = 0.5;
/** From this share of a component's length on, one feature is nearly all of it. */
const NEARLY_ALL = 0.9;
const MOST_NAMED = 3;

/** The share of the variance that is kept unless the user says otherwise. */
export const DEFAULT_SHARE = 0.9;

/**
 * What a component is made of, from its loadings: “mostly orders and total spend, against days since the last order”.
 *
 * @param loadings one per feature; their squares add up to 1
 * @param names of the features, as in a list
 */
export function loadingWords(loadings: ArrayLike<number>, names: readonly string[]): string {
	const parts = names
		.map((name, i) => ({ name: inSentence(name), loading: loadings[i] ?? 0 }))
		.sort((a, b) => Math.abs(b.loading) - Math.abs(a.loading));
	const [first] = parts;
	if (first === undefined || first.loading === 0) return 'nothing';
	const strong = parts.filter(({ loading }) => Math.abs(loading) >= STRONG * Math.abs(first.loading));
	const along = strong.filter(({ loading }) => loading > 0 === first.loading > 0).map(({ name }) => name);
	const against = strong.filter(({ loading }) => loading > 0 !== first.loading > 0).map(({ name }) => name);
	if (names.length > 1 && first.loading ** 2 >= NEARLY_ALL) return `almost only ${first.name}`;
	if (along.length === names.length && names.length > 2) return `everything together: ${listOf(along)}`;
	const tail = against.length > 0 ? `, against ${listOf(against)}` : '';
	return `${names.length > 1 ? 'mostly ' : ''}${listOf(along)}${tail}`;
}

/** What the first components say together, as the screen opens with it. */
export function componentsFinding(
	{ explained, loadings }: Pick<Components, 'explained' | 'loadings'>,
	names: readonly string[],
	scaling: Scaling,
	share: number,
	format: Format
): Finding {
	const count = names.length;
	const on = `compared ${SCALING_WORDS[scaling].phrase}`;
	if (count < 2) {
		const sub = `${names[0] ?? 'It'} is ${on}. With two features or more, this page shows which of them go together.`;
		return { title: 'One feature is compared, so there is nothing to sum up.', sub };
	}
	const total = explained.reduce((sum, value) => sum + value, 0);
	if (total === 0)
		return { title: 'Everyone is alike in what is compared.', sub: 'There is nothing to sum up.' };
	const first = loadingWords(loadings.values.subarray(0, count), names);
	const sub = `${numberWord(count)} features, ${on}. The first component is ${first}.`;
	const kept = componentCount(explained, share);
	const held = explained.slice(0, kept).reduce((sum, value) => sum + value, 0);
	if (kept === count) {
		const all = count === 2 ? 'Both components' : `All ${numberWord(count).toLowerCase()} components`;
		return {
			title: `${all} are needed to hold ${format.percent(share)} of what tells customers apart.`,
			sub
		};
	}
	const verb = kept === 1 ? 'component holds' : 'components hold';
	return { title: `${numberWord(kept)} ${verb} ${format.percent(held)} of what tells customers apart.`, sub };
}

/** Skewness beyond which a shape is called lopsided. */
const LOPSIDED = 1;
/** So many times its even share of the weight is more than its share. */
const OUTWEIGHS = 1.5;

/** What the scale does to the features, as a finding: who outweighs the others, or what it evens out. */
export function scaleFinding(
	columns: readonly ScaledColumn[],
	names: readonly string[],
	format: Format
): string {
	const heaviest = largest(columns, ({ weight }) => weight);
	const { weight } = columns[heaviest] ?? { weight: 0 };
	if (columns.length > 1 && weight > OUTWEIGHS / columns.length)
		return `${names[heaviest] ?? ''} makes up ${format.percent(weight)} of all differences on this scale`;
	const skewed = largest(columns, ({ before }) => Math.abs(before.skewness) || 0);
	const column = columns[skewed];
	if (column === undefined || !(Math.abs(column.before.skewness) > LOPSIDED))
		return 'No feature is lopsided, so any scale tells much the same';
	const [from, to] = [column.before, column.after].map((shape) => skewText(shape.skewness, format));
	if (Math.abs(column.after.skewness) > LOPSIDED)
		return `${names[skewed] ?? ''} stays lopsided on this scale: a skew of ${to ?? ''}`;
	return `The scale evens out ${inSentence(names[skewed] ?? '')}: from a skew of ${from ?? ''} to ${to ?? ''}`;
}

/** A skew to one digit, without a minus sign before 0. */
export function skewText(skew: number, format: Format): string {
	return format.decimal(Math.abs(skew) < 0.05 ? 0 : skew, 1);
}

/**
 * The share to ask for so that exactly so many components are kept, short where it can be; null where they hold less than
 * half, which is too little to compare on.
 */
export function shareFor(explained: readonly number[], count: number): number | null {
	const held = (n: number): number => explained.slice(0, n).reduce((sum, share) => sum + share, 0);
	const [before, upTo] = [held(count - 1), Math.min(1, held(count))];
	if (upTo < 0.5) return null;
	const round = Math.max(0.5, Math.floor(upTo * 100) / 100);
	return round > before + 1e-6 ? round : upTo;
}

/** The name of a feature inside a sentence; abbreviations keep their capitals. */
export function inSentence(name: string): string {
	return /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

function largest<Item>(items: readonly Item[], size: (item: Item) => number): number {
	return items.reduce((best, item, i) => (size(item) > size(items[best] as Item) ? i : best), 0);
}

function listOf(names: readonly string[]): string {
	const shown = names.slice(0, MOST_NAMED);
	const rest = names.length - shown.length;
	if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
	return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}
