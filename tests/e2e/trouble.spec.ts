import { expect, test } from '@playwright/test';
import { chooseFiles, fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { textFile } from './made-files.ts';

test('a double click starts one session', async ({ page }) => {
	const errors = recordErrors(page);
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).dblclick();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('of customers', { timeout: 60_000 });
	await untilDone(page);
	await page
		.getByRole('link', { name: /Pomelo/ })
		.first()
		.click();
	await expect(page.locator('tbody tr')).toHaveCount(1);
	expect(errors).toEqual([]);
});

test('a run that is cancelled shows nothing of the recipe before it, and goes on', async ({ page }) => {
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await page
		.getByRole('checkbox', { name: 'Same as an earlier row' })
		.or(page.getByRole('switch', { name: 'Same as an earlier row' }))
		.first()
		.click();
	await page.getByRole('button', { name: 'Cancel', exact: true }).click({ timeout: 20_000 });
	// The clusters come last, so wherever the run was stopped, there are none of the new recipe yet.
	await goTo(page, 'Natural segments');
	await expect(page.getByText('This was stopped before it was done.').first()).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No natural segments yet.');
	await page.getByRole('button', { name: 'Go on' }).click();
	await untilDone(page);
	await goTo(page, 'Data');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('224,036', { timeout: 60_000 });
});

test('adding a file can be cancelled at any moment, and the session stands as before', async ({ page }) => {
	await openApp(page);
	await importFile(page, orders('ok.csv', 300, 59));
	const loadings = () => page.evaluate(() => performance.getEntriesByName('pomelo:import').length);
	const isLoadedAgain = (before: number) =>
		page.waitForFunction((n) => performance.getEntriesByName('pomelo:import').length > n, before);
	for (const isAfterLoading of [false, true]) {
		const before = await loadings();
		await page.getByLabel('Add files').setInputFiles(orders('big.csv', 1_000_000, 5900));
		if (isAfterLoading) await isLoadedAgain(before);
		await page.getByRole('button', { name: 'Cancel', exact: true }).click({ timeout: 30_000 });
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^300 rows read/, { timeout: 60_000 });
		await untilDone(page);
		await expect(page.getByText('big.csv')).toHaveCount(0);
	}
});

test('dates that can be read both ways are asked for, once', async ({ page }) => {
	await openApp(page);
	const days = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
	const rows = days.flatMap((a, i) => days.map((b, j) => `C${(i * j) % 30},${a}/${b}/2024,${5 + i + j}`));
	const buffer = Buffer.from(['customer,date,amount', ...rows].join('\n'));
	await chooseFiles(page, { name: 'both.csv', mimeType: 'text/csv', buffer });
	await page.getByRole('button', { name: 'Day first' }).first().click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('144 rows read', { timeout: 30_000 });
});

test('a file that is there already is refused', async ({ page }) => {
	await openApp(page);
	await importFile(page, fixture('shopify/orders.csv'));
	await page.getByLabel('Add files').setInputFiles(fixture('shopify/orders.csv'));
	await expect(page.getByText('orders.csv is here already.')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('344 rows read');
});

test('a session open in one tab is not written or deleted by another', async ({ page, context }) => {
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
	await untilDone(page);
	const other = await context.newPage();
	await openApp(other);
	await other.getByRole('button', { name: /^More for/ }).click();
	await other.getByText('Delete this session').click();
	await other.getByRole('button', { name: 'Delete it' }).click();
	await expect(other.getByText('This session is open in another tab.')).toBeVisible();
	await expect(other.locator('tbody tr')).toHaveCount(1);
	await other.locator('tbody tr').getByRole('button').first().click();
	await expect(other.getByText('Open in another tab: not saved here')).toBeVisible({ timeout: 60_000 });
});

test('a session without files says what to do, and undo brings the file back', async ({ page }) => {
	await openApp(page);
	await importFile(page, fixture('shopify/orders.csv'));
	await page.getByRole('button', { name: 'Remove orders.csv' }).click();
	await expect(page.getByText('No file in this session').first()).toBeVisible();
	await page.keyboard.press('Control+z');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('344 rows read', { timeout: 30_000 });
});

function orders(name: string, rows: number, customers: number) {
	const line = (i: number) => `${i},c${i % customers},2024-0${1 + (i % 9)}-1${i % 9},${(i % 50) + 1}.00`;
	return textFile(name, [
		'order_id,customer,order_date,amount',
		...Array.from({ length: rows }, (_, i) => line(i))
	]);
}
