import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { textFile, type MadeFile } from './made-files.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const review = (page: Page) => page.getByRole('dialog', { name: /not quite like/ });
const HEADER = 'order_id,customer_id,order_date,amount';

/** Orders by number: the same number is the same order in every export. */
function exportOf(
	name: string,
	[first, last]: readonly [number, number],
	{ header = HEADER, inCents = false }: { header?: string; inCents?: boolean } = {}
): MadeFile {
	const rows = Array.from({ length: last - first + 1 }, (_, i) => {
		const order = first + i;
		const amount = 5 + ((order * 13) % 90) + 0.25;
		const day = new Date(Date.UTC(2024, 0, 1 + order)).toISOString().slice(0, 10);
		const customer = `C${String((order * 7) % 30).padStart(3, '0')}`;
		return [`A${1000 + order}`, customer, day, inCents ? String(amount * 100) : amount.toFixed(2)].join(',');
	});
	return textFile(name, [header, ...rows]);
}

/** Opens the app with a first export of 60 orders. */
async function startWith60(page: Page): Promise<void> {
	await openApp(page);
	await importFile(page, exportOf('orders-jan.csv', [1, 60]));
	await expect(title(page)).toContainText('60 rows read');
}

test('a renamed column is shown before anything changes, accepted, and carries its meaning', async ({
	page
}) => {
	const errors = recordErrors(page);
	await startWith60(page);
	const renamed = exportOf('orders-feb.csv', [61, 120], {
		header: 'order_id,client_no,order_date,amount'
	});
	await chooseFiles(page, renamed);
	const dialog = review(page);
	await expect(dialog).toBeVisible({ timeout: 30_000 });
	await expect(dialog.getByRole('heading', { level: 2 })).toHaveText(
		'orders-feb.csv is not quite like orders-jan.csv.'
	);
	const row = dialog.getByRole('row', { name: /^Renamed/ });
	await expect(row).toContainText('customer_id');
	await expect(row).toContainText('client_no');
	await expect(row.getByRole('switch')).toBeChecked();
	await expect(title(page)).toContainText('60 rows read');
	await expect(page.getByRole('button', { name: /^Undo: Added orders-feb/ })).toHaveCount(0);

	await dialog.getByRole('button', { name: 'Update' }).last().click();
	await expect(dialog).toBeHidden();
	await expect(title(page)).toContainText('120 rows read', { timeout: 30_000 });
	await expect(page.getByText('One question')).toHaveCount(0);
	await untilDone(page);
	await goTo(page, 'Best customers');
	await expect(title(page)).toBeVisible();

	// What was accepted is part of the recipe: it is read the same way again.
	await page.reload();
	await goTo(page, 'Data');
	await expect(title(page)).toContainText('120 rows read', { timeout: 60_000 });
	await expect(dialog).toBeHidden();
	expect(errors).toEqual([]);
});

test('a rename that does not hold leaves its role open, and it is asked for', async ({ page }) => {
	await startWith60(page);
	await chooseFiles(
		page,
		exportOf('orders-feb.csv', [61, 120], { header: 'order_id,client_no,order_date,amount' })
	);
	const dialog = review(page);
	await dialog.getByRole('switch').click({ timeout: 30_000 });
	await dialog.getByRole('button', { name: 'Update' }).last().click();
	await expect(page.getByText('One question')).toBeVisible({ timeout: 30_000 });
	await page.keyboard.press('Control+z');
	await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
});

test('amounts in cents are flagged, and left out unless the user says otherwise', async ({ page }) => {
	await startWith60(page);
	const cents = exportOf('orders-feb.csv', [61, 120], { inCents: true });
	await chooseFiles(page, cents);
	const dialog = review(page);
	await expect(dialog).toContainText('About 100 times larger than before: cents, it seems.', {
		timeout: 30_000
	});
	await expect(dialog.getByRole('button', { name: 'Leave out' })).toHaveAttribute('aria-pressed', 'true');
	await dialog.getByRole('button', { name: 'Leave it out' }).click();
	await expect(dialog).toBeHidden();
	await expect(title(page)).toContainText('60 rows read');
	await expect(page.getByRole('heading', { name: 'One file' })).toBeVisible();

	await chooseFiles(page, cents);
	await dialog.getByRole('button', { name: 'File of its own' }).click({ timeout: 30_000 });
	await dialog.getByRole('button', { name: 'Add as a file of its own' }).click();
	await expect(title(page)).toContainText('120 rows read', { timeout: 30_000 });
});

test('Cancel and Escape leave everything as it was', async ({ page }) => {
	await startWith60(page);
	const before = await title(page).textContent();
	const changed = exportOf('orders-feb.csv', [61, 120], {
		header: 'order_id,client_no,order_date,amount'
	});
	for (const leave of [
		() => page.keyboard.press('Escape'),
		() => review(page).getByRole('button', { name: 'Cancel' }).click()
	]) {
		await chooseFiles(page, changed);
		await expect(review(page)).toBeVisible({ timeout: 30_000 });
		await leave();
		await expect(review(page)).toBeHidden();
		await untilDone(page);
		await expect(title(page)).toHaveText(before ?? '');
		await expect(page.getByRole('heading', { name: 'One file' })).toBeVisible();
		await expect(page.getByRole('alert')).toHaveCount(0);
	}
});

test('an overlapping export joins without a question, and adds no order twice', async ({ page }) => {
	await startWith60(page);
	await chooseFiles(page, exportOf('orders-feb.csv', [31, 90]));
	await expect(title(page)).toContainText('120 rows read. 90', { timeout: 30_000 });
	await expect(review(page)).toHaveCount(0);
	await untilDone(page);
	await expect(title(page)).toContainText('120 rows read. 90');
});
