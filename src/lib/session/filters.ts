import { insideTest, type Outline } from '#lib/stats/inside-outline.ts';

/** What a chart lets through, as data that survives a rerun. Who has no value is not let through. */
export type Filter =
	| RangeFilter
	/** A brushed rectangle, all ends included. */
	| { readonly kind: 'box'; readonly x: Axis; readonly y: Axis }
	/** An outline drawn by hand. */
	| { readonly kind: 'outline'; readonly x: OutlineAxis; readonly y: OutlineAxis; readonly corners: Outline }
	/** The people of a natural segment. */
	| { readonly kind: 'segment'; readonly cluster: number };

/** Some bars of a histogram: values above `from` and not above `to`; null where it is open. */
export interface RangeFilter {
	readonly kind: 'range';
	readonly column: string;
	readonly from: number | null;
	readonly to: number | null;
}

/** One side of a brushed rectangle: a feature or a principal component, and the values it spans. */
export interface Axis {
	readonly column: string;
	readonly from: number;
	readonly to: number;
}

/** One axis of an outline. Its corners are values, or their natural logarithms on a logarithmic axis. */
export interface OutlineAxis {
	readonly column: string;
	readonly scale: 'log' | 'linear';
	/** Where zero and less lie on a logarithmic axis; null when there is no such value. */
	readonly floor: number | null;
}

/** What filters are asked of. */
export interface Filtered {
	/** The values behind an axis, by `idx`; undefined while they are not loaded. */
	readonly columnOf: (column: string) => ArrayLike<number> | undefined;
	/** The cluster of each customer. */
	readonly labels: Uint8Array | null;
}

/** Tells which customers a filter lets through; nobody while its values are not there. */
export function filterTest(filter: Filter, { columnOf, labels }: Filtered): (row: number) => boolean {
	switch (filter.kind) {
		case 'segment':
			return (row) => labels?.[row] === filter.cluster;
		case 'range': {
			const values = columnOf(filter.column);
			const [from, to] = [filter.from ?? -Infinity, filter.to ?? Infinity];
			if (!values) return () => false;
			// The lowest bars have no lower end: what is minus infinity is in them.
			if (filter.from === null) return (row) => (values[row] as number) <= to;
			return (row) => (values[row] as number) > from && (values[row] as number) <= to;
		}
		case 'box': {
			const [xs, ys] = [columnOf(filter.x.column), columnOf(filter.y.column)];
			if (!xs || !ys) return () => false;
			return (row) => within(xs[row] as number, filter.x) && within(ys[row] as number, filter.y);
		}
		case 'outline': {
			const [xs, ys] = [columnOf(filter.x.column), columnOf(filter.y.column)];
			if (!xs || !ys) return () => false;
			const isIn = insideTest(filter.corners);
			return (row) => isIn(measured(xs[row] as number, filter.x), measured(ys[row] as number, filter.y));
		}
	}
}

/** True for a value of a brushed side. */
export function within(value: number, { from, to }: Axis): boolean {
	return value >= from && value <= to;
}

function measured(value: number, { scale, floor }: OutlineAxis): number {
	if (scale === 'linear' || Number.isNaN(value)) return value;
	return value > 0 ? Math.log(value) : (floor ?? NaN);
}
