import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';
import { phraseOf } from '#lib/pipeline/segment/rules/sentence/index.ts';
import type { AuditCount } from '#lib/pipeline/validate/audit/draw.ts';
import type { DistinctValue } from '#lib/pipeline/validate/explain/compute.ts';
import { standingOf, type DistinctColumn } from '#lib/pipeline/validate/explain/distinctive.ts';
import type { Fidelity } from '#lib/pipeline/validate/explain/fidelity.ts';
import type { Likeness } from '#lib/pipeline/validate/explain/neighbours.ts';
import { conditionOf } from '#lib/pipeline/validate/explain/rules.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';
import type { Detail, DriftedRule, FoundRules, Side } from '#lib/session/validate/explanation.svelte.ts';
import { classOf } from '#lib/stats/decision-tree.ts';
import { wilson } from '#lib/stats/wilson.ts';
import type { SplitNode } from '#lib/ui/charts/split-tree.ts';
import { featureAmount } from '../feature-words.ts';

export const DETAIL_WORDS: Readonly<Record<Detail, string>> = {
	short: 'Short rules',
	balanced: 'Balanced',
	exact: 'Exact rules'
};

/** The sentence that the screen opens with. */
export function explainFinding(found: FoundRules, format: Format): Finding {
	const ruled = found.rules.filter(({ rule }) => rule !== null);
	const everyone = found.predicted.length;
	const many = ruled.length === 1 ? 'One rule tells' : `${numberWord(ruled.length)} rules tell`;
	const all = found.right / Math.max(1, everyone);
	const { value, low, high } = wilson(found.unseen.right, found.unseen.of);
	const hasUnseen = found.unseen.of > 0;
	const [told, ...shares] = alikePercents(hasUnseen ? [all, value, low, high] : [all], format);
	const title = `${many} the segment of ${told ?? ''} of customers.`;
	const unseen = hasUnseen
		? ` Of customers whom the rules had not seen, ${shares[0] ?? ''} (95% interval ${shares[1] ?? ''} to ${shares[2] ?? ''}).`
		: '';
	const missing = found.rules.length - ruled.length;
	const none =
		missing === 0
			? ''
			: ` ${numberWord(missing)} ${missing === 1 ? 'segment has' : 'segments have'} no rule this short.`;
	return { title, sub: `A small decision tree learned to tell the segments apart.${unseen}${none}` };
}

/** Above this share, whole percentages tell too little apart. */
const NEARLY_ALL = 0.95;

/**
 * Shares that are read side by side, with equally many digits: whole ones, and above 95% one digit, or as many as keep a
 * share short of all from showing as 100%.
 */
export function alikePercents(shares: readonly number[], format: Format): string[] {
	const short = shares.filter((share) => share > NEARLY_ALL && share < 1);
	if (short.length === 0) return shares.map((share) => format.percent(share));
	const digits = [1, 2].find((most) => short.every((share) => 1 - share > 0.5 * 10 ** -(2 + most))) ?? 3;
	const most = 1 - 10 ** -(2 + digits);
	return shares.map((share) =>
		share >= 1 ? format.percent(share) : format.percent(Math.min(share, most), digits)
	);
}

/** The chance of having more than somebody else, to a tenth of a percent: sure things are over 99.9%. */
export function chanceWords(chance: number, format: Format): string {
	if (chance > 0.999 && chance < 1) return `>${format.percent(0.999)}`;
	if (chance < 0.001 && chance > 0) return `<${format.percent(0.001)}`;
	return format.percent(chance);
}

/** The tree as the picture draws it. */
export function splitNodes(found: FoundRules, vocabulary: Vocabulary, format: Format): SplitNode[] {
	const nodes: SplitNode[] = [];
	const walk = (at: number, depth: number, text: string): void => {
		const node = found.tree[at];
		if (node === undefined) return;
		const customers = node.counts.reduce((sum, count) => sum + count, 0);
		const leaf = node.column < 0 ? classOf(node) : null;
		nodes.push({ id: String(at), depth, text, customers, parts: node.counts, leaf });
		if (node.column < 0) return;
		const say = (isLeft: boolean) => phraseOf(conditionOf(node, isLeft, found.columns), vocabulary);
		walk(node.left, depth + 1, say(true));
		walk(node.left + 1, depth + 1, say(false));
	};
	walk(0, 0, `All ${counted(found.learned, 'customer', format)}`);
	return nodes;
}

/** How a rule does: “Finds 94% of the segment; 91% of whom it names are in it.” */
export function fidelityWords({ coverage, precision, inRule }: Fidelity, format: Format): string {
	if (inRule === 0) return 'The rule holds of nobody.';
	return `Finds ${format.percent(coverage)} of the segment; ${format.percent(precision)} of those it names are in it.`;
}

/** Those in both first. */
export const SIDES: readonly Side[] = ['both', 'missed', 'extra'];

/** How many people are on a side. */
export function sideCount(
	{ members, inRule, both }: Pick<Fidelity, 'members' | 'inRule' | 'both'>,
	side: Side
): number {
	if (side === 'both') return both;
	return side === 'missed' ? members - both : inRule - both;
}

/** From this overlap on, a rule still is about the people of its segment: the line that stability has too. */
export const HOLDS_AT = 0.7;

/** An overlap that fell by more than this has changed. */
const SLIPPED = 0.1;

/** What became of a rule that was kept. */
export function driftWords(
	{ now, then, cluster }: DriftedRule,
	nameOf: (cluster: number) => string,
	format: Format
): { readonly kind: 'trust' | 'care' | 'stop'; readonly word: string; readonly text: string } {
	if (now === null)
		return { kind: 'care', word: 'Not known', text: 'The rule cannot be asked of this data.' };
	const elsewhere =
		now.best !== null && now.best.cluster !== cluster
			? ` It now meets ${nameOf(now.best.cluster)} best (${format.decimal(now.best.fidelity.overlap, 2)}).`
			: '';
	if (cluster === null || now.own === null) {
		const text = `There is another number of segments now, so the one it was made for is gone.${elsewhere}`;
		return { kind: 'care', word: 'Its segment is gone', text };
	}
	const { overlap } = now.own;
	const change = `Overlap ${format.decimal(overlap, 2)}, ${format.decimal(then, 2)} when it was made.${elsewhere}`;
	if (overlap >= HOLDS_AT) return { kind: 'trust', word: 'Still the same people', text: change };
	if (then < HOLDS_AT && overlap >= then - SLIPPED)
		return { kind: 'care', word: 'As loose as it was', text: `${change} It never met the segment closely.` };
	return { kind: 'stop', word: 'Drifted', text: `${change} Make the rule again, or look at who differs.` };
}

/** A column of the library, and how the segment has it. */
export interface Distinguished {
	readonly id: string;
	readonly feature: FeatureSummary;
	/** Null for numbers. */
	readonly text: string | null;
	readonly value: DistinctValue;
	readonly standing: ReturnType<typeof standingOf>;
}

/** Everything that was compared of a segment, what stands out most first. */
export function distinguished(
	columns: readonly DistinctColumn[],
	cluster: number,
	features: ReadonlyMap<string, FeatureSummary>
): Distinguished[] {
	return columns
		.flatMap(({ feature: id, text, clusters }) => {
			const [feature, value] = [features.get(id), clusters[cluster]];
			if (!feature || !value) return [];
			return [{ id: `${id} ${text ?? ''}`, feature, text, value, standing: standingOf(value) }];
		})
		.toSorted((a, b) => surely(b.value) - surely(a.value));
}

/** The end of the interval that is nearer to nothing; 0 where it holds nothing. */
function surely({ delta: { low, high } }: DistinctValue): number {
	return low > 0 ? low : high < 0 ? -high : 0;
}

/** A typical value in the unit of the feature. */
export function typicalWords({ feature, text }: Distinguished, value: number, format: Format): string {
	return text === null ? featureAmount(feature, value, format) : format.percent(value);
}

/** “Orders: 8 orders, everyone else 2 orders.” */
export function distinctWords(entry: Distinguished, format: Format): string {
	const { value, text, feature } = entry;
	const [own, others] = [value.typical, value.typicalOthers].map((each) => typicalWords(entry, each, format));
	const what = text === null ? feature.label : `${feature.label} is ${text}`;
	return `${what}: ${own ?? ''}, everyone else ${others ?? ''}`;
}

const STANDING_WORDS = {
	large: 'large',
	medium: 'medium',
	small: 'small',
	same: 'like everyone else',
	unsure: 'cannot be told'
} as const;

/** How large a difference is, in words. */
export function standingWords({
	standing,
	value,
	text
}: Pick<Distinguished, 'standing' | 'value' | 'text'>): string {
	const size = STANDING_WORDS[standing];
	if (standing === 'same' || standing === 'unsure') return size;
	const [more, less] = text === null ? ['more', 'less'] : ['more common', 'rarer'];
	return `${value.delta.value > 0 ? more : less} here, a ${size} difference`;
}

/** What the panel on what stands out is called. */
export function distinctTitle(name: string, entries: readonly Distinguished[], format: Format): string {
	const [first] = entries.filter(({ standing }) => standing !== 'same' && standing !== 'unsure');
	if (!first) return `Nothing sets ${name} apart for certain`;
	return `What sets ${name} apart most. ${distinctWords(first, format)}`;
}

/** How alike two segments are: “0.8 deviations apart, mostly by Orders (more)”. */
export function likenessWords(
	{ distance, apart }: Likeness,
	labelOf: (feature: string) => string,
	format: Format
): string {
	const far = `${format.decimal(distance, 1)} deviations apart`;
	if (apart === null || apart.difference === 0) return far;
	return `${far}, mostly by ${labelOf(apart.feature)} (${apart.difference > 0 ? 'more' : 'less'} here)`;
}

/** What the panel on neighbours is called. `between`: people who are nearly as near to the nearest one; null while not known. */
export function neighboursTitle(
	name: string,
	nearest: string | null,
	between: number | null,
	format: Format
): string {
	if (nearest === null) return `${name} has no neighbours`;
	const alike = `${name} is most like ${nearest}`;
	if (between === null) return alike;
	if (between === 0) return `${alike}, yet nobody could be in either`;
	return `${alike}; ${counted(between, 'person', format, 'people')} could be in either`;
}

/** What an audit says by now. */
export function auditFinding({ fits, doesNotFit, unsure, left, share }: AuditCount, format: Format): string {
	const told = fits + doesNotFit;
	if (told + unsure === 0) return `${left} people to look at: do they belong together?`;
	const rest = left === 0 ? '' : ` ${left} to go.`;
	const open = unsure === 0 ? '' : ` ${unsure} could not be told.`;
	if (told === 0) return `Nothing can be told yet.${open}${rest}`;
	return `${fits} of ${told} fit: ${format.percent(share.value)}, somewhere between ${format.percent(share.low)} and ${format.percent(share.high)}.${open}${rest}`;
}
