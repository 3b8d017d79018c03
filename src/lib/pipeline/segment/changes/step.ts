import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { ContactRole } from '#lib/pipeline/clean/contacts.sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import {
	addPart,
	countCells,
	countFates,
	countReasons,
	countUnmatched,
	createBeforePeople,
	createMovement,
	findReasons,
	movementFilter,
	movementPage
} from './changes.sql.ts';
import { areComparable, groupIds } from './comparable-groups.ts';
import { movementOf, segmentCategories, type MovementCell } from './movement.ts';
import { compareOwn } from './own-changes.ts';
import {
	FATES,
	type Changes,
	type FateResult,
	type GoneReason,
	type Grouping,
	type ImportState,
	type MovedCustomer,
	type Movement,
	type MovementFilter,
	type Snapshot
} from './schema.ts';
import { stateOf, type ImportResults } from './snapshot.ts';

export { groupIds, movementFilter };

type Context = Pick<StepContext, 'engine' | 'signal'>;

/** Customers written at a time, so that writing them is no long task. */
const PART_CUSTOMERS = 20_000;
const PART = 'before_part';

/**
 * Compares the results of a run with a snapshot of an earlier one and writes `segment.movement`, from which
 * `movementCustomers` reads. Whoever has another name now is found by the account of the old name in `clean.accounts`.
 * @param results of the run whose tables are in the engine
 */
export async function computeChanges(
	context: Context,
	results: ImportResults,
	snapshot: Snapshot
): Promise<Changes> {
	const { engine, signal } = context;
	const now = stateOf(results);
	const { state: before } = snapshot;
	const names = before.segmentNames &&
		now.segmentNames && { before: before.segmentNames, now: now.segmentNames };
	const categories = names && segmentCategories(names.before, names.now);
	const groups = areComparable(before, now) ? groupIds(now) : null;
	await writeBefore(context, snapshot, { groups, segments: categories });
	const [unmatched] = await engine.rows<{ customers: number }>(countUnmatched(), signal);
	await engine.exec(createBeforePeople((unmatched?.customers ?? 0) > 0), signal);
	await engine.exec(
		createMovement({
			hasAmount: now.revenue !== null,
			hasSegments: categories !== null,
			groups: groupIds(now),
			categories: (names?.now ?? []).map((name) => categories?.indexOf(name) ?? 0),
			comparesMoney: before.revenue !== null && now.revenue !== null,
			beforeCount: before.customers
		}),
		signal
	);
	await engine.place('memory', 'segment', PART);
	const fates = await fatesOf(context, before, now);
	return {
		before,
		now,
		fates,
		goneReasons: await reasonsOf(context, fates),
		groups: groups && (await readMovement(context, 'group', groups)),
		segments: categories && (await readMovement(context, 'segment', categories)),
		own: await compareOwn(context, snapshot, now)
	};
}

/** Which customers of a list are wanted. */
export interface MovementPage {
	readonly offset: number;
	readonly limit: number;
	/** The columns of `clean.contacts`, which is read for names and emails; none where it is not there yet. */
	readonly contacts?: readonly ContactRole[];
}

/** A page of the customers of a comparison, those with the most money (without amounts: orders) first. */
export function movementCustomers(
	engine: Engine,
	filter: MovementFilter,
	{ offset, limit, contacts = [] }: MovementPage,
	signal?: AbortSignal
): Promise<MovedCustomer[]> {
	return engine.rows<MovedCustomer>(movementPage(filter, contacts, offset, limit), signal);
}

/** What is compared, in the order of the indices; null: not compared. */
interface Categories {
	readonly groups: readonly string[] | null;
	readonly segments: readonly string[] | null;
}

/** Writes `segment.before`. */
async function writeBefore(
	{ engine, signal }: Context,
	{ state, customers }: Snapshot,
	categories: Categories
): Promise<void> {
	const { customerIds, orders, revenue, group, segment } = customers;
	const placesIn = (names: readonly string[] | null, of: readonly string[]) =>
		of.map((name) => names?.indexOf(name) ?? NaN);
	const groupOf = placesIn(categories.groups, groupIds(state));
	const segmentOf = segment && placesIn(categories.segments, state.segmentNames ?? []);
	const count = customerIds.length;
	for (let from = 0; from === 0 || from < count; from += PART_CUSTOMERS) {
		const to = Math.min(from + PART_CUSTOMERS, count);
		await engine.insert('segment', PART, {
			before_idx: Int32Array.from({ length: to - from }, (_, i) => from + i),
			customer_id: customerIds.slice(from, to),
			orders: orders.slice(from, to),
			revenue: revenue.slice(from, to),
			group_from: Float64Array.from(group.subarray(from, to), (place) => groupOf[place] ?? NaN),
			segment_from: Float64Array.from(
				{ length: to - from },
				(_, i) => segmentOf?.[segment?.[from + i] ?? -1] ?? NaN
			)
		});
		await engine.exec(addPart(from === 0), signal);
		await pause();
	}
}

async function fatesOf(
	{ engine, signal }: Context,
	before: ImportState,
	now: ImportState
): Promise<FateResult[]> {
	const found = await engine.rows<FateResult>(countFates(), signal);
	const hasAmount = before.revenue !== null && now.revenue !== null;
	return FATES.map((fate) => {
		const result = found.find((each) => each.fate === fate);
		const { customers = 0, ordersAdded = 0, revenueAdded = 0 } = result ?? {};
		return { fate, customers, ordersAdded, revenueAdded: hasAmount ? (revenueAdded ?? 0) : null };
	});
}

async function reasonsOf(
	{ engine, signal }: Context,
	fates: readonly FateResult[]
): Promise<readonly GoneReason[]> {
	if (!fates.some(({ fate, customers }) => fate === 'gone' && customers > 0)) return [];
	await engine.exec(findReasons(), signal);
	return engine.rows<GoneReason>(countReasons(), signal);
}

async function readMovement(
	{ engine, signal }: Context,
	by: Grouping,
	categories: readonly string[]
): Promise<Movement> {
	return movementOf(by, categories, await engine.rows<MovementCell>(countCells(by), signal));
}
