import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeFile } from '../../../tests/support/fake-disk.ts';
import { watchDisk } from './file-watch.ts';

const MINUTE_MS = 60_000;

class Page extends EventTarget {
	visibilityState: DocumentVisibilityState = 'visible';

	show(state: DocumentVisibilityState): void {
		this.visibilityState = state;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

type Tell = (changes: readonly { readonly type: string }[]) => void;

describe('watchDisk', () => {
	const file = new FakeFile('orders.csv', '');
	let page: Page;
	let tell: Tell;
	let isDisconnected: boolean;
	let observed: () => Promise<void>;
	const onChange = vi.fn();

	beforeEach(() => {
		vi.useFakeTimers();
		onChange.mockReset();
		page = new Page();
		isDisconnected = false;
		observed = async () => undefined;
		vi.stubGlobal('document', page);
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});

	function withObserver(): void {
		class Observer {
			constructor(onChanges: Tell) {
				tell = onChanges;
			}
			observe = () => observed();
			disconnect = () => {
				isDisconnected = true;
			};
		}
		vi.stubGlobal('window', { FileSystemObserver: Observer });
	}

	it('looks every minute while the page is seen, and when it is seen again', async () => {
		const stop = watchDisk([file], onChange);
		await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
		expect(onChange).toHaveBeenCalledTimes(2);
		page.show('hidden');
		await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
		expect(onChange).toHaveBeenCalledTimes(2);
		page.show('visible');
		expect(onChange).toHaveBeenCalledTimes(3);
		stop();
		page.show('visible');
		await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
		expect(onChange).toHaveBeenCalledTimes(3);
	});

	it('waits for what the browser observes, and takes a row of changes as one', async () => {
		withObserver();
		const stop = watchDisk([file], onChange);
		await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
		expect(onChange).not.toHaveBeenCalled();
		tell([{ type: 'modified' }]);
		tell([{ type: 'modified' }]);
		await vi.advanceTimersByTimeAsync(1000);
		expect(onChange).toHaveBeenCalledTimes(1);
		stop();
		expect(isDisconnected).toBe(true);
	});

	it('looks every minute where observing fails, from the start or later', async () => {
		withObserver();
		const stop = watchDisk([file], onChange);
		tell([{ type: 'errored' }]);
		await vi.advanceTimersByTimeAsync(MINUTE_MS);
		expect(onChange).toHaveBeenCalledTimes(2);
		stop();
		observed = () => Promise.reject(new DOMException('Not yet.', 'NotAllowedError'));
		watchDisk([file], onChange);
		await vi.advanceTimersByTimeAsync(MINUTE_MS);
		expect(onChange).toHaveBeenCalledTimes(3);
	});

	it('does nothing without files', async () => {
		watchDisk([], onChange)();
		await vi.advanceTimersByTimeAsync(MINUTE_MS);
		expect(onChange).not.toHaveBeenCalled();
	});
});
