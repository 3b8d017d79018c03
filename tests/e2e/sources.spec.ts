import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, goTo, openApp, recordErrors, untilDone } from './app.ts';
import { orderRows, ordersFile, textFile } from './made-files.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Waits until the sources have been looked at. */
async function untilLookedAt(page: Page): Promise<void> {
	await untilDone(page);
	await expect(title(page)).toContainText(/ sources?, /, { timeout: 60_000 });
	await expect(page.getByText('Looking at what hangs on it')).toHaveCount(0, { timeout: 60_000 });
}

/** Opens every source and its notes. */
async function openAll(page: Page): Promise<void> {
	const sources = await page.getByRole('button', { name: /^Look (closer at|less closely at)/ }).count();
	expect(sources).toBeGreaterThan(0);
	const closed = page.getByRole('button', { name: /^Look closer at/ });
	while ((await closed.count()) > 0) await closed.first().click();
	const shut = page.locator('main details:not([open]) > summary');
	while ((await shut.count()) > 0) await shut.first().click();
}

/** Days of this year so far back, as the clock of the browser has it. */
function daysAgo(days: number): string {
	return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

test('the sample shop: how old each source is, its busy day, its outage, and what hangs on it', async ({
	page
}) => {
	const errors = recordErrors(page);
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(title(page)).toContainText('of the revenue', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Sources');
	await untilLookedAt(page);
	await expect(title(page)).toContainText(/^Five sources, the oldest .* old\. .* of [\d,.]+ people/);

	const orders = page.getByRole('region', { name: 'sample-shop-orders.csv', exact: true });
	await expect(orders.getByText(/^Without it you would lose [\d,.]+ orders/)).toBeVisible();
	await orders.getByRole('button', { name: 'Look closer at sample-shop-orders.csv' }).click();
	await expect(orders.getByText('5.1 times the usual orders').first()).toBeVisible();
	await orders.getByRole('button', { name: /2025/ }).first().click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('5.1 times the usual orders');
	await expect(dialog.getByText('without a customer').first()).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();

	await orders.getByRole('button', { name: /^See the .* rows of sample-shop-orders\.csv/ }).click();
	await expect(page.getByRole('dialog')).toContainText('rows set aside');
	await page.keyboard.press('Escape');

	const events = page.getByRole('region', { name: 'sample-shop-events.csv', exact: true });
	await events.getByRole('button', { name: 'Look closer at sample-shop-events.csv' }).click();
	await expect(events.getByText(/no events for 3 days/).first()).toBeVisible();
	await page.getByRole('button', { name: 'Most people first' }).click();
	await expect(page.getByRole('button', { name: 'Most people first' })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	expect(errors).toEqual([]);
});

test('a source that is older than it may be says so wherever it counts, until it may be older', async ({
	page
}) => {
	const errors = recordErrors(page);
	await openApp(page);
	await chooseFiles(page, ordersFile('orders.csv', 3));
	await expect(title(page)).toContainText('rows read', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Sources');
	await untilLookedAt(page);
	await page.getByRole('button', { name: 'Set a limit for the age of orders.csv' }).click();
	const age = page.getByLabel('How old it may be, in days');
	await expect(age).toBeFocused();

	await age.fill('0');
	await age.press('Enter');
	await expect(page.getByText('Found 0, needed whole days from 1 to 3650.')).toBeVisible();
	await age.fill('30');
	await age.press('Enter');
	await expect(page.getByText(/^orders\.csv is [\d,.]+ days old\.$/)).toBeVisible();
	await expect(title(page)).toContainText(/^One source, .* old\. It knows 30 people\.$/);
	await page.getByLabel('Lawful basis').selectOption('contract');
	await page.getByLabel('Where it comes from').fill('the till');
	await page.getByLabel('Where it comes from').press('Enter');
	await expect(page.locator('main summary')).toContainText(
		'from the till, contract (b), at most 30 days old'
	);

	for (const screen of [
		'Customers',
		'What changed',
		'Best customers',
		'Natural segments',
		'Trust',
		'Audiences',
		'Summary'
	]) {
		await goTo(page, screen);
		await expect(page.getByText('What you see here rests on it.')).toBeVisible();
	}
	await expect(page.getByRole('navigation').getByRole('link', { name: 'Sources' }).first()).toContainText(
		'needs a look'
	);
	await goTo(page, 'Audiences');
	await expect(page.getByText('Stale', { exact: true }).first()).toBeVisible();
	await page.getByRole('button', { name: 'Look at the sources' }).click();
	await expect(title(page)).toContainText('One source');
	await page.locator('main summary').filter({ hasText: 'Notes' }).click();
	await page.getByLabel('How old it may be, in days').fill('');
	await page.getByLabel('How old it may be, in days').press('Enter');
	await goTo(page, 'Audiences');
	await expect(page.getByText('What you see here rests on it.')).toHaveCount(0);
	expect(errors).toEqual([]);
});

test('a newer export of the same list is one source with it, unless it is another shop', async ({ page }) => {
	const errors = recordErrors(page);
	await openApp(page);
	const rows = (month: number) =>
		orderRows(month).map(([who = '', day = '', amount = ''], i) => [`${month}-${i}`, who, day, amount]);
	const file = (name: string, months: readonly number[]) =>
		textFile(name, [
			'order_id,customer_id,order_date,amount',
			...months.flatMap(rows).map((row) => row.join(','))
		]);
	await chooseFiles(page, file('march.csv', [3]));
	await expect(title(page)).toContainText('rows read', { timeout: 60_000 });
	await untilDone(page);
	await page.getByLabel('Add files').setInputFiles(file('april.csv', [3, 4]));
	await untilDone(page);
	await goTo(page, 'Sources');
	await untilLookedAt(page);
	await expect(title(page)).toContainText('One source');
	const list = page.getByRole('region', { name: 'april.csv and 1 more', exact: true });
	await expect(list.getByRole('row', { name: /^april\.csv Export 2/ })).toContainText('120');
	await expect(list.getByRole('row', { name: /^march\.csv Export 1/ })).toContainText('60');

	await page.getByLabel('What march.csv is').selectOption({ label: 'Another shop or list' });
	await expect(title(page)).toContainText('Two sources', { timeout: 60_000 });
	await untilLookedAt(page);
	await page.keyboard.press('Control+z');
	await expect(title(page)).toContainText('One source', { timeout: 60_000 });
	expect(errors).toEqual([]);
});

test('fresh orders raise no alarm', async ({ page }) => {
	await openApp(page);
	const rows = Array.from({ length: 80 }, (_, i) => `C${i % 20},${daysAgo(1 + (i % 40))},${5 + i}`);
	await chooseFiles(page, textFile('now.csv', ['customer,date,amount', ...rows]));
	await expect(title(page)).toContainText('rows read', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Sources');
	await untilLookedAt(page);
	await page.locator('main summary').filter({ hasText: 'Notes' }).click();
	await page.getByLabel('How old it may be, in days').fill('30');
	await page.getByLabel('How old it may be, in days').press('Enter');
	await expect(
		page
			.getByRole('region', { name: 'now.csv', exact: true })
			.getByText(/\b[12] days? old/)
			.first()
	).toBeVisible();
	await expect(page.getByText('None is older than you allow.')).toBeVisible();
});

for (const view of [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const) {
	test(`all of the Sources screen open, in ${view.name}`, async ({ page }) => {
		test.setTimeout(180_000);
		await page.emulateMedia({ colorScheme: view.colorScheme, reducedMotion: 'reduce' });
		await openApp(page);
		await page.getByRole('button', { name: 'Try the sample shop' }).click();
		await expect(title(page)).toContainText('of the revenue', { timeout: 60_000 });
		await untilDone(page);
		await goTo(page, 'Sources');
		await untilLookedAt(page);
		await openAll(page);
		await page.getByLabel('How old it may be, in days').first().fill('30');
		await page.getByLabel('How old it may be, in days').first().press('Enter');
		await page.setViewportSize({ width: view.width, height: view.height });
		await page.waitForTimeout(400);
		const wide = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(wide).toBeLessThanOrEqual(0);
		const { violations } = await new AxeBuilder({ page })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
			.analyze();
		expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
	});
}
