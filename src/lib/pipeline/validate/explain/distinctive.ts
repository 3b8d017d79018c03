import { columnOf, valuesAt } from '#lib/core/matrix.ts';
import { breathe } from '#lib/core/pause.ts';
import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import { featureMatrix, type FeatureTableName } from '#lib/pipeline/features/step.ts';
import { readCategories } from '../../segment/categories.ts';
import type { StepContext } from '../../step.ts';
import type { DistinctValue } from './compute.ts';

/** From this difference of chances on a feature is small, medium, large (Romano et al. 2006). */
export const SMALL = 0.147;
export const MEDIUM = 0.33;
export const LARGE = 0.474;

/** Of more customers than this a sample is compared. */
const MOST_ROWS = 50_000;
/** Numbers that are read and weighed at a time. */
const AT_A_TIME = 8;
/** Texts of a feature that are looked at: the most frequent ones that enough customers have. */
const MOST_TEXTS = 8;
const LEAST_TEXT_SHARE = 0.02;

/** A feature of numbers, or one text of a feature of texts, and how each cluster has it. */
export interface DistinctColumn {
	readonly feature: string;
	/** Null for numbers. */
	readonly text: string | null;
	readonly clusters: readonly DistinctValue[];
}

/** What is compared. */
export interface DistinctiveRequest {
	/** Every feature that the files can tell, with the table that it stands in. */
	readonly features: readonly (Pick<FeatureSummary, 'id' | 'kind'> & { readonly table: FeatureTableName })[];
	/** Of every customer, in the order of `idx`. */
	readonly labels: Uint8Array;
	readonly clusterCount: number;
	readonly seed: number;
}

/** How clusters differ from everyone else over the whole library. */
export interface Distinctive {
	/** In the order of the features. */
	readonly columns: readonly DistinctColumn[];
	/** Customers that were compared: all, or a sample. */
	readonly sample: number;
}

/** Compares every cluster with everyone else on every feature of the library, numbers and texts. */
export async function findDistinctive(
	{ engine, compute, signal, onProgress }: StepContext,
	{ features, labels, clusterCount, seed }: DistinctiveRequest
): Promise<Distinctive> {
	const rows = sampleWithoutReplacement(seeded(seed), MOST_ROWS, labels.length);
	const own = Uint8Array.from(valuesAt(labels, rows));
	const weigh = (columns: readonly Float64Array[]) =>
		compute.distinct({ columns, labels: own, clusterCount }, signal, () => undefined);
	const found = new Map<string, DistinctColumn[]>();
	let done = 0;
	const tell = (count: number): void =>
		onProgress({ what: 'Comparing every feature', share: (done += count) / features.length });
	const numbers = features.filter(({ kind }) => kind === 'number');
	for (let from = 0; from < numbers.length; from += AT_A_TIME) {
		const part = numbers.slice(from, from + AT_A_TIME);
		const tables = [...new Map(part.map(({ table }) => [table.join('.'), table])).values()];
		const ids = part.map(({ id }) => id);
		const data = await featureMatrix(engine, ids, signal, tables);
		const columns: Float64Array[] = [];
		for (const c of ids.keys()) {
			await breathe();
			columns.push(valuesAt(columnOf(data, c), rows));
		}
		const weighed = await weigh(columns);
		ids.forEach((feature, c) => found.set(feature, [{ feature, text: null, clusters: weighed[c] ?? [] }]));
		tell(part.length);
	}
	for (const { id: feature, table } of features.filter(({ kind }) => kind === 'text')) {
		const [texts] = await readCategories(engine, [feature], signal, table);
		await breathe();
		const codes = valuesAt(texts?.codes ?? [], rows);
		const shown = textsToCompare(codes, texts?.levels ?? []);
		const weighed = await weigh(shown.map(({ column }) => column));
		found.set(
			feature,
			shown.map(({ text }, c) => ({ feature, text, clusters: weighed[c] ?? [] }))
		);
		tell(1);
	}
	return { columns: features.flatMap(({ id }) => found.get(id) ?? []), sample: rows.length };
}

/** A column of 0 and 1 for each text that enough of those who have one have; NaN for all others. */
function textsToCompare(
	codes: Float64Array,
	levels: readonly string[]
): { readonly text: string; readonly column: Float64Array }[] {
	const counts = new Float64Array(levels.length);
	for (const code of codes) counts[code]! += 1;
	const none = levels.indexOf('');
	const told = codes.length - (counts[none] ?? 0);
	return [...levels.keys()]
		.filter((code) => code !== none && (counts[code] as number) >= told * LEAST_TEXT_SHARE)
		.slice(0, MOST_TEXTS)
		.map((code) => ({
			text: levels[code] as string,
			column: codes.map((each) => (each === none ? NaN : Number(each === code)))
		}));
}

/** What a difference means: how large it is for certain, that it is like everyone else for certain, or that it cannot be said. */
export type Standing = 'large' | 'medium' | 'small' | 'same' | 'unsure';

/**
 * How a cluster stands on a feature: by the end of the interval that is nearer to nothing; `same` when the whole interval is
 * below a small difference.
 */
export function standingOf({ delta: { value, low, high } }: Pick<DistinctValue, 'delta'>): Standing {
	if (!Number.isFinite(value)) return 'unsure';
	const least = low > 0 ? low : high < 0 ? -high : 0;
	if (least >= LARGE) return 'large';
	if (least >= MEDIUM) return 'medium';
	if (least >= SMALL) return 'small';
	return Math.max(-low, high) < SMALL ? 'same' : 'unsure';
}

/** The features that a cluster has like everyone else for certain: every text of them, where they are texts. */
export function likeEveryone(columns: readonly DistinctColumn[], cluster: number): Set<string> {
	const [same, others] = [new Set<string>(), new Set<string>()];
	for (const { feature, clusters } of columns) {
		const value = clusters[cluster];
		if (value) (standingOf(value) === 'same' ? same : others).add(feature);
	}
	return new Set([...same].filter((feature) => !others.has(feature)));
}
