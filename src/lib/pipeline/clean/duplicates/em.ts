/*
 * The model of Fellegi and Sunter (A theory for record linkage, JASA 64, 1969) with the third class of Larsen and Rubin
 * (Iterative automated record linkage using mixture models, JASA 96, 2001): a pair is one person (a match), two people of
 * one household, or two others; in each field a pair is on level l with the probability m_l, h_l or u_l of its class.
 * Without the third class, families, who share name and address, would pass for matches. Estimated by expectation and
 * maximisation (Winkler 1988; as in Splink, Linacre et al. 2022, doi:10.23889/ijpds.v7i1.1794), with two samples:
 * `compared`, all pairs that some blocking rule brings together, and `random`, pairs drawn from all. Pairs in no block
 * count as two others. m, h and the shares of the classes come from `compared`, u from `random` less what in it is not of
 * the third class.
 */

/** Pairs that are on the same level in every field. Level 0: one of the two has no value, which tells nothing. */
export interface Pattern {
	readonly levels: readonly number[];
	readonly count: number;
}

/** Probabilities of the levels of each field; those of level 0 are 1 and stand for no evidence. */
type Levels = readonly (readonly number[])[];

export interface Model {
	readonly m: Levels;
	readonly h: Levels;
	readonly u: Levels;
	/** The share of all pairs that are one person. */
	readonly matches: number;
	/** The share of all pairs that are two people of one household. */
	readonly households: number;
}

/** What the estimate is made from. */
export interface Evidence {
	readonly compared: readonly Pattern[];
	readonly random: readonly Pattern[];
	/** Pairs of people there are. */
	readonly allPairs: number;
	/** m at the start, by field and level from 1 on; also what it is drawn to where few pairs are matches. */
	readonly priorM: Levels;
	/** The same for h; null for fields that households do not share: their h is u. */
	readonly priorH: readonly (readonly number[] | null)[];
}

/** A model with the number of rounds it took. */
export interface Estimate extends Model {
	readonly rounds: number;
}

const MOST_ROUNDS = 300;
/** The largest change of an m or h in a round that ends the search. */
const SETTLED = 1e-5;
/** How many pairs the priors of m and h weigh as: so many, and that share of the pairs that are found. */
const PRIOR_PAIRS = 10;
const PRIOR_SHARE = 0.1;
/** How many pairs of the random sample each level is given, so that none is impossible. */
const PRIOR_RANDOM = 0.5;

/** Estimates the model. With the same counts it gives the same numbers. */
export function estimate(evidence: Evidence): Estimate {
	const { random, allPairs, priorM, priorH } = evidence;
	const u = shares(random, priorM, () => 1);
	const few = Math.max(1, Math.sqrt(allPairs) / 100) / Math.max(2, allPairs);
	let model: Model = {
		m: priorM.map((levels) => [1, ...levels]),
		h: priorH.map((levels, field) => (levels === null ? (u[field] ?? []) : [1, ...levels])),
		u,
		matches: few,
		households: few
	};
	for (let rounds = 1; rounds <= MOST_ROUNDS; rounds += 1) {
		const next = maximise(model, evidence);
		const change = Math.max(largestChange(model.m, next.m), largestChange(model.h, next.h));
		model = next;
		if (change < SETTLED) return { ...model, rounds };
	}
	return { ...model, rounds: MOST_ROUNDS };
}

/** The probabilities that a pair on these levels is one person, and that it is a household (Bayes' rule). */
export function classOf(model: Model, levels: readonly number[]): { match: number; household: number } {
	let match = model.matches;
	let household = model.households;
	let other = 1 - match - household;
	for (let field = 0; field < levels.length; field += 1) {
		const level = levels[field] ?? 0;
		if (level === 0) continue;
		match *= model.m[field]?.[level] ?? 1;
		household *= model.h[field]?.[level] ?? 1;
		other *= model.u[field]?.[level] ?? 1;
	}
	const all = match + household + other;
	return all === 0 ? { match: 0, household: 0 } : { match: match / all, household: household / all };
}

/** One round: the classes by the model, and the model by the classes. */
function maximise(model: Model, { compared, random, allPairs, priorM, priorH }: Evidence): Model {
	const m = startCounts(priorM, model.matches * allPairs);
	const h = startCounts(priorH, model.households * allPairs);
	let [matches, households] = [0, 0];
	for (const { levels, count } of compared) {
		const { match, household } = classOf(model, levels);
		matches += match * count;
		households += household * count;
		addTo(m, levels, match * count);
		addTo(h, levels, household * count);
	}
	const u = shares(random, priorM, (levels) => {
		const { match, household } = classOf(model, levels);
		return 1 - match - household;
	});
	const shareOf = (pairs: number) => Math.min(0.4, Math.max(pairs, 0.5) / Math.max(2, allPairs));
	return {
		m: m.map(normalised),
		h: h.map((counts, field) => (priorH[field] === null ? (u[field] ?? []) : normalised(counts))),
		u,
		matches: shareOf(matches),
		households: shareOf(households)
	};
}

/** What the priors count as, where so many pairs were found. */
function startCounts(prior: Evidence['priorH'], found: number): number[][] {
	const pairs = PRIOR_PAIRS + PRIOR_SHARE * found;
	return prior.map((levels) => [0, ...(levels ?? []).map((share) => share * pairs)]);
}

/** The share of each level among weighted pairs. */
function shares(
	patterns: readonly Pattern[],
	like: Levels,
	weight: (levels: readonly number[]) => number
): number[][] {
	const counts = like.map((levels) => [0, ...levels.map(() => PRIOR_RANDOM)]);
	for (const { levels, count } of patterns) addTo(counts, levels, count * weight(levels));
	return counts.map(normalised);
}

function addTo(counts: number[][], levels: readonly number[], share: number): void {
	for (let field = 0; field < levels.length; field += 1) {
		const own = counts[field];
		const level = levels[field] ?? 0;
		if (own && level > 0) own[level] = (own[level] ?? 0) + share;
	}
}

function normalised(counts: readonly number[]): number[] {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return counts.map((count, level) => (level === 0 ? 1 : count / total));
}

function largestChange(before: Levels, after: Levels): number {
	let largest = 0;
	after.forEach((levels, field) =>
		levels.forEach((share, level) => {
			largest = Math.max(largest, Math.abs(share - (before[field]?.[level] ?? 0)));
		})
	);
	return largest;
}
