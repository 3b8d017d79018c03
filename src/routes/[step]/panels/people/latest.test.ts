import { describe, expect, it, vi } from 'vitest';
import { latest } from './latest.ts';

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('latest', () => {
	it('shows the answer, and reports a failure', async () => {
		const [show, report] = [vi.fn(), vi.fn()];
		latest(async () => 7, show, report);
		latest(() => Promise.reject(new Error('no table')), show, report);
		await settle();
		expect(show.mock.calls).toEqual([[7]]);
		expect(report).toHaveBeenCalledWith(new Error('no table'));
	});

	it('drops what comes when it is no longer wanted, and tells whoever is asked', async () => {
		const [show, report] = [vi.fn(), vi.fn()];
		const signals: AbortSignal[] = [];
		const ask = async (signal: AbortSignal) => {
			signals.push(signal);
			await settle();
			return 7;
		};
		latest(ask, show, report)();
		latest(() => settle().then(() => Promise.reject(new Error('no table'))), show, report)();
		await settle();
		await settle();
		expect(signals[0]?.aborted).toBe(true);
		expect(show).not.toHaveBeenCalled();
		expect(report).not.toHaveBeenCalled();
	});

	it('reports no stop that somebody else asked for', async () => {
		const [show, report] = [vi.fn(), vi.fn()];
		latest(() => Promise.reject(new DOMException('stopped', 'AbortError')), show, report);
		await settle();
		expect(report).not.toHaveBeenCalled();
	});
});
