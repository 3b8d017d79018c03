import type { Matrix } from '#lib/core/matrix.ts';
import type { Progress } from '#lib/core/progress.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { readCategories } from '#lib/pipeline/segment/categories.ts';
import type { Rule, SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { ruleColumns } from '#lib/pipeline/validate/explain/columns.ts';
import type { Neighbours, RuleLimits, RuleTree } from '#lib/pipeline/validate/explain/compute.ts';
import { findDistinctive, type Distinctive } from '#lib/pipeline/validate/explain/distinctive.ts';
import { driftOf, fidelities, type Drift, type Fidelity } from '#lib/pipeline/validate/explain/fidelity.ts';
import { likenesses, type Likeness } from '#lib/pipeline/validate/explain/neighbours.ts';
import { comesTo, conditionCount, rulesOf, type RuleColumn } from '#lib/pipeline/validate/explain/rules.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import { BackgroundAnswer, type Asked } from '../segments/background-answer.svelte.ts';
import { selectRows } from '../segments/draft-people.ts';
import type { Validation } from './validation.svelte.ts';

/** How much rules may say: short ones are read faster, long ones find people more exactly. */
export const DETAILS = ['short', 'balanced', 'exact'] as const;
export type Detail = (typeof DETAILS)[number];

/** Of more customers than this, rules are learned from a sample. */
const MOST_LEARNED = 20_000;

/** The rule of a natural segment. */
export interface SegmentRule {
	readonly cluster: number;
	/** Null where the tree tells nobody of the segment from others. */
	readonly rule: Rule | null;
	readonly conditions: number;
	readonly fidelity: Fidelity;
}

/** The rules of a clustering, and how they do. */
export interface FoundRules extends RuleTree {
	/** What was asked of each customer, one column each. */
	readonly data: Matrix;
	readonly columns: readonly RuleColumn[];
	readonly rules: readonly SegmentRule[];
	/** Customers whose rule gives their own segment. */
	readonly right: number;
}

/** A living rule that stands for a natural segment, and what became of it. */
export interface DriftedRule {
	/** Id of the own segment. */
	readonly id: string;
	readonly name: string;
	readonly segment: SegmentRef;
	/** The overlap with the segment when the rule was made. */
	readonly then: number;
	/** The segment it was made for, as a cluster of today; null: there is none such now. */
	readonly cluster: number | null;
	/** Null while nobody knows who is in it. */
	readonly now: Drift | null;
}

/** Which people: those in both, those of the segment whom the rule misses, those of the rule who are not of the segment. */
export type Side = 'both' | 'missed' | 'extra';

/** What makes each natural segment: rules, features that stand out, neighbours, and what became of rules that were kept. */
export class Explanation {
	readonly #of: Validation;
	detail = $state<Detail>('balanced');
	/** The segment that is looked at closely. */
	#chosen = $state(0);
	progress = $state.raw<Progress | null>(null);
	readonly rules: BackgroundAnswer<FoundRules>;
	readonly distinctive: BackgroundAnswer<Distinctive>;
	readonly neighbours: BackgroundAnswer<Neighbours>;

	constructor(of: Validation) {
		this.#of = of;
		this.rules = new BackgroundAnswer(of.turns, {
			asked: () => this.#asked(this.detail),
			make: (stop) => this.#findRules(stop)
		});
		this.distinctive = new BackgroundAnswer(of.turns, {
			asked: () => (of.session.featureLibrary.isWhole ? this.#asked('distinctive') : null),
			make: (stop) => this.#findDistinctive(stop)
		});
		this.neighbours = new BackgroundAnswer(of.turns, {
			asked: () => this.#asked('neighbours'),
			make: (stop) => this.#findNeighbours(stop)
		});
	}

	/** The segment that is looked at closely. */
	get chosen(): number {
		const count = this.#of.session.clustering?.result.clusterCount ?? 0;
		return this.#chosen < count ? this.#chosen : 0;
	}

	choose(cluster: number): void {
		this.#chosen = cluster;
	}

	/** What the chosen segment is most like. */
	readonly likenesses: readonly Likeness[] = $derived.by(() =>
		likenesses(this.#of.session.clustering?.result.profiles ?? [], this.chosen)
	);

	/** Every feature that the files can tell, by id. */
	readonly features: ReadonlyMap<string, FeatureSummary> = $derived.by(
		() => new Map(this.#of.session.featureLibrary.all.map((feature) => [feature.id, feature]))
	);

	/** The rules that were kept for natural segments. */
	readonly drifted: readonly DriftedRule[] = $derived.by(() => {
		const { recipe, clustering, labels, ownLists } = this.#of.session;
		const clusterCount = clustering?.result.clusterCount ?? 0;
		return recipe.segment.own.segments.flatMap((segment) => {
			if (segment.kind !== 'rule' || segment.of === null) return [];
			const cluster = clusterOf(segment.of.segment, clusterCount);
			const rows = ownLists.get(segment.id);
			const now = labels && rows ? driftOf(rows, labels, clusterCount, cluster) : null;
			const { id, name } = segment;
			return [{ id, name, segment: segment.of.segment, then: segment.of.fidelity, cluster, now }];
		});
	});

	/** Opens the rule of a segment in the rule builder; what is kept of it there stands for the segment. */
	open(rule: SegmentRule): void {
		if (rule.rule === null) return;
		const { segmentation } = this.#of.session;
		segmentation.draft.open(rule.rule, this.#nameOf(rule.cluster), null, this.#standsFor(rule));
	}

	/** Keeps the rule of a segment as a living rule; the answer is the name that it got. */
	keep(rule: SegmentRule): string {
		const { session } = this.#of;
		if (rule.rule === null) return '';
		const id = nextSegmentId(session.recipe, [...session.history.past, ...session.history.future]);
		const name = this.#nameOf(rule.cluster);
		session.edit(addSegment(id, { kind: 'rule', name, rule: rule.rule, of: this.#standsFor(rule) }));
		return session.recipe.segment.own.segments.at(-1)?.name ?? name;
	}

	/** The name of the own segment that has this rule; null where none has. */
	keptAs({ rule }: SegmentRule): string | null {
		const text = JSON.stringify(rule);
		const { segments } = this.#of.session.recipe.segment.own;
		const found = segments.find((each) => each.kind === 'rule' && JSON.stringify(each.rule) === text);
		return found?.name ?? null;
	}

	/** Picks people of a segment and of its rule. */
	pickBySide({ cluster }: SegmentRule, side: Side, title: string): Promise<void> {
		const predicted = this.rules.now?.predicted;
		return this.#pickWhere(title, (label, row) => {
			const [isMember, isInRule] = [label === cluster, predicted?.[row] === cluster];
			return sideOf(isMember, isInRule) === side;
		});
	}

	/** Picks everyone who comes to a node of the tree. */
	pickNode(node: number, title: string): Promise<void> {
		const found = this.rules.now;
		if (found === null) return Promise.resolve();
		const isPicked = comesTo(found.tree, found.data, node);
		return this.#pickWhere(title, (_, row) => isPicked(row));
	}

	/** Picks people of a rule that was kept and of its segment of today. */
	pickDrifted({ id, cluster }: DriftedRule, side: Side, title: string): Promise<void> {
		const rows = new Set(this.#of.session.ownLists.get(id));
		return this.#pickWhere(title, (label, row) => sideOf(label === cluster, rows.has(row)) === side);
	}

	/** Picks the people of a segment who are nearly as near to another one. */
	pickBetween(cluster: number, other: number, title: string): Promise<void> {
		const found = this.neighbours.now;
		return this.#pickWhere(
			title,
			(label, row) => label === cluster && found?.next[row] === other && found.isBetween[row] === 1
		);
	}

	async #pickWhere(title: string, isPicked: (label: number, row: number) => boolean): Promise<void> {
		const { labels } = this.#of.session;
		if (labels === null) return;
		const rows: number[] = [];
		labels.forEach((label, row) => {
			if (isPicked(label, row)) rows.push(row);
		});
		await selectRows(this.#of.session, title, Int32Array.from(rows));
	}

	#nameOf(cluster: number): string {
		return `${this.#of.session.nameOf(cluster)} (rule)`;
	}

	#standsFor({ cluster, fidelity }: SegmentRule): { segment: SegmentRef; fidelity: number } {
		const clusterCount = this.#of.session.clustering?.result.clusterCount ?? 0;
		return { segment: `cluster:${clusterCount}:${cluster}`, fidelity: fidelity.overlap };
	}

	#asked(key: string): Asked | null {
		const { busy, clustering, labels } = this.#of.session;
		return busy || clustering === null || labels === null ? null : { key, basis: clustering };
	}

	/** The clustering that is shown. Only called when there is one. */
	get #outcome() {
		const { clustering } = this.#of.session;
		if (clustering === null) throw new Error('there are no natural segments');
		return clustering;
	}

	async #findRules(stop: AbortSignal): Promise<FoundRules> {
		const { runner } = this.#of.session;
		const { result, labels, data } = this.#outcome;
		const texts = await readCategories(runner.engine, result.categories, stop);
		const { data: asked, columns } = ruleColumns(data, result.features, texts);
		const { clusterCount, seed } = result;
		const input = {
			data: asked,
			labels,
			clusterCount,
			limits: limitsFor(this.detail, clusterCount),
			mostRows: MOST_LEARNED,
			seed
		};
		const tree = await this.#telling((onProgress) => runner.compute.ruleTree(input, stop, onProgress));
		const measured = fidelities(labels, tree.predicted, clusterCount);
		const rules = rulesOf(tree.tree, columns, clusterCount).map((rule, cluster) => ({
			cluster,
			rule,
			conditions: rule === null ? 0 : conditionCount(rule),
			fidelity: measured[cluster] as Fidelity
		}));
		return { ...tree, data: asked, columns, rules, right: measured.reduce((sum, { both }) => sum + both, 0) };
	}

	#findDistinctive(stop: AbortSignal): Promise<Distinctive> {
		const { featureLibrary, runner } = this.#of.session;
		const { result, labels } = this.#outcome;
		const features = featureLibrary.all.flatMap(({ id, kind }) => {
			const place = featureLibrary.placeOf(id);
			return place ? [{ id, kind, table: place.table }] : [];
		});
		const request = { features, labels, clusterCount: result.clusterCount, seed: result.seed };
		return this.#telling((onProgress) =>
			findDistinctive({ engine: runner.engine, compute: runner.compute, signal: stop, onProgress }, request)
		);
	}

	#findNeighbours(stop: AbortSignal): Promise<Neighbours> {
		const { compute } = this.#of.session.runner;
		const { result, labels, data } = this.#outcome;
		const { scaler, projection, profiles } = result;
		const centres = profiles.map(({ centroid, isNoise }) => (isNoise ? null : centroid));
		return compute.neighbours({ data, scaler, projection, centres, labels }, stop, () => undefined);
	}

	async #telling<Value>(work: (onProgress: (progress: Progress) => void) => Promise<Value>): Promise<Value> {
		try {
			return await work((progress) => (this.progress = progress));
		} finally {
			this.progress = null;
		}
	}
}

function sideOf(isMember: boolean, isInRule: boolean): Side | null {
	if (isMember) return isInRule ? 'both' : 'missed';
	return isInRule ? 'extra' : null;
}

/** The cluster of a ref, where the clustering of today has it. */
function clusterOf(ref: SegmentRef, clusterCount: number): number | null {
	const [, count, cluster] = /^cluster:(\d+):(\d+)$/.exec(ref) ?? [];
	return Number(count) === clusterCount ? Number(cluster) : null;
}

/** More segments need more leaves to be told apart. */
function limitsFor(detail: Detail, clusterCount: number): RuleLimits {
	switch (detail) {
		case 'short':
			return { maxDepth: 4, maxLeaves: clusterCount + 1, pruning: 0.002 };
		case 'balanced':
			return { maxDepth: 5, maxLeaves: Math.ceil(1.5 * clusterCount) + 1, pruning: 0.001 };
		case 'exact':
			return { maxDepth: 7, maxLeaves: 3 * clusterCount + 2, pruning: 0.0005 };
	}
}
