import { pause } from '#lib/core/pause.ts';
import type { Engine } from '#lib/engine/engine.ts';
import type { ContactRole } from '#lib/pipeline/clean/contacts.sql.ts';
import type { StepContext } from '#lib/pipeline/step.ts';
import { RFM_GROUPS } from '../schema.ts';
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
import { movementOf, segmentCategories, type MovementCell } from './movement.ts';
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

export { movementFilter };

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
	await writeBefore(context, snapshot, categories);
	const [unmatched] = await engine.rows<{ customers: number }>(countUnmatched(), signal);
	await engine.exec(createBeforePeople((unmatched?.customers ?? 0) > 0), signal);
	await engine.exec(
		createMovement({
			hasAmount: now.revenue !== null,
			hasSegments: categories !== null,
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
		groups: await readMovement(context, 'group', RFM_GROUPS),
		segments: categories && (await readMovement(context, 'segment', categories))
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

/** Writes `segment.before`. `categories` null: segments are not compared. */
async function writeBefore(
	{ engine, signal }: Context,
	{ state, customers }: Snapshot,
	categories: readonly string[] | null
): Promise<void> {
	const { customerIds, orders, revenue, group, segment } = customers;
	const categoryOf = state.segmentNames?.map((name) => categories?.indexOf(name) ?? -1) ?? [];
	const count = customerIds.length;
	for (let from = 0; from === 0 || from < count; from += PART_CUSTOMERS) {
		const to = Math.min(from + PART_CUSTOMERS, count);
		const isKnown = segment !== null && categories !== null;
		await engine.insert('segment', PART, {
			before_idx: Int32Array.from({ length: to - from }, (_, i) => from + i),
			customer_id: customerIds.slice(from, to),
			orders: orders.slice(from, to),
			revenue: revenue.slice(from, to),
			group_from: group.slice(from, to),
			segment_from: Float64Array.from({ length: to - from }, (_, i) =>
				isKnown ? (categoryOf[segment[from + i] ?? -1] ?? NaN) : NaN
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
