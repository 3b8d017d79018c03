import { beforeEach, describe, expect, it } from 'vitest';
import { FakeFile, FakeFolder } from '../../../tests/support/fake-disk.ts';
import { AppError } from '#lib/core/errors.ts';
import type { DiskHandle, Remembered } from './file-handles.ts';
import { Refresher, type RefreshHost } from './refresh.svelte.ts';

/** A session that keeps the texts it was given, and refuses what it has and what is no table. */
class FakeHost implements RefreshHost {
	readonly texts: string[] = [];
	readonly problems: AppError[] = [];
	readonly toasts: string[] = [];
	changes = 0;
	isCalledOff = false;
	watched: readonly DiskHandle[] = [];
	disk: () => void = () => undefined;

	async addFiles(files: readonly File[], onFailure: (error: AppError) => void): Promise<boolean> {
		if (this.isCalledOff) return false;
		const before = this.texts.length;
		for (const file of files) {
			const text = await file.text();
			const fileName = file.name;
			if (text === '') onFailure(new AppError('import.empty', { fileName }));
			else if (this.texts.includes(text)) onFailure(new AppError('import.same-file', { fileName }));
			else this.texts.push(text);
		}
		return this.texts.length > before;
	}

	report(error: unknown): void {
		this.problems.push(error as AppError);
	}

	toast(text: string): void {
		this.toasts.push(text);
	}

	onChange(): void {
		this.changes += 1;
	}

	watch(handles: readonly DiskHandle[], onChange: () => void): () => void {
		this.watched = handles;
		this.disk = onChange;
		return () => (this.disk = () => undefined);
	}
}

describe('Refresher', () => {
	let host: FakeHost;
	let orders: FakeFile;
	let refresher: Refresher;
	const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

	beforeEach(async () => {
		host = new FakeHost();
		orders = new FakeFile('orders.csv', 'may');
		refresher = new Refresher(host, true);
		await refresher.add([orders]);
	});

	it('reads what was chosen, and remembers it', () => {
		expect(host.texts).toEqual(['may']);
		expect(refresher.remembered).toEqual([
			{ handle: orders, seen: [{ path: 'orders.csv', sizeBytes: 3, modifiedAtMs: 1000 }] }
		]);
		expect(refresher.state).toBe('idle');
		expect(host.watched).toEqual([orders]);
		expect(host.changes).toBe(1);
	});

	it('says once that a file has changed, and reads it only when asked to', async () => {
		orders.write('june');
		host.disk();
		await settled();
		host.disk();
		await settled();
		expect(refresher.state).toBe('changed');
		expect(refresher.changed).toEqual(['orders.csv']);
		expect(refresher.standingOf(orders)).toBe('changed');
		expect(host.toasts).toEqual(['orders.csv changed on disk. Refresh it under Sources.']);
		expect(host.texts).toEqual(['may']);
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'june']);
		expect(refresher.state).toBe('idle');
		orders.write('july');
		host.disk();
		await settled();
		expect(host.toasts).toHaveLength(2);
	});

	it('takes a file with the same content for no change', async () => {
		orders.write('may');
		await refresher.check();
		expect(refresher.state).toBe('changed');
		await refresher.refresh();
		expect(host.texts).toEqual(['may']);
		expect(host.problems).toEqual([]);
		expect(host.toasts.at(-1)).toBe('orders.csv holds the same as before.');
		expect(refresher.state).toBe('idle');
	});

	it('says when there is nothing to read', async () => {
		await refresher.refresh();
		expect(host.toasts).toEqual(['Nothing has changed on the disk.']);
	});

	it('finds new files in a folder, and reads only those', async () => {
		const april = new FakeFile('april.csv', 'april');
		const folder = new FakeFolder('exports', [april]);
		await refresher.add([folder]);
		folder.inside.push(new FakeFile('june.csv', 'june'), new FakeFile('notes.csv', ''));
		await refresher.check();
		expect(refresher.changes).toEqual([
			{ name: 'june.csv', isNew: true },
			{ name: 'notes.csv', isNew: true }
		]);
		expect(host.toasts).toEqual(['june.csv and notes.csv are new on disk. Refresh them under Sources.']);
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'april', 'june']);
		expect(host.problems).toMatchObject([{ code: 'import.empty', details: { fileName: 'notes.csv' } }]);
		expect(refresher.state).toBe('idle');
	});

	it('names a file once that also lies in a remembered folder', async () => {
		await refresher.add([new FakeFolder('exports', [orders])]);
		orders.write('june');
		await refresher.check();
		expect(refresher.changed).toEqual(['orders.csv']);
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'june']);
		expect(host.problems).toEqual([]);
		expect(refresher.state).toBe('idle');
	});

	it('names a file that is gone, and reads the others', async () => {
		const returns = new FakeFile('returns.csv', 'r');
		await refresher.add([returns]);
		orders.isGone = true;
		returns.write('r2');
		await refresher.check();
		expect(refresher.standingOf(orders)).toBe('missing');
		expect(refresher.changed).toEqual(['returns.csv']);
		expect(host.problems).toEqual([]);
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'r', 'r2']);
		expect(host.problems).toMatchObject([
			{
				code: 'session.file-access',
				details: { name: 'orders.csv', reason: 'It is no longer where it was.' }
			}
		]);
	});

	it('asks in the click where it may not look, and reads what is allowed', async () => {
		const returns = new FakeFile('returns.csv', 'r');
		await refresher.add([returns]);
		[orders, returns].forEach((file) => {
			file.write(`${file.text}, newer`);
			file.permission = 'prompt';
		});
		returns.answer = 'denied';
		await refresher.check();
		expect(refresher.state).toBe('needs-permission');
		expect(refresher.locked).toEqual(['orders.csv', 'returns.csv']);
		expect(refresher.standingOf(returns)).toBe('locked');
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'r', 'may, newer']);
		expect(host.problems).toMatchObject([
			{ details: { name: 'returns.csv', reason: 'The browser was not allowed to read it.' } }
		]);
	});

	it('offers a file again whose addition was called off', async () => {
		orders.write('june');
		host.isCalledOff = true;
		await refresher.refresh();
		expect(refresher.state).toBe('changed');
		host.isCalledOff = false;
		await refresher.refresh();
		expect(host.texts).toEqual(['may', 'june']);
		expect(refresher.state).toBe('idle');
	});

	it('remembers nothing whose reading was called off, but a folder that is still empty', async () => {
		host.isCalledOff = true;
		await refresher.add([new FakeFile('x.csv', 'x')]);
		expect(refresher.remembered).toHaveLength(1);
		await refresher.add([new FakeFolder('exports', [])]);
		expect(refresher.remembered).toHaveLength(2);
	});

	it('remembers what was dropped, once, with the files that were read of it', async () => {
		const folder = new FakeFolder('exports', [new FakeFile('a.csv', 'a'), new FakeFile('b.csv', 'b')]);
		await refresher.remember([folder, orders], [new File(['a'], 'a.csv')]);
		expect(refresher.remembered.map(({ handle }) => handle)).toEqual([folder, orders]);
		expect(refresher.changes).toEqual([{ name: 'b.csv', isNew: true }]);
	});

	it('comes back with what was saved, and looks at once', async () => {
		const saved: (readonly Remembered[])[] = [];
		const write = async (remembered: readonly Remembered[]) => void saved.push(remembered);
		await refresher.save(write);
		await refresher.save(write);
		expect(saved).toHaveLength(1);
		refresher.stop();
		orders.write('june');
		const next = new Refresher(host, true);
		await next.restore(saved[0]);
		expect(next.changed).toEqual(['orders.csv']);
		await next.save(write);
		expect(saved).toHaveLength(1);
	});

	it('forgets', async () => {
		await refresher.forget(orders);
		orders.write('june');
		await refresher.check();
		expect(refresher.state).toBe('idle');
		expect(host.watched).toEqual([]);
		expect(host.changes).toBe(2);
	});

	it('does not look any more once it is stopped', async () => {
		refresher.stop();
		orders.write('june');
		await refresher.check();
		expect(refresher.changed).toEqual([]);
	});

	it('remembers nothing where the browser cannot', async () => {
		const without = new Refresher(host, false);
		await without.restore([{ handle: orders, seen: [] }]);
		await without.remember([orders], []);
		expect(without.remembered).toEqual([]);
		expect(without.state).toBe('unsupported');
	});
});
