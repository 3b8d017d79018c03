/** How far a piece of work is. `share` runs from 0 to 1 and never back; `null` when nobody can know. */
export interface Progress {
	readonly what: string;
	readonly share: number | null;
	/** Rows done so far. */
	readonly rows?: number;
	/** Bytes done so far, of `totalBytes` where that is known. */
	readonly bytes?: number;
	readonly totalBytes?: number;
}

export type OnProgress = (progress: Progress) => void;

/** Stops the caller when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
	signal?.throwIfAborted();
}

/** Passes a share on when its whole percent has risen. */
export function inPercent(what: string, onProgress: OnProgress): (share: number) => void {
	let shown = -1;
	return (share) => {
		const percent = Math.floor(share * 100);
		if (percent <= shown) return;
		shown = percent;
		onProgress({ what, share });
	};
}
