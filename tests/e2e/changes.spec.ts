import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';
import { orderRows, textFile, type MadeFile } from './made-files.ts';

/** An export with order numbers of whole months, and customers that only this one has. */
function exportOf(name: string, months: readonly number[], newcomers = 0): MadeFile {
	const rows = months.flatMap((month) =>
		orderRows(month).map((row, i) => [`${month}${String(i).padStart(3, '0')}`, ...row])
	);
	const latest = String(Math.max(...months)).padStart(2, '0');
	const fresh = Array.from({ length: newcomers }, (_, i) => [
		`9${latest}${i}`,
		`N${i}`,
		`2024-${latest}-27`,
		'12.50'
	]);
	const lines = [...rows, ...fresh].map((row) => row.join(','));
	return textFile(name, ['order_id,customer_id,order_date,amount', ...lines]);
}

/** Adds a file on the open screen and waits until the finding says this. */
async function addFile(page: Page, file: MadeFile, finding: string): Promise<void> {
	await chooseFiles(page, file);
	await expect(title(page)).toContainText(finding, { timeout: 60_000 });
	await untilDone(page);
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const tile = (page: Page, label: string) => page.getByRole('button', { name: new RegExp(`^${label}: `) });

test('the next export says who is new, who moved and who they are', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, exportOf('orders_feb.csv', [1, 2]));

	await test.step('before it there is nothing to compare', async () => {
		await goTo(page, 'What changed');
		await expect(title(page)).toHaveText('Nothing to compare yet.');
		await expect(page.getByText('Add next month’s export, and this page says who moved.')).toBeVisible();
		await expect(page.getByRole('button', { name: 'Add files' })).toBeVisible();
	});

	await test.step('the newer export is compared with what there was', async () => {
		await addFile(page, exportOf('orders_mar.csv', [2, 3], 4), '4 new customers');
		await expect(tile(page, 'New customers')).toHaveText('4');
		await expect(tile(page, 'Bought again')).toHaveText('30');
		await expect(page.getByRole('heading', { name: '64 new orders, 0 changed, 0 vanished' })).toBeVisible();
	});

	await test.step('every row of the matrix adds up to 100%', async () => {
		const rows = page.getByRole('region', { name: 'Customers by group before and now' }).locator('tbody tr');
		const texts = await rows.allTextContents();
		expect(texts.length).toBeGreaterThan(2);
		for (const text of texts) {
			const shares = [...text.matchAll(/(\d+)%/g)].map(([, share]) => Number(share));
			if (!text.includes('<1%')) expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
		}
	});

	await test.step('a number opens its people, and they can be saved', async () => {
		await tile(page, 'New customers').click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByRole('heading')).toHaveText('New customers: 4');
		await expect(dialog.locator('tbody tr')).toHaveCount(4);
		await expect(dialog).toContainText('Newcomers');
		const saved = page.waitForEvent('download');
		await dialog.getByRole('button', { name: 'Save as CSV' }).click();
		const download = await saved;
		expect(download.suggestedFilename()).toBe('new-customers.csv');
		const [header, ...records] = (await textOf(download)).trim().split('\r\n');
		expect(header).toBe('customer_id,from,to');
		expect(records.map((record) => record.split(',')[0]).sort()).toEqual(['N0', 'N1', 'N2', 'N3']);
		await expect(dialog).toBeHidden();
	});

	await test.step('the flow is one stop, and its ribbons open by keyboard', async () => {
		const flow = page.getByRole('listbox');
		await flow.focus();
		await page.keyboard.press('Home');
		const first = flow.locator('[role=option]').last();
		const count = /: ([\d,]+) customers?$/.exec((await first.getAttribute('aria-label')) ?? '')?.[1];
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog').getByRole('heading')).toHaveText(new RegExp(`: ${count}$`));
		await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
		await expect(flow).toBeFocused();
	});

	await test.step('who entered a group is a file of so many rows', async () => {
		const region = page.getByRole('region', { name: 'Entered, left and stayed, by group' });
		const entered = region.getByRole('button', { name: /^Entered .*Show who$/ }).first();
		const count = Number(await entered.textContent());
		const saved = page.waitForEvent('download');
		await region
			.getByRole('button', { name: /^Save who entered/ })
			.first()
			.click();
		expect((await textOf(await saved)).trim().split('\r\n')).toHaveLength(count + 1);
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 1440, height: 900 });
	});

	await test.step('a third export can be compared with either', async () => {
		await addFile(page, exportOf('orders_apr.csv', [4], 4), 'Nobody moved since');
		const choice = page.getByLabel('Compare with');
		await expect(choice.locator('option')).toHaveCount(2);
		await choice.selectOption({ index: 1 });
		await expect(title(page)).toContainText('4 new customers');
	});

	await test.step('a reload keeps what to compare with', async () => {
		await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
		await page.reload();
		await expect(title(page)).toContainText('Nobody moved since', { timeout: 90_000 });
		await expect(page.getByLabel('Compare with').locator('option')).toHaveCount(2);
		await untilDone(page);
	});

	await test.step('undoing an addition takes its comparison away', async () => {
		await page.keyboard.press('Control+z');
		await expect(title(page)).toContainText('4 new customers', { timeout: 60_000 });
		await untilDone(page);
		await page.keyboard.press('Control+z');
		await expect(title(page)).toHaveText('Nothing to compare yet.', { timeout: 60_000 });
	});
	expect(errors).toEqual([]);
});
