import { wasmUrl, sha256, workerUrl } from 'virtual:engine-asset';
import computeUrl from '#lib/workers/compute.worker.ts?worker&url';
import { AppError, isAbort, type Notice } from '#lib/core/errors.ts';
import type { Progress } from '#lib/core/progress.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { loadContainers } from '#lib/pipeline/import/containers/index.ts';
import { makeSampleShop } from '#lib/pipeline/import/sample-shop/index.ts';
import { parseRecipe, type Recipe } from '#lib/recipe/recipe.ts';
import { Runner } from '#lib/recipe/runner.ts';
import { computeWorkers, type ComputeWorkers } from '#lib/workers/compute-client.ts';
import { isOpen, runGate, type GateCheck } from '#lib/workers/gate.ts';
import type { SeenRequest } from '#lib/workers/guard.ts';
import { RequestCounter } from '#lib/workers/request-counter.ts';
import { loadScript, startWorker } from '#lib/workers/start-worker.ts';
import { WorkerWatch } from '#lib/workers/worker-watch.ts';
import { unpackAll, type ArrivalContext } from './arrivals.ts';
import { Autosave } from './autosave.ts';
import type { Selection } from './customers.ts';
import { canRemember, type DiskHandle } from './file-handles.ts';
import { watchDisk } from './file-watch.ts';
import type { History } from './history.ts';
import { parseLayouts, remember, type Layouts } from './layout-memory.ts';
import { savedSelection } from './listed.ts';
import { Messages } from './messages.svelte.ts';
import { Refresher } from './refresh.svelte.ts';
import { SessionLock, whileFree } from './session-lock.ts';
import { Session } from './session.svelte.ts';
import { Store, type StoredFile, type StoredSession } from './store.ts';
import { summaryOf } from './summary.ts';

/** Where the latest change of the open session is. */
export type SavedState = 'saved' | 'saving' | 'failed' | 'read-only';

/** A file by name, such as the sample. */
export interface NamedFile {
	readonly name: string;
	readonly blob: Blob;
}

/** How files are added. */
export interface AddOptions {
	/** Handles on what was dropped: the session comes back to them. */
	readonly handles?: readonly DiskHandle[] | undefined;
	/** Takes what fails of single files; else it is shown. */
	readonly onFailure?: ((error: AppError) => void) | undefined;
}

/** More workers cost more memory than they save time. */
const MOST_WORKERS = 8;
const TAB_KEY = 'pomelo-session';
const LAYOUTS_KEY = 'layouts';

/** The whole app in one tab: the gate, the engine, the saved sessions and the one that is open. */
export class App extends Messages {
	#runner = $state.raw<Runner | null>(null);
	#codeLoaded = $state(false);
	checks = $state.raw<readonly GateCheck[]>([]);
	engineProgress = $state.raw<Progress | null>(null);
	/** Requests since data was loaded; null while no data is loaded. */
	requests = $state.raw<readonly SeenRequest[] | null>(null);
	sessions = $state.raw<readonly StoredSession[]>([]);
	session = $state.raw<Session | null>(null);
	/** The files on the disk that the open session comes back to. */
	refresher = $state.raw<Refresher | null>(null);
	saved = $state<SavedState>('saved');
	/** A session is being read back. */
	opening = $state(false);
	/** Files are being looked at. */
	reading = $state(false);
	/** How far that is. */
	progress = $state.raw<Progress | null>(null);
	/** The drawer beside a screen. */
	drawerOpen = $state(false);
	drawerTab = $state<'explain' | 'sql' | 'history'>('explain');
	readonly gate = $derived(
		this.checks.some((check) => check.state === 'failed')
			? 'blocked'
			: isOpen(this.checks)
				? 'green'
				: 'checking'
	) as 'checking' | 'green' | 'blocked';
	/** Files may be opened. */
	readonly ready = $derived(this.gate === 'green' && this.#codeLoaded && this.#runner !== null);

	#store: Store | null = null;
	#counter: RequestCounter | null = null;
	#stored = new Map<string, StoredFile>();
	#sequence = 0;
	readonly #lock = new SessionLock();
	#adding: AbortController | null = null;
	/** What the user made of layouts, in whatever session. */
	#layouts: Layouts = {};
	readonly #autosave = new Autosave(
		() => this.#save(),
		(state) => {
			this.saved = state.kind;
			if (state.kind === 'failed') this.report(state.error);
			else if (state.kind === 'saved') this.forgetProblem('session.storage-failed');
		}
	);

	/** Opens storage, the gate and the engine. `preload` fetches all code that a journey needs, before any file may open. */
	async start(preload: () => Promise<void>): Promise<void> {
		void this.#openStore();
		const code = Promise.all([preload(), loadContainers()]).then(
			() => (this.#codeLoaded = true),
			(error: unknown) => this.report(error)
		);
		const counter = new RequestCounter((requests) => {
			if (this.requests !== null) this.requests = requests;
		});
		this.#counter = counter;
		const computeWatch = new WorkerWatch((report) => counter.take(report));
		const engineWatch = new WorkerWatch((report) => counter.take(report));
		const engine = this.#openEngine(engineWatch);
		const compute = this.#openCompute(computeWatch);
		await this.#check(engine, computeWatch, engineWatch);
		await code;
		await this.#open(engine, compute);
	}

	/** The scripts of workers are loaded once, so that a worker that replaces another asks the network for nothing. */
	async #openEngine(watch: WorkerWatch): Promise<Engine> {
		// The engine's own code comes after the page, which is useful without it.
		const [script, { openWasmEngine }] = await Promise.all([
			loadScript(workerUrl),
			import('#lib/engine/wasm-engine.ts')
		]);
		return openWasmEngine({
			createWorker: () => startWorker(script, { type: 'classic', onGateReport: watch.onReport }),
			wasm: { url: wasmUrl, sha256 },
			onProgress: (progress) => (this.engineProgress = progress)
		});
	}

	async #openCompute(watch: WorkerWatch): Promise<ComputeWorkers> {
		const script = await loadScript(computeUrl);
		const compute = computeWorkers(
			() => startWorker(script, { type: 'module', onGateReport: watch.onReport }),
			Math.min(navigator.hardwareConcurrency, MOST_WORKERS)
		);
		compute.start();
		return compute;
	}

	async #check(engine: Promise<Engine>, compute: WorkerWatch, database: WorkerWatch): Promise<void> {
		await runGate(
			{ page: window, computeWorker: compute.verdict, engineWorker: database.verdict, engine },
			(checks) => (this.checks = checks)
		);
	}

	async #open(engine: Promise<Engine>, compute: Promise<ComputeWorkers>): Promise<void> {
		try {
			this.#runner = new Runner(await engine, await compute);
		} catch (error) {
			this.report(error);
		}
		this.engineProgress = null;
		const id = sessionStorage.getItem(TAB_KEY);
		if (id !== null && this.ready) await this.openSession(id);
		else this.opening = false;
	}

	async #openStore(): Promise<void> {
		this.opening = sessionStorage.getItem(TAB_KEY) !== null;
		try {
			this.#store = await Store.open();
			await this.#list();
			this.#layouts = parseLayouts(await this.#store.setting(LAYOUTS_KEY));
			await this.#store.removeOrphans();
		} catch (error) {
			this.report(error);
		}
	}

	/** Saves what is open and reads the list of sessions again. */
	async refreshSessions(): Promise<void> {
		if (this.session && this.saved === 'saving') await this.#autosave.flush();
		await this.#list();
	}

	async #list(): Promise<void> {
		if (this.#store) this.sessions = await this.#store.list();
	}

	/**
	 * Adds files to the open session, or starts one with them. Archives are unpacked. A file that cannot be read is
	 * reported and leaves no trace. True when at least one was added; false also while other files are being looked at.
	 */
	async addFiles(files: readonly (NamedFile | File)[], options: AddOptions = {}): Promise<boolean> {
		return this.#whileReading(() => this.#addAll(files, options));
	}

	/** Closes the open session and starts one with these files. */
	async startWith(files: readonly (NamedFile | File)[], options: AddOptions = {}): Promise<boolean> {
		return this.#whileReading(async () => {
			await this.#close();
			return this.#addAll(files, options);
		});
	}

	/** Closes the open session and starts one with a made-up shop. */
	async startSample(): Promise<boolean> {
		return this.startWith(makeSampleShop().files);
	}

	/** Stops looking at files; what was there before stays. */
	readonly stopAdding = (): void => this.#adding?.abort();

	async #whileReading(work: () => Promise<boolean>): Promise<boolean> {
		if (!this.ready || this.reading) return false;
		this.reading = true;
		try {
			return await work();
		} catch (error) {
			if (!isAbort(error)) this.report(error);
			return false;
		} finally {
			this.reading = false;
			this.progress = null;
			this.#adding = null;
		}
	}

	async #addAll(files: readonly (NamedFile | File)[], options: AddOptions): Promise<boolean> {
		performance.mark('pomelo:dropped');
		this.problems = [];
		this.#countFromNow();
		if (files.length === 0) throw new AppError('import.no-files', {});
		this.#adding = new AbortController();
		const onProgress = (progress: Progress) => (this.progress = progress);
		const context = { signal: this.#adding.signal, onProgress };
		const named = files.map((file) => (file instanceof File ? { name: file.name, blob: file } : file));
		const { files: tables, notices, failures } = await unpackAll(named, context);
		const onFailure = options.onFailure ?? ((failure: AppError) => this.report(failure));
		failures.forEach(onFailure);
		if (tables.length === 0 || !(await this.#addTables(tables, notices, context, onFailure))) return false;
		const read = files.filter((file) => file instanceof File);
		this.refresher?.remember(options.handles ?? [], read).catch((error: unknown) => this.report(error));
		return true;
	}

	async #addTables(
		tables: readonly NamedFile[],
		notices: readonly Notice[],
		context: ArrivalContext,
		onFailure: (failure: AppError) => void
	): Promise<boolean> {
		const isNew = this.session === null;
		const session = this.session ?? (await this.#createSession());
		const before = session.recipe;
		try {
			const failures = await session.addFiles(tables, this.#layouts, context);
			failures.forEach(onFailure);
			session.noteArchives(notices);
		} finally {
			if (isNew && session.recipe === before) await this.#drop();
		}
		if (session.recipe === before) return false;
		if (isNew) this.#show(session);
		this.#touch(session);
		return true;
	}

	#show(session: Session): void {
		this.session = session;
		this.refresher = new Refresher(
			{
				addFiles: (files, onFailure) => this.addFiles(files, { onFailure }),
				report: (error) => this.report(error),
				toast: (text) => this.toast(text),
				onChange: () => this.#touch(session),
				watch: watchDisk
			},
			canRemember()
		);
	}

	async #createSession(): Promise<Session> {
		await this.#runner?.reset();
		const id = crypto.randomUUID();
		this.#stored = new Map();
		this.#sequence = 0;
		await this.#claim(id);
		return this.#make(id, 'Orders');
	}

	#make(id: string, start: History<Recipe> | string): Session {
		if (!this.#runner) throw new AppError('engine.unavailable', { reason: 'It has not started yet.' });
		const session: Session = new Session(
			id,
			this.#runner,
			{
				onChange: () => this.#touch(session),
				onFailure: (error) => this.report(error),
				copyOf: (sourceId) => this.#copyOf(sourceId)
			},
			start
		);
		return session;
	}

	#touch(session: Session): void {
		if (session !== this.session || this.saved === 'read-only') return;
		// Copying a new file to the device would slow its first run down; the end of the run touches again.
		const isCopyDue = [...session.files.keys()].some((id) => !this.#stored.has(id));
		if (session.isRunning && isCopyDue) this.saved = 'saving';
		else this.#autosave.touch();
	}

	/** Opens a saved session and runs its recipe again. */
	async openSession(id: string): Promise<void> {
		if (!this.#store || !this.#runner || this.session?.id === id) return;
		this.opening = true;
		await this.#close();
		try {
			const stored = await this.#store.load(id);
			await this.#runner.reset();
			await this.#claim(id);
			const session = this.#make(id, parseHistory(stored));
			this.#sequence = stored.sequence;
			this.#stored = new Map(stored.files.map((file) => [file.sourceId, file]));
			this.#countFromNow();
			for (const file of stored.files) {
				const blob = await this.#store.readFile(file);
				session.files.set(file.sourceId, { sourceId: file.sourceId, fileName: file.fileName, blob });
			}
			session.selection = stored.selection as Selection | null;
			await session.changes.restore(this.#store);
			this.#show(session);
			sessionStorage.setItem(TAB_KEY, id);
			this.opening = false;
			void this.refresher?.restore(await this.#store.setting(handlesKey(id)));
			await session.run();
			await session.inspectAgain();
		} catch (error) {
			sessionStorage.removeItem(TAB_KEY);
			this.report(error);
		} finally {
			this.opening = false;
		}
	}

	/** Saves the open session. True when nothing would be lost by closing it. */
	async settle(): Promise<boolean> {
		if (!this.session || this.saved === 'read-only') return true;
		await this.session.stop();
		await this.#autosave.flush();
		return (this.saved as SavedState) === 'saved';
	}

	/** Closes the open session; its data leaves the engine. */
	async #close(): Promise<void> {
		if (!this.session) return;
		await this.settle();
		await this.#drop();
		await this.#list();
	}

	async #drop(): Promise<void> {
		this.#autosave.stop();
		this.refresher?.stop();
		this.refresher = null;
		this.session = null;
		this.saved = 'saved';
		sessionStorage.removeItem(TAB_KEY);
		this.#lock.release();
		await this.#runner?.reset();
	}

	/** Deletes a session and its data from this device. */
	async deleteSession(id: string): Promise<void> {
		const store = this.#store;
		if (!store) return;
		try {
			if (this.session?.id === id) {
				await this.session.stop();
				await this.#drop();
			}
			await whileFree(id, () => store.delete(id));
			await this.#list();
		} catch (error) {
			this.report(error);
		}
	}

	/** Opens the drawer at the SQL behind the screen. */
	readonly showSql = (): void => {
		this.drawerTab = 'sql';
		this.drawerOpen = true;
	};

	/** Something was read or changed that a closed tab would lose. */
	get isAtRisk(): boolean {
		return this.reading || (this.session !== null && this.saved === 'saving');
	}

	/** Saves what has changed, for a tab that is about to be hidden. */
	flush(): void {
		if (this.session && this.saved === 'saving') void this.#autosave.flush();
	}

	#countFromNow(): void {
		if (this.requests !== null) return;
		this.#counter?.start();
		this.requests = [];
	}

	async #save(): Promise<void> {
		const { session } = this;
		const store = this.#store;
		if (!session || !store) return;
		const fresh = [...session.files.values()].filter(({ sourceId }) => !this.#stored.has(sourceId));
		const head = {
			id: session.id,
			format: 1 as const,
			name: session.recipe.name,
			sequence: this.#sequence + 1,
			savedAt: Date.now(),
			history: {
				past: [...session.history.past],
				present: session.recipe,
				future: [...session.history.future]
			},
			summary: summaryOf(session),
			selection: savedSelection(session.selection)
		};
		const files = await store.save(head, [...this.#stored.values()], fresh);
		this.#sequence = head.sequence;
		this.#stored = new Map(files.map((file) => [file.sourceId, file]));
		await session.changes.save(store);
		sessionStorage.setItem(TAB_KEY, session.id);
		await this.#rememberLayouts(session, store);
		// After the bytes it speaks of: a tab that is ended in between looks at the disk again.
		await this.refresher?.save((remembered) => store.saveSetting(handlesKey(session.id), remembered));
	}

	/** The bytes of a file of the open session that are on the device; null while there are none. */
	async #copyOf(sourceId: string): Promise<Blob | null> {
		const stored = this.#stored.get(sourceId);
		return stored && this.#store ? this.#store.readFile(stored) : null;
	}

	/** Keeps what the user made of each layout, once it is clear that it can be used. */
	async #rememberLayouts(session: Session, store: Store): Promise<void> {
		if (session.clean === null || session.question !== null) return;
		const known = session.recipe.import.sources.reduce(
			(layouts, source) => remember(layouts, source, session.inspections.get(source.id)?.source ?? null),
			this.#layouts
		);
		if (known === this.#layouts) return;
		this.#layouts = known;
		await store.saveSetting(LAYOUTS_KEY, known);
	}

	/** Takes the one writer's lock of a session; without it the session is shown and not saved. */
	async #claim(id: string): Promise<void> {
		this.saved = (await this.#lock.take(id)) ? 'saved' : 'read-only';
	}
}

/** The setting with the handles of a session. */
function handlesKey(id: string): string {
	return `handles:${id}`;
}

function parseHistory({ history }: StoredSession): History<Recipe> {
	return {
		past: history.past.map(parseRecipe),
		present: parseRecipe(history.present),
		future: history.future.map(parseRecipe),
		mergeKey: null
	};
}
