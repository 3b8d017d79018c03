import type { Day } from '#lib/core/days.ts';
import { fromColumns, type Matrix } from '#lib/core/matrix.ts';
import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { clusterMeans } from '#lib/stats/cluster-means.ts';
import { invertScaler } from '#lib/stats/scale.ts';
import { inSlot } from '#lib/pipeline/segment/past/step.ts';
import type { Scaler } from '#lib/pipeline/segment/schema.ts';
import { nextMonth } from './days.ts';
import { readDay, readToday, type DayPeople, type Stand, type Today, type WindowRequest } from './people.ts';
import type {
	Cause,
	MonthDeeds,
	WindowDay,
	WindowFilter,
	WindowNow,
	Windows,
	WindowSegment
} from './schema.ts';
import { customerIds, deedsBetween } from './windows.sql.ts';

export type { WindowRequest };

/**
 * Asks today's definitions of groups and natural segments of past days, and compares with today: who is still in them, how
 * far their means moved, what moved people, and what people of a day did in the month from it on. Natural segments are told
 * by their centres (or densities) on both sides. Told day by day; gives way to others in between.
 *
 * @param days none after the as-of day; each after the first order
 * @throws `features.no-customers` when nobody had ordered before a day
 */
export async function compareDays(
	engine: Engine,
	request: WindowRequest,
	days: readonly Day[],
	signal: AbortSignal,
	onDay: (found: Windows) => void = () => undefined
): Promise<Windows> {
	const { asOf, rfm, clustering } = request;
	return inSlot(engine, 'window', async () => {
		const today = await readToday(engine, request, signal);
		const found: WindowDay[] = [];
		const now = nowOf(request, today);
		const soFar = (): Windows => ({
			asOf,
			now,
			days: found.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
			features: clustering?.features ?? [],
			axes: rfm.axes,
			recognised: today?.recognised ?? null
		});
		for (const day of days) {
			const people = await readDay(engine, request, today, day, signal);
			const deeds = await readDeeds(engine, request, day, signal);
			await pause();
			found.push(dayOf(request, today, day, people, deeds));
			onDay(soFar());
			await pause();
			signal.throwIfAborted();
		}
		return soFar();
	});
}

/** The ids of some people of a comparison, in the order of the day. */
export async function windowPeople(
	engine: Engine,
	request: WindowRequest,
	day: Day,
	filter: WindowFilter,
	signal: AbortSignal
): Promise<readonly string[]> {
	return inSlot(engine, 'window', async () => {
		const today = await readToday(engine, request, signal);
		const { groups, segments, nowIdx } = await readDay(engine, request, today, day, signal);
		const stand = filter.by === 'group' ? groups : segments;
		const ids = (await engine.columns(customerIds(), signal)).get('customerId') as readonly string[];
		if (stand === null) return [];
		return Array.from(nowIdx, (idx, row) => (isAmong(stand, row, filter) ? (ids[idx] as string) : '')).filter(
			(person) => person !== ''
		);
	});
}

function isAmong(stand: Stand, row: number, { category, side, cause }: WindowFilter): boolean {
	const [was, is] = [stand.then[row] === category, stand.now[row] === category];
	if (cause !== undefined && stand.causes[stand.cause[row] as number] !== cause) return false;
	return side === 'stayed' ? was && is : side === 'left' ? was && !is : !was && is;
}

/** What each customer of the day did in a month: bought (0 or 1), and spent. */
interface Deeds {
	readonly bought: Int32Array;
	readonly spent: Float64Array;
}

/** Null while the month from the day on has not ended. */
async function readDeeds(
	engine: Engine,
	{ asOf }: WindowRequest,
	day: Day,
	signal: AbortSignal
): Promise<Deeds | null> {
	const until = nextMonth(day);
	if (until > asOf) return null;
	const columns = await engine.columns(deedsBetween(day, until), signal);
	return { bought: columns.get('bought') as Int32Array, spent: columns.get('spent') as Float64Array };
}

function dayOf(
	request: WindowRequest,
	today: Today | null,
	day: Day,
	people: DayPeople,
	deeds: Deeds | null
): WindowDay {
	const { rfm, clustering, clean } = request;
	const { customers, segmentsLack, groups, segments } = people;
	const money = clean.hasAmount;
	const isNoise = new Set(
		(clustering?.profiles ?? []).flatMap((profile) => (profile.isNoise ? [profile.cluster] : []))
	);
	const profiles = profilesOf(request, today, people);
	const bare = { drift: [], distance: null, typical: [] };
	return {
		day,
		customers,
		segmentsLack,
		groups: countStand(groups, rfm.table.length, deeds, money).map((counts) => ({ ...counts, ...bare })),
		segments:
			segments &&
			countStand(segments, clustering?.profiles.length ?? 0, deeds, money).map((counts, cluster) => ({
				...counts,
				...(profiles?.[cluster] ?? bare),
				jaccard: isNoise.has(cluster) ? null : counts.jaccard
			}))
	};
}

type Counts = Omit<WindowSegment, 'drift' | 'distance' | 'typical'>;

/** People of each category then and now, who stayed, what moved the others, and what those of then did. */
function countStand(stand: Stand, categoryCount: number, deeds: Deeds | null, hasMoney: boolean): Counts[] {
	const tally = (): Int32Array => new Int32Array(categoryCount);
	const [customers, now, stayed, buyers] = [tally(), tally(), tally(), tally()];
	const spent = new Float64Array(categoryCount);
	const [moved, gone] = [stand.causes.map(tally), stand.causes.map(tally)];
	for (let row = 0; row < stand.then.length; row += 1) {
		const [was, is] = [stand.then[row] as number, stand.now[row] as number];
		customers[was]! += 1;
		now[is]! += 1;
		buyers[was]! += deeds?.bought[row] ?? 0;
		spent[was]! += deeds?.spent[row] ?? 0;
		if (was === is) stayed[was]! += 1;
		const cause = stand.cause[row] as number;
		if (cause < 0) continue;
		moved[cause]![was]! += 1;
		moved[cause]![is]! += 1;
		gone[cause]![was]! += 1;
	}
	return Array.from(customers, (count, category) => {
		const [is, both] = [now[category] as number, stayed[category] as number];
		const either = count + is - both;
		const month: MonthDeeds | null = deeds && {
			buyers: buyers[category] as number,
			spent: hasMoney ? (spent[category] as number) : null
		};
		const causes: Cause[] = stand.causes
			.map((id, at) => ({ id, customers: moved[at]?.[category] ?? 0, left: gone[at]?.[category] ?? 0 }))
			.filter((cause) => cause.customers > 0)
			.sort((a, b) => b.customers - a.customers);
		return {
			customers: count,
			now: is,
			stayed: both,
			jaccard: either === 0 ? null : both / either,
			causes,
			month
		};
	});
}

type Profile = Pick<WindowSegment, 'drift' | 'distance' | 'typical'>;

/** The means of each natural segment that day against today's; null without natural segments. */
function profilesOf(
	{ clustering }: WindowRequest,
	today: Today | null,
	{ scaled, segments }: DayPeople
): Profile[] | null {
	if (clustering === null || today === null || scaled === null || segments === null) return null;
	const clusterCount = clustering.profiles.length;
	const then = clusterMeans(scaled, { labels: Uint8Array.from(segments.then), clusterCount });
	const now = clusterMeans(today.scaled, { labels: Uint8Array.from(today.clusters), clusterCount });
	return clustering.profiles.map((_, cluster) => {
		const drift = clustering.features.map((__, c) => {
			const at = cluster * scaled.columnCount + c;
			const deviation = today.deviations[c] as number;
			return deviation === 0 ? 0 : ((then.values[at] as number) - (now.values[at] as number)) / deviation;
		});
		const squares = drift.reduce((sum, value) => sum + value * value, 0);
		const distance = Math.sqrt(squares / Math.max(1, drift.length));
		const typical = typicalOf(then, cluster, clustering.scaler);
		return { drift, distance: Number.isFinite(distance) ? distance : null, typical };
	});
}

/** How many are in each group and natural segment today, and what is typical of them. */
function nowOf({ rfm, clustering }: WindowRequest, today: Today | null): WindowNow {
	const countOf = new Map(rfm.groups.map(({ id, customers }) => [id, customers]));
	const groups = rfm.table.map(({ id }) => ({ customers: countOf.get(id) ?? 0, typical: [] }));
	const customers = groups.reduce((sum, group) => sum + group.customers, 0);
	if (clustering === null || today === null) return { customers, groups, segments: null };
	const clusterCount = clustering.profiles.length;
	const labels = Uint8Array.from(today.clusters);
	const means = clusterMeans(today.scaled, { labels, clusterCount });
	const counts = new Int32Array(clusterCount);
	for (const cluster of labels) counts[cluster]! += 1;
	const segments = Array.from(counts, (count, cluster) => ({
		customers: count,
		typical: typicalOf(means, cluster, clustering.scaler)
	}));
	return { customers, groups, segments };
}

/** The mean of a cluster on the scale, in the unit of each feature. */
function typicalOf({ values, columnCount }: Matrix, cluster: number, scaler: Scaler): number[] {
	const row = Array.from({ length: columnCount }, (_, c) => [values[cluster * columnCount + c] as number]);
	return Array.from(invertScaler(fromColumns(row), scaler).values);
}
