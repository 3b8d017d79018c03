import type { Format } from '#lib/core/format.ts';
import type { Retention, RetentionCell, RetentionRow } from '#lib/pipeline/segment/retention/schema.ts';
import type { CohortCell, CohortLabel } from '#lib/ui/charts/cohort-grid.ts';

/** A row of fewer people is too small to lead a finding. */
const FEWEST = 30;

/** What the cells of the triangle tell. */
export const METRICS = [
	{ value: 'share', label: 'Came back' },
	{ value: 'money', label: 'Money a month' },
	{ value: 'total', label: 'Money so far' }
] as const;
export type Metric = (typeof METRICS)[number]['value'];

/** A row of the triangle with what it is called. The first is everyone, who are in no single row. */
export interface ShownRow extends RetentionRow {
	readonly name: string;
	/** True for everyone together. */
	readonly isAll: boolean;
	readonly cells: readonly RetentionCell[];
}

/** Everyone, then each row; of everyone only months that have ended count. */
export function shownRows({ rows, cells }: Retention, nameOf: (key: string) => string): ShownRow[] {
	const own = rows.map((row) => ({
		...row,
		name: nameOf(row.key),
		isAll: false,
		cells: cells.filter(({ key }) => key === row.key)
	}));
	const all = {
		key: '',
		customers: rows.reduce((sum, { customers }) => sum + customers, 0),
		name: 'Everyone',
		isAll: true,
		cells: pooledCells(cells)
	};
	return [all, ...own];
}

/** All rows added up, by period, over the months that have ended. */
function pooledCells(cells: readonly RetentionCell[]): RetentionCell[] {
	const pooled = new Map<number, RetentionCell>();
	for (const cell of cells.filter(({ isComplete }) => isComplete)) {
		const sum = pooled.get(cell.period);
		pooled.set(cell.period, {
			key: '',
			period: cell.period,
			eligible: cell.eligible + (sum?.eligible ?? 0),
			customers: cell.customers + (sum?.customers ?? 0),
			revenue: cell.revenue === null ? null : cell.revenue + (sum?.revenue ?? 0),
			isComplete: true
		});
	}
	return [...pooled.values()].sort((a, b) => a.period - b.period);
}

/** The number of a cell: a share of customers, or money per customer of the row, of that month or up to it. */
export function cellValue(row: ShownRow, cell: RetentionCell, metric: Metric): number {
	const per = (each: RetentionCell) => (each.eligible === 0 ? 0 : (each.revenue ?? 0) / each.eligible);
	if (metric === 'share') return cell.eligible === 0 ? 0 : cell.customers / cell.eligible;
	if (metric === 'money') return per(cell);
	return row.cells.filter(({ period }) => period <= cell.period).reduce((sum, each) => sum + per(each), 0);
}

/** What the chart draws. `most` is the value of the fullest colour: 1 of shares, else the largest money of a cell. */
export interface ShownCells {
	readonly cells: readonly CohortCell[];
	readonly most: number;
}

/** The cells as the chart draws them. The first month of “came back” is everyone by definition and has no colour. */
export function shownCells(rows: readonly ShownRow[], metric: Metric, format: Format): ShownCells {
	const isBase = (period: number) => metric === 'share' && period === 0;
	const valued = rows.flatMap((row, i) =>
		row.cells.map((cell) => ({ row, i, cell, value: cellValue(row, cell, metric) }))
	);
	const most = metric === 'share' ? 1 : Math.max(0, ...valued.map(({ value }) => value));
	const cells = valued.map(({ row, i, cell, value }) => ({
		row: i,
		col: cell.period,
		shade: isBase(cell.period) || most === 0 ? null : Math.max(0, value) / most,
		text: metric === 'share' ? format.percent(value, 0) : format.compactMoney(value),
		sentence: cellSentence(row, cell, metric, format),
		isPartial: !cell.isComplete
	}));
	return { cells, most };
}

/** A cell in words, such as `1 month later: 36% of 885 people, 324`. */
export function cellSentence(row: ShownRow, cell: RetentionCell, metric: Metric, format: Format): string {
	const when = periodWords(cell.period);
	const people = `${format.count(cell.eligible)} ${cell.eligible === 1 ? 'customer' : 'customers'}`;
	const open = cell.isComplete ? '' : ', the month has not ended';
	if (metric === 'share') {
		const share = format.percent(cell.eligible === 0 ? 0 : cell.customers / cell.eligible);
		return `${when}: ${share} of ${people} ordered (${format.count(cell.customers)})${open}`;
	}
	const money = format.money(cellValue(row, cell, metric));
	return `${when}: ${money} per customer${metric === 'total' ? ' so far' : ''}, of ${people}${open}`;
}

/** `the first month`, `1 month later`, `5 months later`. */
export function periodWords(period: number): string {
	if (period === 0) return 'the first month';
	return `${period} ${period === 1 ? 'month' : 'months'} later`;
}

/** The labels of the rows, with how many people are in each. */
export function rowLabels(rows: readonly ShownRow[], format: Format): CohortLabel[] {
	return rows.map(({ name, customers }) => ({ title: name, note: format.count(customers) }));
}

/** What the triangle says first: how many come back a month after their first, and the same people later. */
export function retentionFinding(retention: Retention, format: Format): { title: string; sub: string } {
	const [all, ...rows] = shownRows(retention, String);
	const one = all?.cells.find(({ period }) => period === 1);
	const span = `${format.month(retention.firstMonth)} to ${format.month(retention.lastMonth)}`;
	if (!all || !one || one.eligible === 0) {
		return {
			title: 'One month of orders: nobody can have come back yet.',
			sub: `Orders from ${span}. Retention needs a month that has ended after the first.`
		};
	}
	const many = `${format.count(all.customers)} ${all.customers === 1 ? 'customer' : 'customers'}, orders from ${span}.`;
	return {
		title: `${format.percent(one.customers / one.eligible)} of customers order again in the month after their first`,
		sub: [many, ...laterWords(rows, format)].join(' ')
	};
}

/** How the people whose first order is six months ago, else three, did in the first month and in the last of these. */
function laterWords(rows: readonly ShownRow[], format: Format): string[] {
	const at = (row: ShownRow, period: number) =>
		row.cells.find((cell) => cell.period === period && cell.isComplete);
	for (const period of [6, 3]) {
		const pairs = rows.flatMap((row) => {
			const [first, later] = [at(row, 1), at(row, period)];
			return first && later && first.eligible === later.eligible ? [{ first, later }] : [];
		});
		const eligible = pairs.reduce((sum, { later }) => sum + later.eligible, 0);
		if (eligible === 0) continue;
		const share = (of: 'first' | 'later') =>
			format.percent(pairs.reduce((sum, pair) => sum + pair[of].customers, 0) / eligible);
		const [when, months] = period === 6 ? ['sixth', 'six'] : ['third', 'three'];
		return [
			`Of the ${format.count(eligible)} whose first order is at least ${months} months ago, ${share('first')} did so in the first month after it and ${share('later')} in the ${when}.`
		];
	}
	return [];
}

/** Of a long history, the newest rows and the first columns; more would be nothing to look at. */
const MOST_ROWS = 60;
const MOST_PERIODS = 36;

/** The rows that are drawn, and how many rows and months are not. */
export function limitedRows(rows: readonly ShownRow[]): {
	readonly rows: readonly ShownRow[];
	readonly rowsLeftOut: number;
	readonly periodsLeftOut: number;
} {
	const [all, ...others] = rows;
	const kept = others.slice(-MOST_ROWS);
	const drawn = all === undefined ? kept : [all, ...kept];
	const most = Math.max(0, ...drawn.map(({ cells }) => cells.length));
	return {
		rows: drawn.map((row) => ({ ...row, cells: row.cells.filter(({ period }) => period < MOST_PERIODS) })),
		rowsLeftOut: others.length - kept.length,
		periodsLeftOut: Math.max(0, most - MOST_PERIODS)
	};
}

/** What the triangle adds to that: the row that comes back most in the month after its first, among rows of some size. */
export function rowsFinding(rows: readonly ShownRow[], format: Format): string {
	const shares = rows.flatMap(({ name, isAll, cells }) => {
		const cell = cells.find(({ period, isComplete }) => period === 1 && isComplete);
		if (isAll || !cell || cell.eligible < FEWEST) return [];
		return [{ name, share: cell.customers / cell.eligible }];
	});
	const [first, ...others] = shares.sort((a, b) => b.share - a.share);
	const last = others.at(-1);
	if (!first || !last) return 'Who came back, month by month';
	const [most, least] = [format.percent(first.share), format.percent(last.share)];
	if (most === least) return `Every row comes back alike: ${most} a month later`;
	return `${first.name} came back most: ${most} a month later, ${last.name} least: ${least}`;
}
