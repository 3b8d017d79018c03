import { observeRequests, type GateReport, type SeenRequest, type TimingScope } from './guard.ts';

/**
 * Counts what reaches the network, from the page and from its workers, this site's own origin included. Requests from
 * before `start` do not count, even when they are reported later.
 */
export class RequestCounter {
	readonly #onChange: (requests: readonly SeenRequest[]) => void;
	readonly #scope: TimingScope & { performance: Performance };
	#seen: SeenRequest[] = [];
	#startMs = 0;

	/** `onChange` is given every request since `start`, oldest first, whenever there is one more. */
	constructor(
		onChange: (requests: readonly SeenRequest[]) => void,
		scope: TimingScope & { performance: Performance } = globalThis
	) {
		this.#onChange = onChange;
		this.#scope = scope;
		observeRequests(scope, (requests) => this.#add(requests));
	}

	/** Requests since `start`, oldest first. */
	get requests(): readonly SeenRequest[] {
		return this.#seen.filter(({ startedAtMs }) => startedAtMs >= this.#startMs);
	}

	/** Counts from now on. */
	start(): void {
		const { performance } = this.#scope;
		this.#startMs = performance.timeOrigin + performance.now();
		this.#seen = this.#seen.filter(({ startedAtMs }) => startedAtMs >= this.#startMs);
	}

	/** Takes in what a worker reports. */
	take(report: GateReport): void {
		this.#add(report.requests);
	}

	#add(requests: readonly SeenRequest[]): void {
		const fresh = requests.filter(({ startedAtMs }) => startedAtMs >= this.#startMs);
		if (fresh.length === 0) return;
		this.#seen = [...this.#seen, ...fresh].sort((a, b) => a.startedAtMs - b.startedAtMs);
		this.#onChange(this.requests);
	}
}
