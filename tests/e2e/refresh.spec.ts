import { writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { orderRows, textFile } from './made-files.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const watched = (page: Page) => page.getByText(/ watched for a newer export$/);
const remember = (page: Page, what: 'file' | 'folder') =>
	page.getByRole('button', { name: `Remember a ${what}…` }).click();
const refresh = (page: Page) => page.getByRole('button', { name: 'Refresh', exact: true }).click();
const changed = (page: Page) => page.getByRole('main').getByText(/ on disk\.( |$)/);

/** Orders of whole months of 2024 with order numbers: months of one list overlap where they have the same number. */
function exportOf(...months: readonly number[]): string {
	const lines = months.flatMap((month) =>
		orderRows(month).map((row, i) => [`${1000 * month + i}`, ...row].join(','))
	);
	return `order_id,customer_id,order_date,amount\n${lines.join('\n')}\n`;
}

const madeFile = (name: string, text: string) => textFile(name, text.trimEnd().split('\n'));

/** Stands in for the disk: the choosers give a folder of the browser's own file system, and a file in it. */
async function useBrowserDisk(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const folder = async () =>
			(await navigator.storage.getDirectory()).getDirectoryHandle('exports', { create: true });
		window.showDirectoryPicker = folder;
		window.showOpenFilePicker = async () => [await (await folder()).getFileHandle('orders.csv')];
	});
}

async function write(page: Page, name: string, text: string): Promise<void> {
	await page.evaluate(
		async ([fileName, content]) => {
			const root = await navigator.storage.getDirectory();
			const folder = await root.getDirectoryHandle('exports', { create: true });
			const file = await folder.getFileHandle(fileName, { create: true });
			const stream = await file.createWritable();
			await stream.write(content);
			await stream.close();
		},
		[name, text] as const
	);
}

async function remove(page: Page, name: string): Promise<void> {
	await page.evaluate(async (fileName) => {
		const root = await navigator.storage.getDirectory();
		await (await root.getDirectoryHandle('exports')).removeEntry(fileName);
	}, name);
}

/** Opens the export of May and remembers the folder it lies in. */
async function startWithFolder(page: Page): Promise<void> {
	await useBrowserDisk(page);
	await openApp(page);
	await write(page, 'orders.csv', exportOf(5));
	await importFile(page, madeFile('orders.csv', exportOf(5)));
	await goTo(page, 'Sources');
	await remember(page, 'folder');
	await expect(watched(page)).toHaveText('1 folder is watched for a newer export');
}

/** The rows that were read, as Data says. */
async function expectRowsRead(page: Page, rows: number): Promise<void> {
	await goTo(page, 'Data');
	await expect(title(page)).toContainText(`${rows} rows read`, { timeout: 60_000 });
	await untilDone(page);
}

test.describe('files that are remembered', () => {
	test('a folder: a newer export is one click away, and nothing is read before it', async ({ page }) => {
		const errors = recordErrors(page);
		await startWithFolder(page);
		await expect(page.getByText('orders.csv holds the same as before.')).toBeVisible();
		await expectRowsRead(page, 60);

		await write(page, 'orders.csv', exportOf(5, 6));
		await write(page, 'archive.csv', exportOf(4));
		await goTo(page, 'Sources');
		await expect(changed(page)).toContainText('archive.csv and orders.csv changed on disk', {
			timeout: 90_000
		});
		await expectRowsRead(page, 60);

		await goTo(page, 'Sources');
		await refresh(page);
		await expect(changed(page)).toHaveCount(0, { timeout: 30_000 });
		await expectRowsRead(page, 240);
		await expect(page.getByRole('alert')).toHaveCount(0);
		expect(errors).toEqual([]);
	});

	test('what changed says who moved, and the older file can go', async ({ page }) => {
		await startWithFolder(page);
		await write(page, 'orders.csv', exportOf(5, 6));
		await expect(changed(page)).toContainText('orders.csv changed on disk', { timeout: 90_000 });
		await refresh(page);
		await expectRowsRead(page, 180);
		await goTo(page, 'What changed');
		await expect(page.getByRole('main').getByText('Bought again', { exact: true }).first()).toBeVisible();

		await goTo(page, 'Sources');
		await expect(page.getByText('1 older file is fully replaced.')).toBeVisible();
		await page.getByRole('button', { name: 'Remove it', exact: true }).click();
		await expectRowsRead(page, 120);
		await page.getByRole('button', { name: 'Undo', exact: true }).click();
		await expect(title(page)).toContainText('180 rows read', { timeout: 30_000 });
	});

	test('a folder is known after a reload, and what changed meanwhile is seen', async ({ page }) => {
		await startWithFolder(page);
		await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
		await write(page, 'orders.csv', exportOf(5, 6));
		await page.reload();
		await expect(watched(page)).toHaveText('1 folder is watched for a newer export', { timeout: 60_000 });
		await expect(changed(page)).toContainText('orders.csv changed on disk');
		await untilDone(page);
		await refresh(page);
		await expectRowsRead(page, 180);
	});

	test('a file that is gone is named, and can be forgotten', async ({ page }) => {
		await useBrowserDisk(page);
		await openApp(page);
		await importFile(page, madeFile('may.csv', exportOf(5)));
		await write(page, 'orders.csv', exportOf(6));
		await goTo(page, 'Sources');
		await remember(page, 'file');
		await expect(watched(page)).toHaveText('1 file is watched for a newer export');
		await expectRowsRead(page, 120);
		await remove(page, 'orders.csv');
		await goTo(page, 'Sources');
		await refresh(page);
		await expect(page.getByText('orders.csv cannot be read from the disk again.')).toBeVisible();
		await expect(page.getByText('Not found', { exact: true })).toBeVisible();
		await page.getByRole('button', { name: 'Forget orders.csv' }).click();
		await expect(page.getByText('No file on the disk is remembered yet')).toBeVisible();
		await expectRowsRead(page, 120);
	});

	test('without the means to remember, the next export is dropped or chosen', async ({ page }) => {
		await page.addInitScript(() => {
			for (const name of ['showOpenFilePicker', 'showDirectoryPicker', 'FileSystemObserver']) {
				Reflect.deleteProperty(window, name);
			}
		});
		await openApp(page);
		await importFile(page, madeFile('may.csv', exportOf(5)));
		await goTo(page, 'Sources');
		await expect(page.getByText('Next month, drop the new export here')).toBeVisible();
		await expect(page.getByRole('button', { name: /^Remember a/ })).toHaveCount(0);
		const panel = page.getByRole('region', { name: 'Next month, drop the new export here' });
		await panel.locator('input[name=files]').setInputFiles(madeFile('june.csv', exportOf(6)));
		await expectRowsRead(page, 120);
	});
});

test('a file that is overwritten on the disk after it was read stays readable', async ({ page }, info) => {
	const errors = recordErrors(page);
	const path = info.outputPath('orders.csv');
	writeFileSync(path, exportOf(5));
	await openApp(page);
	await importFile(page, path);
	await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
	// Of the same size, so that the contents have to be compared.
	writeFileSync(path, exportOf(6));
	await page.locator('input[name=files]').first().setInputFiles(path);
	await expect(title(page)).toContainText('120 rows read', { timeout: 30_000 });
	await untilDone(page);
	await expect(page.getByRole('alert')).toHaveCount(0);
	expect(errors).toEqual([]);
});
