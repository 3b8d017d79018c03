import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { orderRows, textFile } from './made-files.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
const MY_CARD = 'New customers';

async function countOf(of: Locator): Promise<number> {
	await expect(of.locator('[aria-busy]')).toHaveAttribute('aria-busy', 'false');
	return Number((await of.locator('strong').textContent())?.replaceAll(/\D/g, ''));
}

async function openSample(page: Page): Promise<void> {
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(title(page)).toContainText('of customers', { timeout: 60_000 });
	await untilDone(page);
}

async function untilCounted(page: Page): Promise<void> {
	await expect(title(page)).toContainText('can be told from your files', { timeout: 60_000 });
}

test('ideas are counted, changed, seen, used and opened', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openSample(page);
	await goTo(page, 'Ideas');

	await test.step('everything is counted by itself', async () => {
		await untilCounted(page);
		await expect(title(page)).toHaveText(/^\d+ of 30 ideas .*: [\d,]+ people viewed and did not buy\.$/);
		await expect(card(page, 'Detractors')).toContainText('a file of answers to a survey');
		expect(await countOf(card(page, 'Viewed and did not buy'))).toBeGreaterThan(0);
	});

	await test.step('a changed number changes the count, and can be taken back', async () => {
		const mine = card(page, MY_CARD);
		const before = await countOf(mine);
		const days = mine.getByLabel('Days since the first order, at most');
		await days.fill('60');
		await expect(mine.getByRole('button', { name: 'Usual numbers' })).toBeVisible();
		await expect.poll(() => countOf(mine)).toBeGreaterThan(before);
		await days.fill('0');
		await expect(mine).toContainText('Found “0”, needs a whole number from 1 to 1095.');
		await days.blur();
		await expect(days).toHaveValue('0');
		await expect(days).toHaveAttribute('aria-invalid', 'true');
		await expect(mine.locator('strong')).toHaveText('–');
		await expect(mine.getByRole('button', { name: 'Use', exact: true })).toBeDisabled();
		await days.fill('');
		await expect(mine).toContainText('Found nothing, needs a whole number from 1 to 1095.');
		await mine.getByRole('button', { name: 'Usual numbers' }).click();
		await expect(days).toHaveValue('30');
		expect(await countOf(mine)).toBe(before);
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

	await test.step('search and the switch leave out', async () => {
		await page.getByLabel('Find an idea').fill('survey asked');
		await expect(page.getByText('No idea fits')).toBeVisible();
		await page.getByRole('button', { name: 'Show all ideas' }).click();
		await page.getByRole('switch', { name: 'Only those my files can tell' }).check();
		await expect(card(page, 'Detractors')).toHaveCount(0);
		await expect(card(page, MY_CARD)).toBeVisible();
	});

	await test.step('numbers that leave nobody say so, and are held back', async () => {
		const viewed = card(page, 'Viewed and did not buy');
		await viewed.getByLabel('Days in which they looked').fill('5');
		await expect(viewed).toContainText('Nobody can have looked in the last 5 days and waited 7 days since.');
		await expect(viewed.getByRole('button', { name: 'Use', exact: true })).toBeDisabled();
		await viewed.getByLabel('Days without an order after it').fill('3');
		await expect(viewed.getByRole('button', { name: 'Use', exact: true })).toBeEnabled();
		await viewed.getByRole('button', { name: 'Usual numbers' }).click();
		await expect(card(page, 'Left a cart')).toContainText('filled a cart in the last 7 days');
	});

	await test.step('a number picks the people of an idea, and “See them” goes to them', async () => {
		const mine = card(page, MY_CARD);
		const count = await countOf(mine);
		const number = mine.getByRole('button', { name: /Select them$/ });
		await number.click();
		await expect(number).toHaveAttribute('aria-pressed', 'true');
		await expect(page.locator('body')).toContainText(`${count.toLocaleString('en-GB')} customers`);
		await number.click();
		await expect(number).toHaveAttribute('aria-pressed', 'false');
		await number.click();
		await mine.getByRole('button', { name: 'See them' }).click();
		await expect(page).toHaveURL(/customers/);
		await expect(page.locator('main')).toContainText(MY_CARD);
		await page.getByRole('button', { name: 'Let the selection go' }).click();
		await goTo(page, 'Ideas');
		await untilCounted(page);
	});

	await test.step('what is used says so, and can be undone', async () => {
		const mine = card(page, MY_CARD);
		const count = await countOf(mine);
		await mine.getByRole('button', { name: 'Use', exact: true }).click();
		await expect(page.getByText(`“${MY_CARD}” is one of your segments now.`)).toBeVisible();
		await expect(mine.getByRole('link', { name: 'In My segments' })).toBeVisible();
		await untilDone(page);
		expect(await countOf(mine)).toBe(count);
		await page.getByRole('status', { name: 'What was done' }).getByRole('button', { name: 'Undo' }).click();
		await expect(mine.getByRole('link', { name: 'In My segments' })).toHaveCount(0);
		await mine.getByRole('button', { name: 'Use', exact: true }).click();
		await expect(mine.getByRole('link', { name: 'In My segments' })).toBeVisible();
	});

	await test.step('a reload keeps it', async () => {
		await untilDone(page);
		await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
		await page.reload();
		await untilCounted(page);
		await card(page, MY_CARD).getByRole('link', { name: 'In My segments' }).click();
		await expect(page).toHaveURL(/my-segments/);
		await expect(page.locator('main')).toContainText(MY_CARD);
	});

	await test.step('an idea opens in the builder', async () => {
		await goTo(page, 'Ideas');
		await card(page, 'Overdue by their own rhythm')
			.getByRole('button', { name: 'Open in the builder' })
			.click();
		await expect(page).toHaveURL(/builder/);
	});
	expect(errors).toEqual([]);
});

test('orders alone tell some of the ideas, and the others say what they need', async ({ page }) => {
	await openApp(page);
	const lines = [1, 2, 3].flatMap((month) =>
		orderRows(month).map((row, i) => [`${month}${String(i).padStart(3, '0')}`, ...row].join(','))
	);
	await importFile(page, textFile('orders.csv', ['order_id,customer_id,order_date,amount', ...lines]));
	await goTo(page, 'Ideas');
	await untilCounted(page);
	await expect(card(page, 'Viewed and did not buy')).toContainText('It needs a file of events');
	await expect(card(page, 'Viewed and did not buy').getByRole('button', { name: 'Use' })).toHaveCount(0);
	await expect(card(page, 'Full-price buyers')).toContainText('a column of discounts or coupons');
	await expect(card(page, 'New customers').getByRole('button', { name: 'Use' })).toBeVisible();
});
