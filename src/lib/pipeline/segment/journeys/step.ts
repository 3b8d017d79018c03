import type { Day } from '#lib/core/days.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { day, sql } from '#lib/engine/sql.ts';
import { missingNeeds, type Need } from '#lib/pipeline/features/needs.ts';
import type { FeatureParams } from '#lib/pipeline/features/schema.ts';
import { CUSTOMERS } from '#lib/pipeline/features/step.ts';
import { meanInterval } from '#lib/stats/student-t.ts';
import type { Interval } from '#lib/stats/wilson.ts';
import { ENGAGEMENTS } from '../rules/schema.ts';
import {
	countMoves,
	countOrders,
	countSteps,
	countUntold,
	listCombinations,
	listPaths,
	listPeople,
	measureEngagement,
	type JourneyFilter
} from './board.sql.ts';
import { engagementSql, type Engagement } from './engagement.sql.ts';
import { journeysSql, type JourneyScope } from './journeys.sql.ts';
import type { JourneyParams } from './schema.ts';
import { BETWEEN, channelNamesSql } from './touches.sql.ts';

/** A channel as it is compared, and as it is shown. */
export interface Channel {
	readonly key: string;
	readonly name: string;
}

/** A path of channels that led to orders. */
export interface JourneyPath {
	/** In the order of time; the last is the channel of the order where that is known. */
	readonly path: readonly Channel[];
	readonly orders: number;
	readonly customers: number;
	/** Null without amounts. */
	readonly revenue: number | null;
	/** Of the orders that a touch led to. */
	readonly share: number;
	/** Median days from the first touch to the order. */
	readonly days: number;
}

/** Orders by how many steps led to them; the last number stands for that many or more. */
export interface StepCount {
	readonly steps: number;
	readonly orders: number;
	readonly customers: number;
}

/** Orders that went from one step to the next. Move 0 goes from the first step to the last; `to` null: the order. */
export interface JourneyMove {
	readonly move: number;
	readonly from: Channel;
	readonly to: Channel | null;
	readonly orders: number;
	readonly customers: number;
}

/** People by how many channels they are active in, with what one of them bought in those days and its 95 % interval. */
export interface EngagementGroup {
	readonly engagement: Engagement;
	readonly customers: number;
	readonly orders: Interval;
	/** Null without amounts. */
	readonly revenue: Interval | null;
}

/** People who are active in just these channels. */
export interface Combination {
	readonly channels: readonly Channel[];
	readonly engagement: Engagement;
	readonly customers: number;
	readonly orders: number;
	readonly revenue: number | null;
}

/** What led to orders, and who is active in how many channels. */
export interface JourneyResult {
	/** Of `order_channel`, `event_place` and `send_clicks`, what no file tells. */
	readonly lacks: readonly Need[];
	/** Events before the as-of day, and those that tell no channel. */
	readonly events: number;
	readonly untoldEvents: number;
	readonly orders: number;
	/** Orders that a known touch led to, and their customers. */
	readonly led: number;
	readonly ledCustomers: number;
	/** Orders of more steps than are looked at. */
	readonly long: number;
	/** How many different paths there are; `paths` has the first of them. */
	readonly pathCount: number;
	readonly paths: readonly JourneyPath[];
	readonly steps: readonly StepCount[];
	readonly moves: readonly JourneyMove[];
	/** In the order of `ENGAGEMENTS`; those of nobody are left out. */
	readonly engagement: readonly EngagementGroup[];
	readonly combinations: readonly Combination[];
}

export interface JourneyRequest {
	readonly asOf: Day;
	readonly params: JourneyParams;
	readonly featureParams: FeatureParams;
}

/** What tells channels, in the order in which it is asked for. */
export const CHANNEL_NEEDS = ['event_place', 'send_clicks', 'order_channel'] as const satisfies Need[];
/** So many paths, and sets of channels, are listed. */
export const MOST_PATHS = 50;
const MOST_COMBINATIONS = 12;

/**
 * Finds what led to the orders of the customers, and who is active in how many channels. Writes `segment.journeys` and
 * `segment.engagement`, which `journeyPeople` reads.
 */
export async function journeyBoard(
	engine: Engine,
	request: JourneyRequest,
	signal: AbortSignal
): Promise<JourneyResult> {
	const scope = scopeOf(request);
	const asked = { asOf: scope.asOf, params: request.featureParams };
	const missing = await missingNeeds(engine, CHANNEL_NEEDS, asked, signal);
	await writeTables(engine, scope, signal);
	const channelOf = await readChannels(engine, scope, signal);
	const [counts] = await engine.rows<OrderCounts>(countOrders(scope), signal);
	const [told] = await engine.rows<{ untold: number; events: number }>(countUntold(scope), signal);
	const { orders = 0, led = 0, long = 0, customers = 0, paths = 0 } = counts ?? {};
	return {
		lacks: CHANNEL_NEEDS.filter((need) => missing.has(need)),
		events: told?.events ?? 0,
		untoldEvents: told?.untold ?? 0,
		orders,
		led,
		ledCustomers: customers,
		long,
		pathCount: paths,
		paths: await readPaths(engine, led, channelOf, signal),
		steps: await engine.rows<StepCount>(countSteps(), signal),
		moves: await readMoves(engine, channelOf, signal),
		engagement: await readEngagement(engine, scope, signal),
		combinations: await readCombinations(engine, scope, channelOf, signal)
	};
}

/** The ids of people of a board, whose tables are in the engine. */
export async function journeyPeople(
	engine: Engine,
	request: JourneyRequest,
	filter: JourneyFilter,
	signal: AbortSignal
): Promise<readonly string[]> {
	const columns = await engine.columns(listPeople(filter, scopeOf(request)), signal);
	return columns.get('customerId') as readonly string[];
}

interface OrderCounts {
	readonly orders: number;
	readonly led: number;
	readonly long: number;
	readonly customers: number;
	readonly paths: number;
}

type ChannelOf = (key: string) => Channel;

function scopeOf({ asOf, params }: JourneyRequest): JourneyScope {
	return { asOf: day(asOf), customers: CUSTOMERS, journeys: params };
}

async function writeTables(engine: Engine, scope: JourneyScope, signal: AbortSignal): Promise<void> {
	const journeys = await engine.place('memory', 'segment', 'journeys');
	await engine.exec(
		sql`CREATE TABLE ${journeys} AS
			SELECT idx, ordered_at, amount, path, step_count, first_at FROM (${journeysSql(scope)})`,
		signal
	);
	const engagement = await engine.place('memory', 'segment', 'engagement');
	await engine.exec(sql`CREATE TABLE ${engagement} AS ${engagementSql(scope)}`, signal);
}

async function readChannels(engine: Engine, { asOf }: JourneyScope, signal: AbortSignal): Promise<ChannelOf> {
	const rows = await engine.rows<{ channel: string; name: string }>(channelNamesSql(asOf), signal);
	const names = new Map(rows.map(({ channel, name }) => [channel, name]));
	return (key) => ({ key, name: names.get(key) ?? key });
}

async function readPaths(
	engine: Engine,
	led: number,
	channelOf: ChannelOf,
	signal: AbortSignal
): Promise<JourneyPath[]> {
	const rows = await engine.rows<PathRow>(listPaths(MOST_PATHS), signal);
	return rows.map(({ path, orders, ...row }) => ({
		...row,
		path: channelsOf(path, channelOf),
		orders,
		share: orders / Math.max(1, led)
	}));
}

interface PathRow {
	readonly path: string;
	readonly orders: number;
	readonly customers: number;
	readonly revenue: number | null;
	readonly days: number;
}

function channelsOf(text: string, channelOf: ChannelOf): Channel[] {
	return text.split(BETWEEN).map(channelOf);
}

async function readMoves(engine: Engine, channelOf: ChannelOf, signal: AbortSignal): Promise<JourneyMove[]> {
	const rows = await engine.rows<{
		move: number;
		source: string;
		target: string | null;
		orders: number;
		customers: number;
	}>(countMoves(), signal);
	return rows.map(({ source, target, ...row }) => ({
		...row,
		from: channelOf(source),
		to: target === null ? null : channelOf(target)
	}));
}

async function readEngagement(
	engine: Engine,
	scope: JourneyScope,
	signal: AbortSignal
): Promise<EngagementGroup[]> {
	const rows = await engine.rows<EngagementRow>(measureEngagement(scope), signal);
	const hasMoney = rows.some(({ revenue }) => revenue !== null);
	return ENGAGEMENTS.flatMap((engagement) => {
		const row = rows.find((each) => each.engagement === engagement);
		if (!row) return [];
		const { customers, ordersMean, ordersDeviation, revenueMean, revenueDeviation } = row;
		return {
			engagement,
			customers,
			orders: meanInterval(customers, ordersMean, ordersDeviation ?? 0),
			revenue: hasMoney ? meanInterval(customers, revenueMean, revenueDeviation ?? 0) : null
		};
	});
}

interface EngagementRow {
	readonly engagement: string;
	readonly customers: number;
	readonly ordersMean: number;
	/** Null for one customer. */
	readonly ordersDeviation: number | null;
	readonly revenueMean: number;
	readonly revenueDeviation: number | null;
	readonly revenue: number | null;
}

async function readCombinations(
	engine: Engine,
	scope: JourneyScope,
	channelOf: ChannelOf,
	signal: AbortSignal
): Promise<Combination[]> {
	const rows = await engine.rows<CombinationRow>(listCombinations(scope, MOST_COMBINATIONS), signal);
	return rows.map(({ channels, ...row }) => ({ ...row, channels: channelsOf(channels, channelOf) }));
}

interface CombinationRow {
	readonly channels: string;
	readonly engagement: Engagement;
	readonly customers: number;
	readonly orders: number;
	readonly revenue: number | null;
}
