import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';

const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

/** Opens a session with orders and goes to the SQL screen. */
async function openSql(page: Page): Promise<void> {
	await openApp(page);
	await importFile(page, fixture('shopify/orders.csv'));
	if ((page.viewportSize()?.width ?? 0) < 860) await page.goto('/sql/');
	else await goTo(page, 'SQL');
	await expect(editor(page)).toBeVisible({ timeout: 60_000 });
	await expect(page.getByRole('region', { name: 'Cleaned' })).toBeVisible({ timeout: 60_000 });
}

function editor(page: Page) {
	return page.getByRole('textbox', { name: 'SQL query' });
}

function rows(page: Page) {
	return page.getByRole('region', { name: 'Rows of the query' });
}

/** Writes a query in place of the one there is, as pasted, and runs it by keyboard. */
async function run(page: Page, text: string): Promise<void> {
	await editor(page).click();
	await page.keyboard.press('Control+A');
	await page.keyboard.insertText(text);
	await page.keyboard.press('Control+Enter');
}

test('a query is written with completion, run, sorted and drawn, and saved three ways', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openSql(page);

	await editor(page).click();
	await page.keyboard.type('SELECT * FROM clean.ord');
	await expect(page.locator('.cm-tooltip-autocomplete li').first()).toContainText('orders');
	// What is offered is taken no sooner than after a moment, so that Enter is not swallowed by chance.
	await page.waitForTimeout(200);
	await page.keyboard.press('Tab');
	await expect(editor(page)).toContainText('clean.orders');
	await page.keyboard.press('Control+Enter');
	await expect(rows(page)).toBeVisible();
	await expect(rows(page).getByRole('columnheader', { name: /amount/ })).toBeVisible();

	await run(
		page,
		'select customer_id, count(*) as orders, sum(amount) as revenue from clean.orders where not is_return group by customer_id'
	);
	await expect(rows(page).getByRole('columnheader', { name: /revenue/ })).toBeVisible();
	await page.keyboard.press('Shift+Alt+F');
	await expect(editor(page)).toContainText('GROUP BY');

	await rows(page)
		.getByRole('button', { name: /revenue/ })
		.click();
	const cells = rows(page).locator('tbody tr td:nth-child(3)');
	await expect(rows(page).getByRole('columnheader', { name: /revenue/ })).toHaveAttribute(
		'aria-sort',
		'descending'
	);
	await expect
		.poll(async () => {
			const shown = (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
			return shown.length > 5 && shown.every((value, i) => i === 0 || value <= (shown[i - 1] ?? 0));
		})
		.toBe(true);
	await expect(page.getByRole('listbox', { name: /revenue/ })).toBeVisible();

	await save(page, 'Spending', 'Feature');
	await expect(page.getByText('saved.spending')).toBeVisible();
	await save(page, 'Everybody who bought', 'Segment');
	await save(page, 'Orders of customers', 'Table');
	await untilDone(page);
	await expect(page.getByRole('heading', { name: '3 saved queries' })).toBeVisible();
	await run(page, 'FROM saved.orders_of_customers');
	await expect(rows(page).getByRole('columnheader', { name: /revenue/ })).toBeVisible();

	const waiting = page.waitForEvent('download');
	await page.getByRole('button', { name: 'CSV' }).click();
	expect(await textOf(await waiting)).toMatch(/^customer_id,orders,revenue\r\n/);
	expect(errors).toEqual([]);
});

/** Saves the query that ran last. */
async function save(page: Page, title: string, use: string): Promise<void> {
	await page.getByRole('button', { name: 'Save as…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Save this query' });
	await dialog.getByLabel('Title').fill(title);
	await expect(dialog.getByText(/with orders\.|for \d+ customers/).first()).toBeVisible();
	await dialog.getByRole('radio', { name: use }).check();
	await dialog.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(dialog).toBeHidden();
}

test('a saved segment is shown on Customers, and a feature says who lacks it', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openSql(page);
	await run(page, 'SELECT customer_id, count(*) AS orders FROM clean.orders GROUP BY ALL LIMIT 3');
	await expect(rows(page).locator('tbody tr')).toHaveCount(3);
	await save(page, 'Three of them', 'Segment');
	await untilDone(page);

	await page.getByRole('button', { name: 'Save as…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Save this query' });
	await dialog.getByLabel('Title').fill('Their orders');
	await dialog.getByRole('radio', { name: 'Feature' }).check();
	await expect(dialog.getByText(/orders for 3 of \d+ customers/)).toBeVisible();
	const zero = dialog.getByRole('switch', { name: '0 for everyone else' });
	await expect(zero).toBeChecked();
	await zero.press('Space');
	await expect(dialog.getByText(/can only be compared on a number that all have/)).toBeVisible();
	await zero.press('Space');
	await page.screenshot({ path: test.info().outputPath('save.png') });
	await dialog.getByRole('button', { name: 'Save', exact: true }).click();
	await untilDone(page);

	await goTo(page, 'Natural segments');
	await page.getByRole('button', { name: 'Change what is compared' }).click();
	await expect(page.getByRole('checkbox', { name: /Their orders/ })).toBeEnabled();
	await page.keyboard.press('Escape');

	await goTo(page, 'Customers');
	const show = page.getByRole('combobox', { name: 'Show' });
	await show.focus();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 customers in “Three of them”');
	await page.setViewportSize({ width: 390, height: 844 });
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	expect(wide).toBeLessThanOrEqual(0);
	await page.screenshot({ path: test.info().outputPath('customers.png'), fullPage: true });
	await show.selectOption('Everyone');
	await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Three of them');
	expect(errors).toEqual([]);
});

test('a query can change nothing, and an error says where it is and what was meant', async ({ page }) => {
	const errors = recordErrors(page);
	await openSql(page);
	await run(page, 'DROP TABLE clean.orders');
	await expect(page.getByRole('alert')).toContainText('Only a query that reads can run here.');
	await expect(page.getByRole('alert')).toContainText('“DROP”');
	await run(page, 'SELECT 1); DROP TABLE clean.orders; SELECT (1');
	await expect(page.getByRole('alert')).toContainText('a bracket that closes nothing');
	await run(page, 'SELECT count(*) AS orders FROM clean.orders');
	await expect(rows(page).locator('tbody tr')).toHaveCount(1);

	await run(page, 'SELECT customer_id,\n  amuont\nFROM clean.orders');
	await expect(page.getByRole('alert')).toContainText('Line 2, column 3');
	await expect(page.getByRole('alert')).toContainText('Did you mean amount');
	await expect(page.locator('.cm-lintRange-error')).toHaveText('amuont');

	// Keys that are typed are no shortcuts, and Esc leads on to the button.
	await run(page, '1');
	expect(new URL(page.url()).pathname).toBe('/sql/');
	await editor(page).click();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: /^Run/ })).toBeFocused();
	expect(errors).toEqual([]);
});

test('a long query can be stopped, and a million rows are scrolled', async ({ page }) => {
	test.setTimeout(240_000);
	await openSql(page);
	await run(
		page,
		'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3'
	);
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByRole('button', { name: /^Run/ })).toBeVisible({ timeout: 30_000 });
	await expect(rows(page)).toBeHidden();

	await run(page, "SELECT range AS n, 'customer ' || range AS name FROM range(2000000)");
	await expect(page.getByRole('heading', { name: '1,000,000 rows' })).toBeVisible({ timeout: 60_000 });
	await expect(page.getByText('The query gives more: the first 1,000,000 are kept')).toBeVisible();
	await rows(page).evaluate((element) => (element.scrollTop = element.scrollHeight));
	await expect(rows(page).getByText('customer 999999')).toBeVisible({ timeout: 20_000 });
});

test('a long query gives way when the tables change', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openSql(page);
	await run(page, 'SELECT DISTINCT customer_id FROM clean.orders');
	await save(page, 'Buyers', 'Table');
	await untilDone(page);
	await run(
		page,
		'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3'
	);
	await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
	await goTo(page, 'Customers');
	await page.getByRole('button', { name: /^Undo/ }).first().click();
	await untilDone(page);
	await goTo(page, 'SQL');
	await expect(page.getByText('Stopped because the tables changed.')).toBeVisible();
	await expect(page.getByRole('button', { name: /^Run Ctrl/ })).toBeVisible();
	await run(page, 'SELECT 2 AS y');
	await expect(rows(page)).toBeVisible();
	await expect(page.getByText('Stopped because the tables changed.')).toBeHidden();
	expect(errors).toEqual([]);
});

for (const { name, colorScheme, ...viewport } of VIEWS) {
	test(`the SQL screen is accessible and fits (${name})`, async ({ page }) => {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const errors = recordErrors(page);
		await openSql(page);
		await page.getByRole('button', { name: 'Orders by month' }).click();
		await expect(rows(page)).toBeVisible();
		await expect(page.getByRole('listbox', { name: /revenue/ })).toBeVisible();
		const found = await new AxeBuilder({ page }).analyze();
		expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
		expect(wide).toBeLessThanOrEqual(0);
		expect(errors).toEqual([]);
		await page.screenshot({ path: test.info().outputPath(`sql-${name}.png`), fullPage: true });
	});
}
