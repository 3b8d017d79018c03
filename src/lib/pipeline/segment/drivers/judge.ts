import { rowsOf, type Matrix } from '#lib/core/matrix.ts';
import type { FeatureSummary } from '#lib/pipeline/features/schema.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import {
	MOST_MISSING,
	SHORT_LIST,
	type ColumnImportance,
	type Driver,
	type DriversResult,
	type DriverUnit,
	type ImportanceOutput,
	type Verdict
} from './schema.ts';

/** Features whose correlations are shown. */
const TOP = 10;

type Described = Pick<DriversResult, 'drivers' | 'units' | 'shortList' | 'top'>;

/** A feature with its numbers. */
interface Weighed extends ColumnImportance {
	readonly feature: FeatureSummary;
	readonly column: number;
}

/**
 * Says which features to use. Near-copies are one unit, for which the best of them speaks. A unit counts when its
 * importance is certainly more than nothing and more than that of the random column could be; of those, the ones that
 * matter most are the short list, unless they are missing for many or sensitive.
 * @param allowed sensitive features that the recipe permits
 */
export function describeDrivers(
	features: readonly FeatureSummary[],
	found: ImportanceOutput,
	allowed: ReadonlySet<string>
): Described {
	const weighed = found.columns.map((column, c): Weighed => ({
		...column,
		feature: features[c] as FeatureSummary,
		column: c
	}));
	const refusal = refusalOf(allowed);
	const units = unitsOf(weighed, found, refusal);
	const fit = units.filter(
		({ isAboveChance, members: [first] }) => isAboveChance && first && !refusal(first)
	);
	const listed = fit.slice(0, SHORT_LIST);
	const places = new Map(
		units.flatMap(({ members }, u) => members.map(({ column }) => [column, u] as const))
	);
	const order = (a: Weighed, b: Weighed): number =>
		(places.get(a.column) ?? units.length) - (places.get(b.column) ?? units.length) ||
		falling(a.importance, b.importance);
	const sorted = weighed.toSorted(order);
	const verdictOf = (each: Weighed): Verdict => {
		const unit = units[places.get(each.column) ?? -1];
		if (unit === undefined) return { kind: each.isConstant ? 'constant' : 'leak' };
		const [first] = unit.members;
		if (first !== undefined && first !== each) return { kind: 'copy', of: first.feature.id };
		if (!unit.isAboveChance) return { kind: tellsAlone(each, found.rows) ? 'shared' : 'chance' };
		const refused = refusal(each);
		return { kind: refused ?? (listed.includes(unit) ? 'listed' : 'beyond') };
	};
	return {
		drivers: sorted.map((each) => driverOf(each, verdictOf(each))),
		units: units.map(({ members, because, importance, isAboveChance }) => ({
			features: members.map(({ feature }) => feature.id),
			because,
			importance,
			isAboveChance
		})),
		shortList: listed.flatMap(({ members: [first] }) => (first ? [first.feature.id] : [])),
		top: topOf(sorted, found)
	};
}

/** So many of its deviations, which χ² has by chance, make information more than chance. */
const CLEAR = 3;

/**
 * True when a column tells something of the outcome on its own: a correlation whose interval leaves out 0, or information
 * that is clearly more than chance. Twice the information in nats times the rows is χ² by chance (Wilks 1938), with a mean of
 * its degrees of freedom, which the correction has taken off, and a variance of twice that; with ten tenths of the outcome
 * there are at most nine times as many as the feature has tenths more than one.
 */
function tellsAlone({ pearson, spearman, information, tenths }: Weighed, rows: number): boolean {
	const isClear = ({ low, high }: Interval): boolean => low > 0 || high < 0;
	const freedom = 9 * Math.max(1, tenths.length - 1);
	const excess = 2 * rows * information.bits * Math.LN2;
	return isClear(spearman) || isClear(pearson) || excess > CLEAR * Math.sqrt(2 * freedom);
}

type Refusal = 'sensitive' | 'missing' | null;

function refusalOf(allowed: ReadonlySet<string>): (each: Weighed) => Refusal {
	return ({ feature, missing }) => {
		if (feature.isSensitive && !allowed.has(feature.id)) return 'sensitive';
		return missing > MOST_MISSING ? 'missing' : null;
	};
}

interface Unit extends Omit<DriverUnit, 'features'> {
	readonly members: readonly Weighed[];
}

/** Near-copies together and the others alone, by falling importance. */
function unitsOf(
	weighed: readonly Weighed[],
	{ copies, probe }: ImportanceOutput,
	refusal: (each: Weighed) => Refusal
): Unit[] {
	const grouped = new Set(copies.flatMap(({ columns }) => columns));
	const unit = (members: readonly Weighed[], because: DriverUnit['because'], importance: Interval): Unit => ({
		members,
		because,
		importance,
		isAboveChance: importance.low > 0 && importance.value > probe.high
	});
	const alone = weighed.flatMap((each) =>
		each.importance !== null && !grouped.has(each.column) ? [unit([each], null, each.importance)] : []
	);
	const together = copies.map(({ columns, importance }) => {
		const members = weighed.filter(({ column }) => columns.includes(column));
		return unit(...bestFirst(members, refusal), importance);
	});
	return [...alone, ...together].sort((a, b) => falling(a.importance, b.importance));
}

/** The one that tells most comes first of those that may be used, and that nobody lacks where there is one. */
function bestFirst(
	members: readonly Weighed[],
	refusal: (each: Weighed) => Refusal
): [Weighed[], DriverUnit['because']] {
	const told = ({ information }: Weighed): number => information.share;
	const rank = (each: Weighed): number => {
		if (refusal(each) === 'sensitive') return 2;
		return each.missing === 0 ? 0 : 1;
	};
	const sorted = members.toSorted((a, b) => rank(a) - rank(b) || told(b) - told(a) || a.column - b.column);
	const [first] = sorted;
	const better = members.filter((each) => first !== undefined && told(each) > told(first));
	if (better.length === 0) return [sorted, 'tells-most'];
	return [sorted, better.some((each) => rank(each) === 1) ? 'less-missing' : 'not-sensitive'];
}

function driverOf({ feature, column: _, ...numbers }: Weighed, verdict: Verdict): Driver {
	const { id, label, unit, family, isSensitive } = feature;
	return { ...numbers, id, label, unit, family, isSensitive, verdict };
}

function topOf(sorted: readonly Weighed[], found: ImportanceOutput): DriversResult['top'] {
	const columns = sorted.slice(0, TOP).map(({ column }) => column);
	return {
		ids: sorted.slice(0, TOP).map(({ feature }) => feature.id),
		pearson: among(found.pearson, columns),
		spearman: among(found.spearman, columns)
	};
}

/** The rows and columns of some features of a square matrix. */
function among(matrix: Matrix, columns: readonly number[]): Matrix {
	const rows = rowsOf(matrix, columns);
	const values = Float64Array.from({ length: columns.length ** 2 }, (_, i) => {
		const row = Math.floor(i / columns.length);
		return rows.values[row * matrix.columnCount + (columns[i % columns.length] as number)] as number;
	});
	return { values, rowCount: columns.length, columnCount: columns.length };
}

/** What is lost more comes first; what took no part comes last. */
function falling(a: Interval | null, b: Interval | null): number {
	return (b?.value ?? -Infinity) - (a?.value ?? -Infinity) || 0;
}
