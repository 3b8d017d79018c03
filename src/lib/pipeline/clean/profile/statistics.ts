import { ID_ROLES } from '../operations/operation.ts';
import type { KindFacts } from './kind.ts';
import type { ColumnScan, ProfileFact } from './profile.sql.ts';
import {
	QUANTILES,
	type ColumnStatistics,
	type CountedText,
	type Outliers,
	type ProfileBin,
	type ProfiledColumn,
	type ProfileOptions,
	type ValueKind,
	type ValueSummary
} from './schema.ts';

const TOP_COUNT = 10;
const PATTERN_COUNT = 8;
/** Share of the cells that one shape must have for the others to be odd. */
const MAIN_SHAPE = 0.8;
/** Kinds whose values are written in one way. */
const FORMED: readonly ValueKind[] = ['id', 'date', 'phone'];

/** What the queries found about one column, sums over its parts. */
export interface CollectedFacts {
	readonly amounts: ReadonlyMap<string, number>;
	readonly top: readonly CountedText[];
	readonly patterns: readonly CountedText[];
	/** Counts of the bins that have values. */
	readonly bins: ReadonlyMap<number, number>;
}

/** Adds up the facts of all parts of a column. */
export function collectFacts(facts: readonly ProfileFact[]): CollectedFacts {
	const amounts = new Map<string, number>();
	const [top, patterns, bins] = [
		new Map<string, number>(),
		new Map<string, number>(),
		new Map<number, number>()
	];
	for (const { what, label, place, amount } of facts) {
		if (amount === null) continue;
		if (what === 'top') add(top, label ?? '', amount);
		else if (what === 'pattern') add(patterns, label ?? '', amount);
		else if (what === 'bin') add(bins, place, amount);
		else if (what === 'longest') amounts.set(what, Math.max(amounts.get(what) ?? 0, amount));
		else add(amounts, what, amount);
	}
	return { amounts, top: ranked(top), patterns: ranked(patterns), bins };
}

function add<Key>(counts: Map<Key, number>, key: Key, amount: number): void {
	counts.set(key, (counts.get(key) ?? 0) + amount);
}

/** The most frequent first; those of equal count as they came, which is by bytes. */
function ranked(counts: ReadonlyMap<string, number>): CountedText[] {
	return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}

/** The facts that tell the kind. */
export function kindFacts({ amounts }: CollectedFacts): KindFacts {
	const at = (name: string) => amounts.get(name) ?? 0;
	return {
		filled: at('filled'),
		distinct: at('distinct'),
		whole: at('whole'),
		zeroLed: at('zero_led'),
		longest: at('longest'),
		spaced: at('spaced'),
		answers: at('answers'),
		min: amounts.get('value_min') ?? null,
		max: amounts.get('value_max') ?? null
	};
}

/** What is known of a column besides its facts. */
type StatisticsExtras = Pick<ColumnStatistics, 'inheritedCount' | 'failedRules'> &
	Pick<ProfileOptions, 'readsDecimalIds'>;

/** A column in the words of the schema. */
export function statisticsOf(
	{ column, readAs }: ColumnScan,
	facts: CollectedFacts,
	kind: ValueKind,
	{ inheritedCount, failedRules, readsDecimalIds = false }: StatisticsExtras
): ColumnStatistics {
	const at = (name: string) => facts.amounts.get(name) ?? 0;
	const [filled, distinct] = [at('filled'), at('distinct')];
	const hasValues = kind === readAs;
	const firstShape = facts.patterns[0];
	const isShaped = FORMED.includes(kind) && (firstShape?.count ?? 0) >= filled * MAIN_SHAPE;
	return {
		column,
		kind,
		rows: at('rows'),
		missingCount: at('missing') - inheritedCount,
		inheritedCount,
		writtenMissingCount: at('written_missing'),
		filledCount: filled,
		distinctCount: distinct,
		unreadableCount: hasValues || readAs === null ? at('unreadable') : 0,
		blankEndsCount: at('blank_ends'),
		caseVariantCount: at('case_variants'),
		caseVariantRows: at('case_variant_rows'),
		repeatedCount: column.isKey ? filled - distinct : 0,
		futureCount: at('future'),
		impossibleCount: at('impossible'),
		failedRules,
		decimalIdCount: kind === 'id' && !(readsDecimalIds && isReadWhole(column, at)) ? at('decimal_ids') : 0,
		values: hasValues ? valuesOf(facts) : null,
		bins: hasValues ? binsOf(facts) : [],
		logBins: hasValues && at('bins_log') === 1,
		outliers: kind === 'number' ? outliersOf(facts) : null,
		top: (facts.top[0]?.count ?? 0) > 1 || distinct === 1 ? facts.top.slice(0, TOP_COUNT) : [],
		patterns: facts.patterns.slice(0, PATTERN_COUNT),
		oddPatternCount: isShaped && firstShape ? filled - firstShape.count : 0
	};
}

/** As the fix of ids decides: the whole column ends in `.0`. */
function isReadWhole({ role }: ProfiledColumn, at: (name: string) => number): boolean {
	const isId = ID_ROLES.some((each) => each === role);
	return isId && at('written_missing') === 0 && at('decimal_ids') === at('filled');
}

function valuesOf({ amounts }: CollectedFacts): ValueSummary | null {
	const [count, min, max, mean] = ['total', 'min', 'max', 'mean'].map((name) => amounts.get(`value_${name}`));
	if (!count || min === undefined || max === undefined || mean === undefined) return null;
	const [squares, cubes] = [amounts.get('value_squares') ?? 0, amounts.get('value_cubes') ?? 0];
	return {
		count,
		min,
		max,
		mean,
		sd: count > 1 ? Math.sqrt(squares / (count - 1)) : 0,
		skew: skewOf(count, squares, cubes),
		isWhole: amounts.get('value_is_whole') === 1,
		quantiles: QUANTILES.map((_, i) => amounts.get(`q${i}`) ?? min)
	};
}

/** G1 = g1 · √(n (n − 1)) / (n − 2), g1 = m3 / m2^1.5 of the population (Joanes and Gill 1998). */
function skewOf(count: number, squares: number, cubes: number): number {
	if (count < 3 || squares <= 0) return 0;
	const g1 = cubes / count / (squares / count) ** 1.5;
	return (g1 * Math.sqrt(count * (count - 1))) / (count - 2);
}

function binsOf({ amounts, bins }: CollectedFacts): ProfileBin[] {
	const [count, low, high] = [amounts.get('bins'), amounts.get('value_min'), amounts.get('bins_end')];
	if (!count || low === undefined || high === undefined) return [];
	const isLog = amounts.get('bins_log') === 1;
	const edge = (i: number) => (isLog ? low * (high / low) ** (i / count) : low + ((high - low) * i) / count);
	return Array.from({ length: count }, (_, bin) => ({
		from: edge(bin),
		to: bin === count - 1 ? high : edge(bin + 1),
		count: bins.get(bin) ?? 0
	}));
}

function outliersOf({ amounts }: CollectedFacts): Outliers | null {
	const [count, far, robust] = [amounts.get('beyond'), amounts.get('far'), amounts.get('robust')];
	const [low, high] = [amounts.get('q2'), amounts.get('q4')];
	if (count === undefined || low === undefined || high === undefined) return null;
	const reach = 1.5 * (high - low);
	return {
		low: low - reach,
		high: high + reach,
		count,
		farCount: far ?? 0,
		robustCount: robust ?? null
	};
}
