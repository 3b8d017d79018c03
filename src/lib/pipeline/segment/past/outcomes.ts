import { addDays, type Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { meanInterval } from '#lib/stats/student-t.ts';
import { wilson } from '#lib/stats/wilson.ts';
import { cellsOf } from '../rfm/group-table.ts';
import type { RfmAxis } from '../schema.ts';
import { countOutcomes, createOutcomes, type CountedBy } from './past.sql.ts';
import { HORIZONS, type BaseRate, type CellRate, type Horizon, type Outcome } from './schema.ts';

/** What outcomes are counted for. */
export interface OutcomeRequest {
	readonly day: Day;
	readonly clean: Pick<CleanResult, 'lastOrder' | 'hasAmount' | 'tables'>;
	readonly shape: {
		/** Group ids, in the order wanted. */
		readonly groups: readonly string[];
		readonly axes: readonly RfmAxis[];
		readonly levels: number;
		/** Null: the day has no segments. */
		readonly segmentCount: number | null;
	};
}

/** A row of `countOutcomes`: numbers by names such as `buyers60`. */
type Count = Readonly<Record<string, number | string | null>>;

/** Counts what the people of `features.past` did, for every horizon. Writes `segment.past_outcomes`. */
export async function outcomesOf(
	engine: Engine,
	{ day, clean, shape }: OutcomeRequest,
	signal: AbortSignal
): Promise<Outcome[]> {
	const hasSends = clean.tables.sends > 0;
	await engine.exec(createOutcomes(day, hasSends), signal);
	const frequency = shape.axes.includes('fm') ? 'fm' : 'f';
	const count = (by: CountedBy) => engine.rows<Count>(countOutcomes(by, frequency), signal);
	const [everyone] = await count('everyone');
	const groups = await count('group');
	const cells = await count('cell');
	const segments = shape.segmentCount === null ? null : await count('segment');
	return HORIZONS.map((horizon) => {
		const until = addDays(day, horizon);
		const isSeen = clean.lastOrder !== null && until <= addDays(clean.lastOrder, 1);
		if (!isSeen) return { horizon, until, seen: null };
		const rate = (found: Count | undefined) => rateOf(found, horizon, clean.hasAmount);
		const inCategory = (counts: readonly Count[], category: string) =>
			rate(counts.find((each) => each['category'] === category));
		const seen = {
			everyone: rate(everyone),
			groups: shape.groups.map((group) => inCategory(groups, group)),
			segments:
				segments &&
				Array.from({ length: shape.segmentCount ?? 0 }, (_, i) => inCategory(segments, String(i))),
			cells: cellRates(cells, shape.levels, rate),
			messaged: hasSends ? numberOf(everyone, `messaged${horizon}`) : null
		};
		return { horizon, until, seen };
	});
}

function cellRates(
	counts: readonly Count[],
	levels: number,
	rate: (found: Count | undefined) => BaseRate
): CellRate[] {
	return cellsOf({ levels, axes: ['r', 'f'] }).map(([r = 0, f = 0]) => ({
		r,
		f,
		...rate(counts.find((each) => each['r'] === r && each['f'] === f))
	}));
}

function rateOf(found: Count | undefined, horizon: Horizon, hasAmount: boolean): BaseRate {
	const customers = numberOf(found, 'customers');
	const buyers = numberOf(found, `buyers${horizon}`);
	const spent = numberOf(found, `spent${horizon}`);
	const mean = customers === 0 ? NaN : spent / customers;
	return {
		customers,
		buyers,
		share: wilson(buyers, customers),
		value: hasAmount ? meanInterval(customers, mean, numberOf(found, `deviation${horizon}`)) : null
	};
}

function numberOf(found: Count | undefined, name: string): number {
	return Number(found?.[name] ?? 0);
}
