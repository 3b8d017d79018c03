import { addDays, daysBetween, type Day } from '#lib/core/days.ts';
import { listsOf, type SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { setAsOf, setDates, type Edit } from '#lib/recipe/edits.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';

/** How old the newest record of a source is, and whether it may be. */
export interface Freshness {
	/** `ahead`: it lies after today. `undated`: the source has no dates, or nothing was read of it. */
	readonly state: 'fresh' | 'stale' | 'unlimited' | 'ahead' | 'undated';
	readonly newest: Day | null;
	/** Whole days; null where it is undated. */
	readonly ageDays: number | null;
	/** What the user allows; null for any age. */
	readonly maxAgeDays: number | null;
}

/** A source whose newest record is older than it may be. */
export interface StaleSource {
	/** Id of the series. */
	readonly series: string;
	/** Its newest file. */
	readonly fileName: string;
	readonly newest: Day;
	readonly ageDays: number;
	readonly maxAgeDays: number;
}

/** What freshness depends on. */
export interface Dated {
	readonly recipe: Pick<Recipe, 'import'>;
	readonly clean: Pick<CleanResult, 'sources'> | null;
}

/** The calendar day of a moment, where this device is. */
export function todayOf(now: Date): Day {
	const year = String(now.getFullYear()).padStart(4, '0');
	const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
	return `${year}-${month}-${day}`;
}

/** How fresh a list is: the newest record of all its exports, against the limit that its newest export has. */
export function freshnessOf(list: SourceList, clean: Dated['clean'], today: Day): Freshness {
	const ids = new Set(list.sources.map(({ id }) => id));
	const days = (clean?.sources ?? []).flatMap(({ id, newest }) => (ids.has(id) && newest ? [newest] : []));
	const newest = days.sort().at(-1) ?? null;
	const { maxAgeDays } = list.sources[0].notes;
	if (newest === null) return { state: 'undated', newest, ageDays: null, maxAgeDays };
	const ageDays = daysBetween(newest, today);
	return { state: stateOf(ageDays, maxAgeDays), newest, ageDays, maxAgeDays };
}

/** The sources that are older than they may be, the most overdue first. None before the files are read. */
export function staleSources({ recipe, clean }: Dated, today: Day): StaleSource[] {
	return listsOf(recipe.import.sources)
		.flatMap((list): StaleSource[] => {
			const { state, newest, ageDays, maxAgeDays } = freshnessOf(list, clean, today);
			if (state !== 'stale' || newest === null || ageDays === null || maxAgeDays === null) return [];
			return [{ series: list.id, fileName: list.sources[0].fileName, newest, ageDays, maxAgeDays }];
		})
		.sort((a, b) => b.ageDays - b.maxAgeDays - (a.ageDays - a.maxAgeDays));
}

/** An order that is dated after today, and that everything is measured from. */
export interface FutureOrder {
	readonly lastOrder: Day;
	/** Leaves out the orders after today, and measures from the last that is left; null where none would be left. */
	readonly leaveOut: Edit | null;
}

/** The last order, where its date is after today and all is measured from it. A day more is allowed for time zones. */
export function futureOrder(
	{
		recipe,
		clean
	}: {
		readonly recipe: Pick<Recipe, 'clean' | 'features'>;
		readonly clean: Pick<CleanResult, 'firstOrder' | 'lastOrder'> | null;
	},
	today: Day
): FutureOrder | null {
	const lastOrder = clean?.lastOrder ?? null;
	const { asOf } = recipe.features;
	if (lastOrder === null || lastOrder <= addDays(today, 1)) return null;
	if (asOf !== null && asOf <= lastOrder) return null;
	const { dates } = recipe.clean;
	// They have been left out, and the files are being read again.
	if (dates.to !== null && dates.to <= addDays(today, 1)) return null;
	const isAnyLeft = (clean?.firstOrder ?? lastOrder) <= today && (dates.from ?? today) <= today;
	const leaveOut: Edit = (present) => setAsOf(null)(setDates({ ...present.clean.dates, to: today })(present));
	return { lastOrder, leaveOut: isAnyLeft ? leaveOut : null };
}

function stateOf(ageDays: number, maxAgeDays: number | null): Freshness['state'] {
	if (ageDays < 0) return 'ahead';
	if (maxAgeDays === null) return 'unlimited';
	return ageDays > maxAgeDays ? 'stale' : 'fresh';
}
