import type { DiskHandle } from './file-handles.ts';

/** How often files are looked at that the browser does not observe. */
const LOOK_EVERY_MS = 60_000;
/** A program that writes a file tells of many changes in a row. */
const QUIET_MS = 500;

/**
 * Calls back when something may have changed: as the browser observes it; else every minute while the page is seen.
 * Always when the page is seen again, since observers can miss what happened meanwhile.
 * @returns what stops it
 */
export function watchDisk(handles: readonly DiskHandle[], onChange: () => void): () => void {
	if (handles.length === 0) return () => undefined;
	const isSeen = () => document.visibilityState === 'visible';
	const onVisible = () => {
		if (isSeen()) onChange();
	};
	const timer = setInterval(() => {
		if (isSeen() && !observed.isWhole()) onChange();
	}, LOOK_EVERY_MS);
	const observed = observe(handles, onChange);
	document.addEventListener('visibilitychange', onVisible);
	return () => {
		document.removeEventListener('visibilitychange', onVisible);
		clearInterval(timer);
		observed.stop();
	};
}

/** What the browser observes. `isWhole`: every handle, so that nobody else has to look. */
interface Observed {
	isWhole(): boolean;
	stop(): void;
}

function observe(handles: readonly DiskHandle[], onChange: () => void): Observed {
	const Observer = globalThis.window?.FileSystemObserver;
	if (!Observer) return { isWhole: () => false, stop: () => undefined };
	let observedCount = 0;
	let isLost = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const observer = new Observer((changes) => {
		isLost ||= changes.some(({ type }) => type === 'errored');
		clearTimeout(timer);
		timer = setTimeout(onChange, QUIET_MS);
	});
	for (const handle of handles) {
		observer.observe(handle, { recursive: true }).then(
			() => (observedCount += 1),
			// A handle that may not be read yet, or a disk that tells nothing: it is looked at every minute.
			() => (isLost = true)
		);
	}
	return {
		isWhole: () => !isLost && observedCount === handles.length,
		stop: () => {
			clearTimeout(timer);
			observer.disconnect();
		}
	};
}
