import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { textFile, type MadeFile } from './made-files.ts';

const MS_PER_DAY = 86_400_000;

/** Orders of 240 customers over a year: each buys every so many days, and some stop. */
function ordersOfAYear(name: string, days = 365): MadeFile {
	const rows: string[] = [];
	for (let customer = 0; customer < 240; customer += 1) {
		const gap = 9 + ((customer * 37) % 55);
		const stops = customer % 5 < 2 ? 40 + ((customer * 53) % 260) : days;
		for (
			let day = customer % 30, i = 0;
			day < Math.min(stops, days);
			day += gap + ((customer * 7 + i * 13) % 9), i += 1
		) {
			const date = new Date(Date.UTC(2023, 0, 1) + day * MS_PER_DAY).toISOString().slice(0, 10);
			rows.push(`${customer}-${i},c${customer},${date},${(8 + ((customer * 11 + i * 17) % 70)).toFixed(2)}`);
		}
	}
	return textFile(name, ['order_id,customer_id,order_date,amount', ...rows]);
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const shownResult = (page: Page) =>
	page.getByRole('heading', { name: /features that were looked at, with all numbers$/ });

test('the screen says what tells who buys again, how sure that is, and who they are', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, ordersOfAYear('orders_2023.csv'));
	await goTo(page, 'What matters');

	await test.step('the finding names a feature and whom it is of', async () => {
		await expect(shownResult(page)).toBeVisible({ timeout: 90_000 });
		await expect(title(page)).toHaveText(/ tells most about who buys again\.$/);
		await expect(
			page.getByText(/^Of \d+ customers with an order before .* bought again in the 90 days after/)
		).toBeVisible();
		await expect(page.getByText(/AUC 0\.\d\d \(0\.\d\d to /)).toBeVisible();
	});

	await test.step('a feature is opened by keyboard, and a tenth picks its people', async () => {
		const bars = page.getByRole('listbox', { name: /of their own|of its own/ });
		await bars.focus();
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await expect(bars.locator('[role=option][aria-selected=true]')).toHaveCount(1);
		const tenths = page.getByRole('listbox', { name: / and who buys again$/ });
		await tenths.focus();
		await page.keyboard.press('Home');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('button', { name: 'Let the selection go' })).toBeVisible();
		await page.keyboard.press('Escape');
	});

	await test.step('the short list is compared in one edit, which can be undone', async () => {
		await page.getByRole('button', { name: 'Compare customers on these' }).click();
		await expect(page).toHaveURL(/natural-segments/);
		await untilDone(page);
		await goTo(page, 'What matters');
		await expect(page.getByText('Customers are compared on these already.')).toBeVisible({ timeout: 90_000 });
		await page.keyboard.press('Control+z');
		await untilDone(page);
		await expect(page.getByRole('button', { name: 'Compare customers on these' })).toBeEnabled({
			timeout: 90_000
		});
	});

	await test.step('ranks or values, and money or people', async () => {
		await page.getByRole('button', { name: 'By values' }).click();
		await expect(page.getByText(/Pearson: how near to a straight line/)).toBeVisible();
		await page.getByLabel('What to tell').selectOption('value');
		await expect(title(page)).toHaveText(/how much customers spend next\.$/, { timeout: 90_000 });
		await page.getByLabel('Days that customers are followed').selectOption('30');
		await expect(page.getByText(/in the 30 days after/)).toBeVisible({ timeout: 90_000 });
		await page.getByLabel('What to tell').selectOption('response');
		await expect(page.getByText('No file tells who was sent what').first()).toBeVisible({ timeout: 90_000 });
		await page.getByLabel('What to tell').selectOption('repeat');
		await page.getByLabel('Days that customers are followed').selectOption('90');
		await expect(shownResult(page)).toBeVisible({ timeout: 90_000 });
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
	expect(errors).toEqual([]);
});

test('a short history says from when to when it runs, and what it takes', async ({ page }) => {
	await openApp(page);
	await importFile(page, ordersOfAYear('orders_short.csv', 45));
	await goTo(page, 'What matters');
	await expect(title(page)).toHaveText('The history is too short to look back.', { timeout: 90_000 });
	await expect(page.getByText(/It takes 60 days: half to describe customers/)).toBeVisible();
});
