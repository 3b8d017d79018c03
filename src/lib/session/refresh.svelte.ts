import type { AppError } from '#lib/core/errors.ts';
import {
	askToRead,
	accessFailure,
	changedFiles,
	listFiles,
	mayRead,
	notAllowed,
	parseRemembered,
	withSeen,
	type DiskEntry,
	type DiskHandle,
	type Remembered
} from './file-handles.ts';
import { changeWords } from './refresh-words.ts';

/**
 * How remembered files stand. `needs-permission`: nothing is known to have changed, and not all may be looked at.
 * `unsupported`: the browser remembers no files.
 */
export type RefreshState =
	'idle' | 'checking' | 'changed' | 'needs-permission' | 'refreshing' | 'unsupported';

/** A file on the disk that is not as it was read, or was never read. */
export interface DiskChange {
	readonly name: string;
	readonly isNew: boolean;
}

/** What refreshing needs of the app. */
export interface RefreshHost {
	/** Adds files to the session as any others. True when at least one became a source. */
	addFiles(files: readonly File[], onFailure: (error: AppError) => void): Promise<boolean>;
	report(error: unknown): void;
	toast(text: string): void;
	/** What is remembered has changed and is to be saved. */
	onChange(): void;
	/** Calls back when something on the disk may have changed. The answer stops it. */
	watch(handles: readonly DiskHandle[], onChange: () => void): () => void;
}

/** How one remembered file or folder stands. `missing`: it is gone, or cannot be read. */
export type Standing = 'same' | 'changed' | 'locked' | 'missing';

/** What one look at a remembered handle found. */
interface Look {
	readonly remembered: Remembered;
	readonly isLocked: boolean;
	readonly changed: readonly DiskEntry[];
	readonly failures: readonly AppError[];
}

/**
 * The files and folders that a session comes back to. It looks at names, sizes and times where the browser lets it; what
 * is in a file is read only by `add` and `refresh`, which a click calls.
 */
export class Refresher {
	remembered = $state.raw<readonly Remembered[]>([]);
	/** What the last look found, one for each that was remembered then. */
	#looks = $state.raw<readonly Look[]>([]);
	/** A file that is remembered and lies in a remembered folder is named once. */
	readonly changes: readonly DiskChange[] = $derived(onceByName(this.#looks.flatMap(changesOf)));
	readonly changed: readonly string[] = $derived(this.changes.map(({ name }) => name));
	/** Names of what the browser has to ask for again. */
	readonly locked: readonly string[] = $derived(
		this.#looks.filter(({ isLocked }) => isLocked).map(({ remembered }) => remembered.handle.name)
	);
	readonly state: RefreshState = $derived.by(() => this.#stateNow());

	#isChecking = $state(false);
	#isRefreshing = $state(false);
	#isStale = false;
	#isStopped = false;
	#saved: readonly Remembered[] = this.remembered;
	#stopWatching: () => void = () => undefined;
	/** What was said to have changed; said once. */
	#announced: ReadonlySet<string> = new Set();

	constructor(
		readonly host: RefreshHost,
		readonly isSupported: boolean
	) {}

	#stateNow(): RefreshState {
		if (!this.isSupported) return 'unsupported';
		if (this.#isRefreshing) return 'refreshing';
		if (this.changes.length > 0) return 'changed';
		if (this.locked.length > 0) return 'needs-permission';
		return this.#isChecking ? 'checking' : 'idle';
	}

	/** How a remembered handle stands, by the last look. */
	standingOf(handle: DiskHandle): Standing {
		const found = this.#looks.find(({ remembered }) => remembered.handle === handle);
		if (found?.isLocked) return 'locked';
		if (found && found.changed.length > 0) return 'changed';
		return found && found.failures.length > 0 ? 'missing' : 'same';
	}

	/** Takes up what was saved of it, and looks whether the disk has changed since. */
	async restore(saved: unknown): Promise<void> {
		if (!this.isSupported) return;
		this.#saved = parseRemembered(saved);
		await this.#set(this.#saved);
	}

	/** Remembers handles whose files were just read. What of them was not is shown as new. */
	async remember(handles: readonly DiskHandle[], files: readonly File[]): Promise<void> {
		if (!this.isSupported || handles.length === 0) return;
		let remembered = this.remembered;
		for (const handle of handles) {
			const listing = await listFiles(handle);
			const read = listing.files.filter(({ file }) => files.some((each) => isSameFile(each, file)));
			remembered = await joined(remembered, handle, read);
		}
		await this.#set(remembered);
		this.host.onChange();
	}

	/** Reads the files of handles that were chosen, and remembers them. What the session has already is not added again. */
	async add(handles: readonly DiskHandle[]): Promise<void> {
		const listings = await Promise.all(handles.map(listFiles));
		const failures = listings.flatMap((listing) => listing.failures);
		const files = listings.flatMap((listing) => listing.files.map(({ file }) => file));
		// A folder that is still empty is worth remembering.
		const read = files.length === 0 && failures.length === 0 ? [] : await this.#read(files);
		failures.forEach((failure) => this.host.report(failure));
		if (read !== null) await this.remember(handles, files);
	}

	/** Comes back to a file or folder no longer. What was read of it stays. */
	async forget(handle: DiskHandle): Promise<void> {
		await this.#set(this.remembered.filter((each) => each.handle !== handle));
		this.host.onChange();
	}

	/** Looks whether anything has changed, where that needs no asking. */
	async check(): Promise<void> {
		this.#isStale = true;
		if (this.#isChecking) return;
		this.#isChecking = true;
		try {
			while (this.#isStale && !this.#isStopped) {
				this.#isStale = false;
				const looks = await Promise.all(this.remembered.map((each) => look(each, mayRead(each.handle))));
				if (!this.#isStale && !this.#isStopped) this.#show(looks);
			}
		} finally {
			this.#isChecking = false;
		}
	}

	/**
	 * Reads what has changed and adds it to the session. To be called in a click: the browser may have to ask. What cannot
	 * be read is reported, and the others go on.
	 */
	async refresh(): Promise<void> {
		if (this.#isRefreshing) return;
		const answers = this.remembered.map(({ handle }) => askToRead(handle));
		this.#isRefreshing = true;
		try {
			await this.#readChanges(answers);
		} finally {
			this.#isRefreshing = false;
			await this.#watch();
		}
	}

	async #readChanges(answers: readonly Promise<boolean>[]): Promise<void> {
		const looks = await Promise.all(this.remembered.map((each, i) => look(each, answers[i])));
		const read = await this.#read(looks.flatMap(({ changed }) => changed.map(({ file }) => file)));
		const failures = looks.flatMap(failuresOf);
		failures.forEach((failure) => this.host.report(failure));
		const isSame = looks.every(({ changed }) => changed.length === 0);
		if (isSame && failures.length === 0) this.host.toast('Nothing has changed on the disk.');
		if (read === null) return;
		const seen = new Map(
			looks.map(({ remembered, changed }) => [remembered, changed.filter(({ file }) => read.includes(file))])
		);
		this.remembered = this.remembered.map((each) => withSeen(each, seen.get(each) ?? []));
		this.host.onChange();
	}

	/** Adds files. The answer is those that need no other look: null when nothing came of it, as when it was called off. */
	async #read(files: readonly File[]): Promise<readonly File[] | null> {
		const failures: AppError[] = [];
		const isAdded = files.length > 0 && (await this.host.addFiles(files, (error) => failures.push(error)));
		const others = failures.filter(({ code }) => code !== 'import.same-file');
		others.forEach((failure) => this.host.report(failure));
		if (isAdded) return files;
		if (failures.length === 0) return null;
		if (others.length === 0) this.host.toast(sameWords(files));
		const told = new Set(failures.map(fileNameOf));
		// What is inside an archive has names of its own.
		return files.length === 1 ? files : files.filter(({ name }) => told.has(name));
	}

	/** Saves what is remembered, where that has changed since it was last saved. */
	async save(write: (remembered: readonly Remembered[]) => Promise<void>): Promise<void> {
		const { remembered } = this;
		if (remembered === this.#saved) return;
		await write(remembered);
		this.#saved = remembered;
	}

	/** Stops looking. */
	stop(): void {
		this.#isStopped = true;
		this.#stopWatching();
	}

	async #set(remembered: readonly Remembered[]): Promise<void> {
		this.remembered = remembered;
		await this.#watch();
	}

	/** Watches what is remembered now, and looks at once. */
	async #watch(): Promise<void> {
		this.#stopWatching();
		if (this.#isStopped) return;
		const handles = this.remembered.map(({ handle }) => handle);
		this.#stopWatching = this.host.watch(handles, () => void this.#checkQuietly());
		await this.#checkQuietly();
	}

	/** A look that nobody asked for: what fails is told like any failure. */
	async #checkQuietly(): Promise<void> {
		if (!this.#isRefreshing) await this.check().catch((error: unknown) => this.host.report(error));
	}

	#show(looks: readonly Look[]): void {
		this.#looks = looks;
		const fresh = this.changes.filter(({ name }) => !this.#announced.has(name));
		this.#announced = new Set(this.changed);
		if (fresh.length > 0 && !this.#isRefreshing) {
			this.host.toast(`${changeWords(fresh)} Refresh ${fresh.length === 1 ? 'it' : 'them'} under Sources.`);
		}
	}
}

/** `access`: whether the handle may be read. */
async function look(remembered: Remembered, access: Promise<boolean> | undefined): Promise<Look> {
	const { handle, seen } = remembered;
	try {
		if (!(await access)) return { remembered, isLocked: true, changed: [], failures: [] };
		const { files, failures } = await listFiles(handle);
		return { remembered, isLocked: false, changed: changedFiles(files, seen), failures };
	} catch (error) {
		return { remembered, isLocked: false, changed: [], failures: [accessFailure(handle.name, error)] };
	}
}

function failuresOf({ remembered, isLocked, failures }: Look): readonly AppError[] {
	return isLocked ? [notAllowed(remembered.handle.name)] : failures;
}

function changesOf({ remembered, changed }: Look): DiskChange[] {
	const paths = new Set(remembered.seen.map(({ path }) => path));
	return changed.map(({ path, file }) => ({ name: file.name, isNew: !paths.has(path) }));
}

function onceByName(changes: readonly DiskChange[]): DiskChange[] {
	return [...new Map(changes.map((change) => [change.name, change])).values()];
}

/** What is remembered when these files of a handle have been read; a handle is remembered once. */
async function joined(
	remembered: readonly Remembered[],
	handle: DiskHandle,
	read: readonly DiskEntry[]
): Promise<Remembered[]> {
	const isSame = await Promise.all(remembered.map((each) => each.handle.isSameEntry(handle)));
	const before = remembered.filter((_, i) => isSame[i]).flatMap(({ seen }) => seen);
	return [...remembered.filter((_, i) => !isSame[i]), withSeen({ handle, seen: before }, read)];
}

/** True for one file in two hands. Times are not compared: browsers round those of dropped files. */
function isSameFile(a: File, b: File): boolean {
	return a.name === b.name && a.size === b.size;
}

function fileNameOf(failure: AppError): string | null {
	return 'fileName' in failure.details ? failure.details.fileName : null;
}

function sameWords(files: readonly File[]): string {
	const [first] = files;
	return files.length === 1
		? `${first?.name} holds the same as before.`
		: 'The files hold the same as before.';
}
