import type { GateReport } from './guard.ts';

/** Listens to the reports of a worker, and of those that replace it. */
export class WorkerWatch {
	/** Whether the policy of the first worker blocks requests. */
	readonly verdict: Promise<boolean>;
	/** To be given to `startWorker` as `onGateReport`. */
	readonly onReport: (report: GateReport) => void;

	/** `pass` is told every report too: `RequestCounter.take`. */
	constructor(pass: (report: GateReport) => void) {
		let decide: (isBlocked: boolean) => void;
		this.verdict = new Promise((resolve) => {
			decide = resolve;
		});
		this.onReport = (report) => {
			if (report.violationSeen !== null) decide(report.violationSeen);
			pass(report);
		};
	}
}
