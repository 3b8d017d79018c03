import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';
import { orderRows, textFile, type MadeFile } from './made-files.ts';

/** A month of orders with numbers of its own; customer C030 and later come in the month of their number. */
function exportOf(name: string, months: readonly number[]): MadeFile {
	const rows = months.flatMap((month) => [
		...orderRows(month).map((row, i) => [`${month}${String(i).padStart(3, '0')}`, ...row]),
		[`${month}900`, `C03${month}`, `2024-0${month}-28`, '500.00']
	]);
	return textFile(name, ['order_id,customer_id,order_date,amount', ...rows.map((row) => row.join(','))]);
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Keeps a pasted list by the dialog of My segments. */
async function pasteList(page: Page, name: string, text: string, customers: number): Promise<void> {
	await goTo(page, 'My segments');
	await page.getByRole('button', { name: 'New segment', exact: true }).click();
	await page.getByRole('menuitem', { name: 'List' }).click();
	const dialog = page.getByRole('dialog', { name: 'A list of customers' });
	await dialog.getByLabel(/^Customer ids, emails or phones/).fill(text);
	await expect(dialog.getByText('Entries found')).toBeVisible({ timeout: 30_000 });
	await dialog.getByLabel('Name').fill(name);
	await dialog.getByRole('button', { name: `Keep ${customers} customers` }).click();
	await expect(dialog).toBeHidden();
	await untilDone(page);
}

/** Gives a reason on the Audiences screen, after which the row can be saved. */
async function useAnyway(page: Page, name: string, reason: string): Promise<void> {
	await page.getByRole('button', { name: `Use ${name} anyway`, exact: true }).click();
	const dialog = page.getByRole('dialog');
	const use = dialog.getByRole('button', { name: 'Use it anyway' });
	await expect(use).toBeDisabled();
	await dialog.getByLabel('Why it is used').fill(reason);
	await use.click();
	await expect(dialog).toBeHidden();
}

/** The customer ids of the file behind a button. */
async function idsBehind(page: Page, button: string | RegExp, fileName?: string): Promise<string[]> {
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: button }).click();
	const download = await saved;
	if (fileName !== undefined) expect(download.suggestedFilename()).toBe(fileName);
	const [header, ...records] = (await textOf(download)).trim().split('\r\n');
	expect(header).toMatch(/^customer_id,.*,natural_segment,segment_name,segment_grade$/);
	const segment = /^Save (?:\d+\. )?(\w+), /.exec(String(button))?.[1];
	if (segment) expect(records.every((record) => record.includes(`,${segment},`))).toBe(true);
	return records.map((record) => record.split(',')[0] ?? '').sort();
}

test('lists and living segments leave in files of their own, and the next export says who entered', async ({
	page
}) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, exportOf('orders_feb.csv', [1, 2]));

	await test.step('a pasted list says whom it names before it is kept', async () => {
		await pasteList(page, 'Staff', '"C001"\n C002 ,\n\nC003;C003\nnobody\n', 3);
		await pasteList(page, 'Press', 'customer_id;note\nC003;x\nC004;y\nC005;z', 3);
	});

	await test.step('the floor holds a small segment back, and a note lets it through', async () => {
		await goTo(page, 'Audiences');
		const panel = page.locator('section, .panel').filter({ hasText: 'Your segments' }).last();
		await expect(panel.getByText('3 active, under your floor of 100').first()).toBeVisible({
			timeout: 30_000
		});
		await expect(page.getByRole('button', { name: 'Save Staff, 3 customers' })).toHaveCount(0);
		await useAnyway(page, 'Staff', 'They test what we send');
		await expect(page.getByText('Used although it is small: They test what we send')).toBeVisible();
		expect(await idsBehind(page, 'Save Staff, 3 customers')).toEqual(['C001', 'C002', 'C003']);
		await page.keyboard.press('Control+z');
		await expect(page.getByRole('button', { name: 'Use Staff anyway', exact: true })).toBeVisible();
		await useAnyway(page, 'Staff', 'They test what we send');
		await useAnyway(page, 'Press', 'Only five of them');
		expect(await idsBehind(page, 'Save Press, 3 customers')).toEqual(['C003', 'C004', 'C005']);
	});

	await test.step('an order of priority makes the files disjoint', async () => {
		await goTo(page, 'My segments');
		const floor = page.getByLabel('Active customers needed');
		await floor.fill('100001');
		await floor.blur();
		await expect(page.getByText('Found “100001”, needs a whole number from 0 to 100000.')).toBeVisible();
		await expect(floor).toHaveAttribute('aria-invalid', 'true');
		await floor.fill('100');
		await floor.blur();
		await expect(floor).not.toHaveAttribute('aria-invalid', 'true');
		await page.getByRole('switch', { name: 'One message each' }).click();
		await untilDone(page);
		await goTo(page, 'Audiences');
		await expect(
			page.getByRole('heading', { name: /^After priority: \d+ people, each in one file$/ })
		).toBeVisible({
			timeout: 30_000
		});
		const staff = await idsBehind(page, /^Save \d+\. Staff, /, '1-of-2-staff.csv');
		const press = await idsBehind(page, /^Save \d+\. Press, /, '2-of-2-press.csv');
		expect(staff.filter((id) => press.includes(id))).toEqual([]);
		expect([...staff, ...press].sort()).toEqual(['C001', 'C002', 'C003', 'C004', 'C005']);
		const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
		const place = (words: RegExp) => headings.findIndex((heading) => words.test(heading));
		expect(place(/^After priority/)).toBeLessThan(place(/^Your segments$/));
		await expect(page.getByText('People here may also be in other files.')).toBeVisible();
		expect(await idsBehind(page, 'Save whole segment Press, 3 customers')).toEqual(['C003', 'C004', 'C005']);
	});

	await test.step('a segment that is made later is said to be outside the order, and gets a place', async () => {
		await pasteList(page, 'Helpers', 'C006\nC007\n', 2);
		await expect(page.getByText('1 of your segments is not in the order.')).toBeVisible({ timeout: 30_000 });
		await goTo(page, 'Audiences');
		await expect(
			page.getByText('The order reaches 5 of the 7 people in at least one of your segments.')
		).toBeVisible({ timeout: 30_000 });
		await page.getByRole('button', { name: 'Add it at the end' }).click();
		await untilDone(page);
		await expect(
			page.getByRole('heading', { name: 'After priority: 7 people, each in one file' })
		).toBeVisible({ timeout: 30_000 });
		await expect(page.getByText('not in the order')).toHaveCount(0);
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 1440, height: 900 });
	});

	await test.step('a living segment and lists after the next export: who entered, left and stayed', async () => {
		await goTo(page, 'My segments');
		await page.getByRole('button', { name: 'What to do with New', exact: true }).click();
		await page.getByRole('menuitem', { name: 'Duplicate' }).click();
		// Files may come while the copy is still being asked: adding them waits for it.
		await goTo(page, 'What changed');
		await chooseFiles(page, exportOf('orders_mar.csv', [2, 3]));
		await expect(title(page)).toContainText('1 new customer', { timeout: 60_000 });
		await untilDone(page);
		const region = page.getByRole('region', { name: 'Entered, left and stayed, by segment of yours' });
		await expect(region.getByRole('row', { name: /^Staff 3 0 0 / })).toBeVisible({ timeout: 60_000 });
		const living = region.getByRole('row', { name: /^New, rule/ });
		const counts = (await living.locator('td').allTextContents()).map(Number);
		const [before = 0, entered = 0, left = 0, stayed = 0, now = 0] = counts;
		expect([left + stayed, entered + stayed]).toEqual([before, now]);
		expect(entered + left).toBeGreaterThan(0);
		await region.getByRole('button', { name: 'Stayed Staff: 3. Show who' }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByRole('heading')).toHaveText('Stayed in Staff: 3');
		const saved = page.waitForEvent('download');
		await dialog.getByRole('button', { name: 'Save as CSV' }).click();
		expect((await textOf(await saved)).trim().split('\r\n')).toHaveLength(4);
	});
	expect(errors).toEqual([]);
});
