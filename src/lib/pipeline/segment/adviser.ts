import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { ClusteringOutcome } from './cluster-step.ts';
import type { Look } from './compute.ts';
import { methodById } from './methods/index.ts';

/** What the choice of a method goes by: facts of the customers, the same whichever method is in use. */
export interface DataFacts extends Look {
	readonly customers: number;
	/** Numbers that are compared, and texts. */
	readonly features: number;
	readonly categories: number;
	/** The one text is there to split people by first. */
	readonly isStaged: boolean;
}

/** The fact that decides. */
export type AdviceReason =
	| 'texts'
	| 'inside-texts'
	| 'asked-stages'
	| 'no-groups'
	| 'stages-anyway'
	| 'outlying'
	| 'elongated'
	| 'uneven'
	| 'small'
	| 'large'
	| 'round'
	| 'simple';

/** A method by its id, with the fact that speaks for it. */
export interface Advised {
	readonly method: string;
	readonly reason: AdviceReason;
}

export interface MethodAdvice extends Advised {
	readonly runnerUp: Advised;
	readonly facts: DataFacts;
}

/** Up to here segments are about round, and of like size; from there on long, and uneven. */
const ROUND = 1.75;
const LONG = 2.5;
const LIKE_SIZE = 4;
const UNEVEN = 10;
/** From here on people far out are many. */
const MANY_FAR = 0.02;
/** More than so many numbers leave no place dense, and more people take density methods too long. */
const MOST_DENSITY_FEATURES = 15;
const MOST_DENSITY_CUSTOMERS = 100_000;
/** Up to so many people a tree of all of them can be read. */
const TREE_CUSTOMERS = 5000;

/** The facts of the customers of a clustering, with what a look at them tells. */
export function factsOf({ data, result }: Pick<ClusteringOutcome, 'data' | 'result'>, look: Look): DataFacts {
	const { features, categories, method } = result;
	return {
		customers: data.rowCount,
		features: features.length,
		categories: categories.length,
		isStaged: method === 'stages' && categories.length > 0,
		...look
	};
}

/**
 * The method that fits the facts, first match: texts need k-prototypes, or stages where these were asked for; without groups
 * k-means cuts people who differ by degrees into slices; people far out, or segments of few, are left out by HDBSCAN where it
 * can work; long or uneven segments are those of a mixture; else k-means. The runner-up is the next that fits.
 */
export function adviseMethod(facts: DataFacts): MethodAdvice {
	const [first, second] = fitting(facts);
	return { ...(first as Advised), runnerUp: second as Advised, facts };
}

function fitting(facts: DataFacts): Advised[] {
	const { customers, features, outlyingShare: far, outlyingGroups } = facts;
	const found = fittingTexts(facts);
	if (!facts.hasGroups) {
		found.push({ method: 'kmeans', reason: 'no-groups' }, { method: 'stages', reason: 'stages-anyway' });
	}
	const canBeDense = features <= MOST_DENSITY_FEATURES && customers <= MOST_DENSITY_CUSTOMERS;
	if (canBeDense && (outlyingGroups > 0 || far >= MANY_FAR))
		found.push({ method: 'hdbscan', reason: 'outlying' });
	if (facts.elongation >= LONG) found.push({ method: 'mixture', reason: 'elongated' });
	else if (facts.sizeRatio >= UNEVEN) found.push({ method: 'mixture', reason: 'uneven' });
	const isRound = facts.elongation <= ROUND && facts.sizeRatio <= LIKE_SIZE;
	found.push({ method: 'kmeans', reason: isRound ? 'round' : 'simple' });
	found.push(
		customers <= TREE_CUSTOMERS
			? { method: 'hierarchical', reason: 'small' }
			: { method: 'mixture', reason: 'large' }
	);
	return found.filter(({ method }, i) => found.findIndex((other) => other.method === method) === i);
}

/** What takes texts: first what they were chosen for. */
function fittingTexts({ categories, isStaged }: DataFacts): Advised[] {
	if (categories === 0) return [];
	const compared: Advised = { method: 'k-prototypes', reason: 'texts' };
	return isStaged
		? [{ method: 'stages', reason: 'asked-stages' }, compared]
		: [compared, { method: 'stages', reason: 'inside-texts' }];
}

/** The advice in words: its facts, why the method, and what speaks for the runner-up. */
export function describeAdvice(
	{ facts, runnerUp, ...advised }: MethodAdvice,
	format: Format
): { readonly facts: string; readonly why: string; readonly runnerUp: string } {
	return {
		facts: describeFacts(facts, format),
		why: `${methodById(advised.method).label}: ${reasonWords(advised.reason, facts, format)}`,
		runnerUp: `Runner-up, ${methodById(runnerUp.method).label}: ${reasonWords(runnerUp.reason, facts, format)}`
	};
}

/** “9,214 customers, 7 features, two texts, one small group, 3% far out.” */
export function describeFacts(facts: DataFacts, format: Format): string {
	const { customers, features, categories, outlyingGroups, outlyingShare: far } = facts;
	const parts = [
		counted(customers, 'customer', format),
		counted(features, 'feature', format),
		...(categories > 0 ? [counted(categories, 'text', format)] : []),
		...(outlyingGroups > 0 ? [`${counted(outlyingGroups, 'outlying group', format)} of under 2%`] : []),
		...(far > 0 ? [`${format.percent(far)} of people far out`] : []),
		...(facts.hasGroups ? [] : ['no natural groups']),
		`segments ${format.ratio(facts.elongation)} as long as wide`
	];
	return `${parts.join(', ')}.`;
}

function reasonWords(reason: AdviceReason, facts: DataFacts, format: Format): string {
	switch (reason) {
		case 'texts':
			return `you compare ${counted(facts.categories, 'text', format)}, which it weighs beside the numbers.`;
		case 'inside-texts':
			return 'it splits people by one text first, and looks for groups inside each part.';
		case 'asked-stages':
			return 'you asked for groups inside each stage, which it alone looks for.';
		case 'no-groups':
			return 'people differ by degrees here, so any method makes slices; these are the easiest to explain.';
		case 'stages-anyway':
			return 'it splits people by a text first, which tells them apart where numbers do not.';
		case 'outlying':
			return `${outlyingWords(facts, format)}; it leaves out who belongs nowhere instead of bending segments to them.`;
		case 'elongated':
			return `segments are ${format.ratio(facts.elongation)} as long as wide; it lets each segment have its own shape.`;
		case 'uneven':
			return `the largest segment has ${format.ratio(facts.sizeRatio)} the people of the smallest; it does not even sizes out.`;
		case 'small':
			return `with ${counted(facts.customers, 'customer', format)} the whole tree of groups within groups can be read.`;
		case 'large':
			return 'it says for everyone how surely they belong, and who stands between segments.';
		case 'round':
			return 'segments are about round and of like size, which is what it looks for; it is also the fastest.';
		case 'simple':
			return `it is the simplest to explain and the fastest${simpleBut(facts, format)}.`;
	}
}

/** Only what speaks for leaving people out. */
function outlyingWords({ outlyingShare: far, outlyingGroups }: DataFacts, format: Format): string {
	const parts = [
		...(far >= MANY_FAR ? [`${format.percent(far)} of people lie far out`] : []),
		...(outlyingGroups > 0
			? [
					`${counted(outlyingGroups, 'group', format)} of under 2% ${outlyingGroups === 1 ? 'stands' : 'stand'} apart`
				]
			: [])
	];
	return parts.join(' and ');
}

/** How far segments are from what k-means looks for. */
function simpleBut({ elongation, sizeRatio }: DataFacts, format: Format): string {
	if (elongation >= LONG)
		return '; segments are longer than the round ones it looks for, so look at their edges';
	if (sizeRatio >= UNEVEN) return '; it may cut the largest segment, as it looks for segments of like size';
	return elongation > ROUND
		? `; segments are ${format.ratio(elongation)} as long as wide, which it still copes with`
		: `; the largest segment has ${format.ratio(sizeRatio)} the people of the smallest, which it still copes with`;
}
