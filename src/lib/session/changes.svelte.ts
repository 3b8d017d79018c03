import type { ChangeKind, SeriesChange } from '#lib/pipeline/clean/versions/compare.ts';
import { renderChangedCsv } from '#lib/pipeline/export/changed-csv.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { movementFileName, renderMovementCsv } from '#lib/pipeline/export/movement-csv.ts';
import {
	ImportState,
	type Changes,
	type MovementFilter,
	type SnapshotCustomers
} from '#lib/pipeline/segment/changes/schema.ts';
import { ownStates } from '#lib/pipeline/segment/changes/own-changes.ts';
import { askedSegments } from '#lib/pipeline/segment/own/scope.ts';
import { takeSnapshot, type ImportResults } from '#lib/pipeline/segment/changes/snapshot.ts';
import { computeChanges } from '#lib/pipeline/segment/changes/step.ts';
import { STAGES } from '#lib/recipe/runner.ts';
import { assertMayLeave, audienceOf, type OutputFile } from './downloads.ts';
import type { ArrivalContext } from './arrivals.ts';
import type { Session } from './session.svelte.ts';
import type { Store } from './store.ts';

/** An import as it was before files were added. */
export interface EarlierImport {
	readonly number: number;
	/** Milliseconds since 1970 when files were added to it. */
	readonly takenAt: number;
	readonly state: ImportState;
}

/** What changed since an earlier import. */
export interface Comparison {
	readonly number: number;
	readonly changes: Changes;
}

/** What a session needs of the device for its snapshots. */
type SnapshotStore = Pick<Store, 'snapshots' | 'snapshotCustomers' | 'saveSnapshots'>;

/** What a session shows, as far as a comparison needs it. */
type Compared = Pick<
	Session,
	| 'id'
	| 'runner'
	| 'recipe'
	| 'stages'
	| 'clean'
	| 'features'
	| 'rfm'
	| 'clustering'
	| 'libraryOf'
	| 'own'
	| 'nameOf'
	| 'finish'
>;

const MOST_SNAPSHOTS = 12;

/** What a session was before files were added to it, and what changed since. */
export class SessionChanges {
	readonly #session: Compared;
	/** The oldest first. */
	#kept = $state.raw<readonly EarlierImport[]>([]);
	/** Customers of snapshots that are not on the device yet. */
	readonly #fresh = new Map<number, SnapshotCustomers>();
	#dropped: number[] = [];
	#store: SnapshotStore | null = null;
	/** What `comparison` was made of. */
	#basis: readonly unknown[] = [];
	comparison = $state.raw<Comparison | null>(null);

	/** What there was before the present files, the newest first; not what came after them and was undone. */
	readonly earlier: readonly EarlierImport[] = $derived.by(() => {
		const present = filesOf(this.#session.recipe.import);
		const at = this.#kept.findIndex(({ state }) => filesOf(state) === present);
		return this.#kept.slice(0, at === -1 ? undefined : at).reverse();
	});

	constructor(session: Compared) {
		this.#session = session;
	}

	/**
	 * Where own segments have not been asked yet, lets the run come to its end, so that a snapshot has them: without them nobody
	 * could say later who entered and who left. Rejects when aborted.
	 */
	async untilAsked({ signal, onProgress }: ArrivalContext): Promise<void> {
		const { recipe, stages } = this.#session;
		if (resultsOf(this.#session) === null || recipe.segment.own.segments.length === 0) return;
		if (isAsked(this.#session) || stages.own.state === 'failed') return;
		onProgress({ what: 'Asking who is in your segments before files are added', share: null });
		signal.throwIfAborted();
		const cancelled = new Promise<void>((resolve) => {
			signal.addEventListener('abort', () => resolve(), { once: true });
		});
		await Promise.race([this.#session.finish(), cancelled]);
		signal.throwIfAborted();
	}

	/**
	 * Keeps the results as they are, before files are added. Nothing is kept where a run has not got as far as the RFM
	 * groups. An import of the same files that is kept already is replaced, what came after it and was undone goes, and the
	 * oldest make room.
	 * @param takenAt milliseconds since 1970
	 */
	async take(takenAt: number, signal: AbortSignal): Promise<void> {
		const results = resultsOf(this.#session);
		if (results === null) return;
		const { state, customers } = await takeSnapshot(this.#session.runner.engine, results, signal);
		const number = (this.#kept.at(-1)?.number ?? 0) + 1;
		const others = this.earlier.toReversed();
		const kept = [...others, { number, takenAt, state }].slice(-MOST_SNAPSHOTS);
		for (const old of this.#kept) if (!kept.includes(old)) this.#drop(old.number);
		this.#fresh.set(number, customers);
		this.#kept = kept;
	}

	/** Shows what changed since an earlier import. Rejects when aborted, and changes nothing then. */
	async compare(number: number, signal: AbortSignal): Promise<void> {
		const { features, rfm, clustering, own, runner } = this.#session;
		const results = resultsOf(this.#session);
		const earlier = this.#kept.find((kept) => kept.number === number);
		if (results === null || earlier === undefined) return;
		const names = [...(results.segmentNames ?? []), ...(results.own ?? []).map(({ name }) => name)];
		const basis = [number, features, rfm, clustering, own, names.join('\n')];
		if (this.comparison !== null && basis.every((part, i) => part === this.#basis[i])) return;
		const customers = this.#fresh.get(number) ?? (await this.#stored(number));
		signal.throwIfAborted();
		if (customers === undefined) {
			this.#kept = this.#kept.filter((kept) => kept !== earlier);
			return;
		}
		this.#basis = [];
		const changes = await computeChanges({ engine: runner.engine, signal }, results, {
			state: earlier.state,
			customers
		});
		this.#basis = basis;
		this.comparison = { number, changes };
	}

	/** Takes up what is on the device. Snapshots that cannot be read are left out. */
	async restore(store: SnapshotStore): Promise<void> {
		this.#store = store;
		const stored = await store.snapshots(this.#session.id);
		this.#kept = stored.flatMap(({ number, takenAt, state }) => {
			const read = ImportState.safeParse(state);
			return read.success ? [{ number, takenAt, state: read.data }] : [];
		});
	}

	/** Saves what is new. The session itself has to be on the device. */
	async save(store: SnapshotStore): Promise<void> {
		this.#store = store;
		const [fresh, dropped] = [[...this.#fresh], this.#dropped];
		if (fresh.length === 0 && dropped.length === 0) return;
		const snapshots = fresh.flatMap(([number, customers]) => {
			const kept = this.#kept.find((each) => each.number === number);
			return kept ? [{ ...kept, customers }] : [];
		});
		await store.saveSnapshots(this.#session.id, snapshots, dropped);
		for (const [number] of fresh) this.#fresh.delete(number);
		this.#dropped = this.#dropped.filter((number) => !dropped.includes(number));
	}

	#stored(number: number): Promise<SnapshotCustomers | undefined> {
		return this.#store?.snapshotCustomers(this.#session.id, number) ?? Promise.resolve(undefined);
	}

	#drop(number: number): void {
		if (!this.#fresh.delete(number)) this.#dropped = [...this.#dropped, number];
	}
}

/** The customers of a filter of the comparison that is shown, as a CSV. @throws `export.blocked` */
export async function movementFile(
	session: Session,
	changes: Changes,
	filter: MovementFilter
): Promise<OutputFile> {
	assertMayLeave(session);
	const audience = audienceOf(session);
	if (!audience) throw new Error('there are no results to export');
	const context = { engine: session.runner.engine, signal: new AbortController().signal };
	const blob = await toBlob(renderMovementCsv(context, audience, changes, filter));
	return { name: movementFileName(changes, filter), blob };
}

/**
 * Orders or customers that the newest export of a list brought, changed, or no longer has, as a CSV.
 * @throws `export.blocked`
 */
export async function changedFile(
	session: Session,
	change: SeriesChange,
	kind: ChangeKind
): Promise<OutputFile> {
	assertMayLeave(session);
	const { signal } = new AbortController();
	const blob = await toBlob(renderChangedCsv(session.runner.engine, change, kind, signal));
	return { name: `${kind}-${change.kind}.csv`, blob };
}

/** The results whose tables are in the engine; null where a stage up to the RFM groups has none. */
function resultsOf(session: Compared): ImportResults | null {
	const { recipe, stages, clean, features, rfm, clustering, own } = session;
	const needed = STAGES.slice(0, STAGES.indexOf('rfm') + 1);
	if (!clean || !features || !rfm || needed.some((stage) => stages[stage].state !== 'done')) return null;
	const profiles = stages.clustering.state === 'done' ? clustering?.result.profiles : undefined;
	const asked = isAsked(session) && own !== null ? askedSegments(recipe.segment.own, own) : null;
	return {
		sources: recipe.import.sources,
		clean,
		features,
		rfm,
		segmentNames: profiles?.map(({ cluster }) => session.nameOf(cluster)) ?? null,
		...(asked ? { own: ownStates(asked) } : {})
	};
}

/** True when `segment.own` goes with the customers there are: no stage before it is still to come. */
function isAsked({ stages, features, libraryOf }: Compared): boolean {
	const isOver = stages.clustering.state === 'done' || stages.clustering.state === 'failed';
	return isOver && stages.library.state === 'done' && libraryOf === features && stages.own.state === 'done';
}

/** Stands for the files of an import. */
function filesOf({ sources }: { readonly sources: readonly { readonly id: string }[] }): string {
	return sources.map(({ id }) => id).join(' ');
}
