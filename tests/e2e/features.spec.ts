import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { chooseFiles, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { textFile, type MadeFile } from './made-files.ts';

const CUSTOMERS = 40;
const customer = (i: number) => `c${String(i).padStart(2, '0')}@example.com`;
const day = (month: number, date: number) =>
	`2024-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;

/** Lines of three categories: who comes often buys late in the year, who spends much came once and long ago. */
function ordersOf(name: string): MadeFile {
	const lines = Array.from({ length: CUSTOMERS }, (_, i) =>
		Array.from({ length: 1 + (i % 5) }, (_, order) => {
			const category = ['Garden', 'Kitchen', 'Paper'][(i + order * (i % 3)) % 3];
			const price = i % 5 === 0 ? 400 + i : 8 + ((i * 7 + order) % 20);
			return `${1000 + i * 10 + order},${customer(i)},${day(2 + order * 2, 1 + (i % 27))},${category},1,${price}.00`;
		})
	).flat();
	return textFile(name, ['order_id,email,order_date,category,quantity,unit_price', ...lines]);
}

function eventsOf(name: string): MadeFile {
	const rows = Array.from({ length: CUSTOMERS * 3 }, (_, i) => {
		const kind = ['page_view', 'add_to_cart', 'product_view'][i % 3];
		return `${customer(i % CUSTOMERS)},${kind},${day(8 + (i % 3), 1 + (i % 25))} 10:${String(i % 60).padStart(2, '0')}:00,mobile`;
	});
	return textFile(name, ['email,event_name,event_time,device', ...rows]);
}

function sendsOf(name: string): MadeFile {
	const rows = Array.from({ length: CUSTOMERS }, (_, i) =>
		[`sent,${day(9, 1)} 08:00:00`, ...(i % 2 === 0 ? [`clicked,${day(9, 1)} 09:00:00`] : [])].map(
			(what) => `${customer(i)},Autumn,${what}`
		)
	).flat();
	return textFile(name, ['email,campaign,status,sent_at', ...rows]);
}

const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** How many features can be told, by the title. */
async function toldCount(page: Page): Promise<number> {
	await expect(title(page)).toHaveText(/^\d+ of \d+ features can be told from your files\.$/, {
		timeout: 60_000
	});
	return Number(/^\d+/.exec((await title(page).textContent()) ?? '')?.[0]);
}

/** The row of a feature. */
function row(page: Page, label: string): Locator {
	return page.getByRole('listitem').filter({ has: page.getByRole('button', { name: label, exact: true }) });
}

/** Finds a feature by its name and opens it. */
async function open(page: Page, label: string): Promise<Locator> {
	await page.getByLabel('Find a feature').fill(label);
	await row(page, label).getByRole('button', { name: label, exact: true }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('heading', { name: label, exact: true })).toBeVisible();
	return dialog;
}

async function close(page: Page): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
	await page.getByLabel('Find a feature').fill('');
}

test('features: what can be told, what could, who, and what if', async ({ page }) => {
	test.setTimeout(420_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, ordersOf('orders.csv'));
	await goTo(page, 'Features');
	const fromOrders = await toldCount(page);

	await test.step('what the files cannot tell says what it needs', async () => {
		await page.getByRole('button', { name: 'Cannot', exact: true }).click();
		await expect(row(page, 'Visits')).toContainText('Needs a file of events');
		await expect(row(page, 'Clicks')).toContainText('Needs clicks in a file of sends');
		const chooser = page.waitForEvent('filechooser');
		await row(page, 'Visits').getByRole('button', { name: 'Add files' }).click();
		await chooser;
		await row(page, 'Preferred channel').getByRole('button', { name: 'Choose the column' }).click();
		await expect(page.getByRole('heading', { name: /^Columns of orders\.csv/ })).toBeInViewport();
		await expect(page.getByRole('heading', { name: 'What it can tell' })).toBeVisible();
		await goTo(page, 'Features');
	});

	await test.step('a feature shows its spread, its formula, its SQL and its people', async () => {
		await expect(row(page, 'Total spend')).toContainText('Median');
		await expect(row(page, 'Total spend')).toContainText('Compared');
		const dialog = await open(page, 'Total spend');
		await expect(dialog).toContainText(`${CUSTOMERS} of ${CUSTOMERS} customers`);
		await expect(dialog.getByRole('region', { name: 'Highest: Total spend' })).toContainText(customer(35));
		await dialog.getByText('The SQL of this feature').click();
		await expect(dialog.locator('pre')).toContainText('CREATE OR REPLACE TABLE');
		await dialog.getByRole('slider', { name: /^Total spend: / }).focus();
		await page.keyboard.press('Enter');
		await expect(dialog.getByRole('status').first()).toContainText(/\d+ customers? picked/);
		const picked = Number(/\d+/.exec((await dialog.getByRole('status').first().textContent()) ?? '')?.[0]);
		expect(picked).toBeGreaterThan(0);
		expect(picked).toBeLessThan(CUSTOMERS);
		await dialog.getByRole('button', { name: 'Let go' }).click();
		await close(page);
	});

	await test.step('a text picks its people on the list of customers', async () => {
		const dialog = await open(page, 'Favourite category');
		await expect(dialog).toContainText('It is a text, and customers are compared on numbers.');
		const garden = dialog.getByRole('button', { name: /^Garden/ });
		const count = Number(/\d+$/.exec((await garden.textContent())?.trim() ?? '')?.[0]);
		await garden.click();
		await expect(dialog.getByRole('status').first()).toContainText(`${count} customers picked`);
		await dialog.getByRole('button', { name: 'See them' }).first().click();
		await expect(title(page)).toHaveText(`${count} customers picked`);
		await goTo(page, 'Features');
	});

	await test.step('the margin is a link away, and can be undone', async () => {
		await row(page, 'Margin so far').getByRole('button', { name: 'Set it' }).click();
		const margin = page.getByLabel('Margin, %');
		await expect(margin).toBeFocused();
		await margin.fill('140');
		await page.keyboard.press('Enter');
		await expect(page.getByText('Needs a number from 0 to 100.')).toBeVisible();
		await margin.fill('40');
		await page.keyboard.press('Enter');
		await expect.poll(() => toldCount(page)).toBe(fromOrders + 1);
		await untilDone(page);
		await margin.blur();
		await page.keyboard.press('Control+z');
		await expect.poll(() => toldCount(page)).toBe(fromOrders);
		await untilDone(page);
	});

	await test.step('other weights turn the order of the loyal around, and are kept when asked', async () => {
		const table = page.getByRole('region', { name: 'The most loyal customers' }).locator('tbody th');
		await expect(table.first()).toContainText('@example.com');
		await table.last().scrollIntoViewIfNeeded();
		await expect(table.last()).toBeInViewport();
		await expect(page.getByText(/rank of total spend/)).toBeVisible();
		const before = await table.allTextContents();
		const sliders = page.locator('label').filter({ has: page.getByRole('slider') });
		for (const slider of await sliders.filter({ hasNotText: /Spends much|Half-life/ }).all()) {
			await slider.getByRole('slider').focus();
			await page.keyboard.press('Home');
		}
		await expect(page.getByRole('heading', { name: /customers change their tenth/ })).toBeVisible();
		await expect(table.first()).toHaveText(customer(35));
		expect(await table.allTextContents()).not.toEqual(before);
		await page.getByRole('button', { name: 'Use these weights' }).click();
		await untilDone(page);
		await expect(page.getByRole('heading', { name: 'The 20 most loyal customers' })).toBeVisible();
		await page.keyboard.press('d');
		await page.getByRole('tab', { name: 'History' }).click();
		await expect(page.getByText('Weights of the loyalty score: 0, 0, 2, 0')).toBeVisible();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+z');
		await untilDone(page);
		await expect(table.first()).toHaveText(before[0] ?? '');
		await page.getByRole('button', { name: 'All features' }).click();
	});

	await test.step('a category share is compared in the natural segments, and undone', async () => {
		await goTo(page, 'Natural segments');
		await page.getByRole('button', { name: 'Change what is compared' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('Find a feature').fill('garden share');
		await dialog.getByRole('checkbox').first().check();
		await expect(dialog.getByText('4 chosen.')).toBeVisible();
		await dialog.getByRole('button', { name: 'Compare on these' }).click();
		await untilDone(page);
		await expect(page.getByText(/^Compared on: .*garden/)).toBeVisible();
		await goTo(page, 'Features');
		await page.getByRole('button', { name: 'Compared', exact: true }).click();
		await expect(page.getByRole('status').filter({ hasText: '4 of' })).toBeVisible();
		await page.getByRole('button', { name: 'All', exact: true }).click();
		await page.keyboard.press('Control+z');
		await untilDone(page);
		await expect(page.getByRole('heading', { name: /^Customers are compared on/ })).not.toContainText(
			'garden'
		);
	});

	await test.step('events and sends make more of them known', async () => {
		await goTo(page, 'Data');
		await chooseFiles(page, eventsOf('events.csv'));
		await expect(page.getByText('events.csv').first()).toBeVisible({ timeout: 60_000 });
		await untilDone(page);
		await goTo(page, 'Features');
		const withEvents = await toldCount(page);
		expect(withEvents).toBeGreaterThan(fromOrders);
		await goTo(page, 'Data');
		await chooseFiles(page, sendsOf('sends.csv'));
		await expect(page.getByText('sends.csv').first()).toBeVisible({ timeout: 60_000 });
		await untilDone(page);
		await goTo(page, 'Features');
		await expect.poll(() => toldCount(page)).toBeGreaterThan(withEvents);
		await untilDone(page);
		await page.getByLabel('Find a feature').fill('Clicks');
		await expect(row(page, 'Clicks')).toContainText('Median');
		await page.getByLabel('Find a feature').fill('');
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await check();
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.setViewportSize({ width: 390, height: 844 });
		await check();
		await page.getByRole('button', { name: 'Scores and settings' }).click();
		await check();
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.getByRole('button', { name: 'All features' }).click();
		await open(page, 'Total spend');
		await check();
		await close(page);
	});

	await test.step('a customer has their own features on the card', async () => {
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 1440, height: 900 });
		await goTo(page, 'Customers');
		await page.getByLabel('Find a customer').fill(customer(4));
		await page.getByRole('button', { name: customer(4) }).click();
		const card = page.getByRole('region', { name: 'What is known of this customer' });
		await expect(card).toContainText('Favourite category');
		await expect(card).toContainText(/Expected next order ?\w+ \w+,? 2024/);
	});
	expect(errors).toEqual([]);
});

const ORDER_COLUMNS = 'order_id,email,order_date,quantity,unit_price';

test('features are told of customers who are too alike for natural segments', async ({ page }) => {
	const alike = Array.from({ length: CUSTOMERS }, (_, i) => `${i},${customer(i)},2024-03-01,1,9.50`);
	await openApp(page);
	await importFile(page, textFile('alike.csv', [ORDER_COLUMNS, ...alike]));
	await goTo(page, 'Features');
	expect(await toldCount(page)).toBeGreaterThan(10);
	await expect(row(page, 'Total spend')).toContainText('Always');
	await expect(page.getByRole('button', { name: 'See natural segments' })).toBeDisabled();
	await goTo(page, 'Natural segments');
	await expect(page.getByText('All 40 customers are alike in what is compared.')).toBeVisible();
});

test('orders dated after today are told of, and can be left out in one step', async ({ page }) => {
	await openApp(page);
	const rows = Array.from(
		{ length: 120 },
		(_, i) =>
			`${i},${customer(i % CUSTOMERS)},${day(1 + (i % 12), 1 + ((i * 7) % 28))},1,${5 + ((i * 13) % 90)}.50`
	);
	await importFile(
		page,
		textFile('future.csv', [ORDER_COLUMNS, ...rows, `999,${customer(3)},2099-12-31,1,10.00`])
	);
	const told = page.getByText('The last order is dated Dec 31, 2099, which is after today.');
	for (const screen of ['Features', 'Best customers', 'Retention', 'Summary']) {
		await goTo(page, screen);
		await expect(told).toBeVisible();
	}
	await page.getByRole('button', { name: 'Leave out orders after today' }).click();
	await expect(told).toHaveCount(0);
	await untilDone(page);
	await goTo(page, 'Best customers');
	await expect(page.getByText('Only orders up to then count.')).not.toContainText('2099');
	await page.keyboard.press('Control+z');
	await expect(told).toBeVisible();
});
