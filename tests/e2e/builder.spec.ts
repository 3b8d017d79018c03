import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readCsv } from '../support/read-csv.ts';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const ORDERS = fixture('online_retail/orders.csv.gz');
const MS_PER_DAY = 86_400_000;
const DAYS_PER_MONTH = 365.25 / 12;
const SENTENCE = 'Customers who placed more than 3 orders a month and whose total spend is more than 500';

/** What the file says of a customer. */
interface Bought {
	readonly orders: Set<string>;
	spent: number;
	/** Milliseconds. */
	first: number;
	last: number;
}

/** Everyone who bought, read from the file without any code of the app, and the start of the day after the last order. */
function readOrders(): { readonly customers: readonly Bought[]; readonly asOf: number } {
	const [, ...rows] = readCsv(gunzipSync(readFileSync(ORDERS)).toString('utf8').trim());
	const found = new Map<string, Bought>();
	let latest = 0;
	for (const [invoice = '', , , quantity, date = '', price, customer = ''] of rows) {
		if (customer === '' || invoice.startsWith('C') || !(Number(quantity) > 0) || !(Number(price) > 0))
			continue;
		const day = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
		const one = found.get(customer) ?? { orders: new Set(), spent: 0, first: day, last: day };
		one.orders.add(invoice);
		one.spent += Number(quantity) * Number(price);
		one.first = Math.min(one.first, day);
		one.last = Math.max(one.last, day);
		found.set(customer, one);
		latest = Math.max(latest, day);
	}
	return { customers: [...found.values()], asOf: latest + MS_PER_DAY };
}

const { customers, asOf } = readOrders();
const isFrequent = ({ orders, first }: Bought) =>
	orders.size / Math.max(1, (asOf - first) / MS_PER_DAY / DAYS_PER_MONTH) > 3;
const isBigSpender = ({ spent }: Bought) => spent > 500;
const isActive = ({ last }: Bought) => last >= asOf - 30 * MS_PER_DAY;
const countOf = (fits: (customer: Bought) => boolean) =>
	customers.filter(fits).length.toLocaleString('en-US');

const live = (page: Page) => page.getByRole('region', { name: 'Who fits' });
const sentence = (page: Page) => page.getByRole('region', { name: 'In words' });
const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Waits until the answer is the one to what is asked, and so many fit. */
async function expectCount(page: Page, count: string): Promise<void> {
	await expect(live(page).getByRole('button', { name: /Show who$/ })).toHaveText(count, { timeout: 30_000 });
	await expect(live(page).locator('[aria-busy=true]')).toHaveCount(0);
}

/** Adds a condition with clicks. */
async function add(page: Page, about: string): Promise<void> {
	await page.getByRole('button', { name: 'Condition', exact: true }).last().click();
	await page.getByRole('option', { name: about }).first().click();
}

/** Types a sentence, which is read. */
async function say(page: Page, words: string): Promise<void> {
	await page.getByRole('button', { name: /^(Say it in words|Type a sentence)$/ }).click();
	await page.getByLabel('Say it').fill(words);
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Say it')).toBeHidden();
}

test('a rule is built with clicks, said in words and kept', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, ORDERS);
	await goTo(page, 'Rule builder');

	await test.step('it begins with three ways to begin', async () => {
		await expect(title(page)).toHaveText('Say who you mean, and see how many they are.');
		await expect(page.getByRole('button', { name: 'Type a sentence' })).toBeVisible();
		await expect(page.getByRole('link', { name: 'Look at the ideas' })).toBeVisible();
	});

	await test.step('more than 3 orders a month and more than 500 spent', async () => {
		await page.getByRole('button', { name: 'First condition' }).click();
		await page.getByRole('option', { name: 'Orders per month' }).first().click();
		await expectCount(page, countOf(isFrequent));
		await add(page, 'Total spend');
		await page.getByLabel('Total spend', { exact: true }).fill('500');
		await expectCount(
			page,
			countOf((each) => isFrequent(each) && isBigSpender(each))
		);
		await expect(sentence(page)).toContainText(SENTENCE);
		await expect(live(page)).toContainText('The other');
		await expect(live(page).getByRole('listitem')).toHaveCount(5);
	});

	await test.step('what is no number is said, and changes nothing', async () => {
		const field = page.getByLabel('Total spend', { exact: true });
		await field.fill('many');
		await expect(page.getByText('Found “many”, needs a number such as 500.')).toBeVisible();
		await expect(sentence(page)).toContainText(SENTENCE);
		await field.fill('500');
		await page.getByRole('button', { name: 'Done' }).click();
	});

	await test.step('active in the last 30 days', async () => {
		await add(page, 'Active in the last 30 days');
		await expectCount(
			page,
			countOf((each) => isFrequent(each) && isBigSpender(each) && isActive(each))
		);
		for (const words of ['Placed more than 3 orders a month', 'Total spend is more than 500'])
			await page.getByRole('button', { name: `Remove: ${words}` }).click();
		await expectCount(page, countOf(isActive));
		await page.getByLabel('The rule: which have to hold').selectOption('none');
		await expectCount(
			page,
			countOf((each) => !isActive(each))
		);
	});

	await test.step('every change is undone, and the session stays as it is', async () => {
		await page.getByRole('button', { name: /^Placed an order in the last 30 days/ }).focus();
		for (let i = 0; i < 3; i += 1) await page.keyboard.press('Control+z');
		await expectCount(
			page,
			countOf((each) => isFrequent(each) && isBigSpender(each) && isActive(each))
		);
		await page.getByRole('button', { name: 'Undo in the rule' }).click();
		await expect(sentence(page)).toContainText(SENTENCE);
		await page.getByRole('button', { name: 'Redo in the rule' }).click();
		await expect(sentence(page)).toContainText('in the last 30 days');
	});

	await test.step('conditions are moved by keyboard and put in brackets', async () => {
		await page.getByRole('button', { name: 'Placed an order in the last 30 days', exact: true }).focus();
		await page.keyboard.press('Alt+ArrowUp');
		await page.keyboard.press('Alt+ArrowUp');
		await expect(sentence(page)).toContainText('Customers who placed an order in the last 30 days,');
		await expect(
			page.getByRole('button', { name: 'Placed an order in the last 30 days', exact: true })
		).toBeFocused();
		await page.keyboard.press('Delete');
		await page.getByRole('button', { name: 'More for: Total spend is more than 500' }).click();
		await page.getByRole('menuitem', { name: 'Put in brackets' }).click();
		await expect(page.getByRole('group', { name: 'Brackets 2' })).toBeVisible();
		await expectCount(
			page,
			countOf((each) => isFrequent(each) && isBigSpender(each))
		);
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		await page.getByRole('button', { name: 'Placed more than 3 orders a month', exact: true }).click();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		for (const width of [320, 390]) {
			await page.setViewportSize({ width, height: 844 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		}
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.getByRole('button', { name: 'Condition', exact: true }).last().click();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.keyboard.press('Escape');
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 1440, height: 900 });
	});

	await test.step('a sentence is typed, and what it cannot be is said', async () => {
		await page.getByRole('button', { name: 'Say it in words' }).click();
		const field = page.getByLabel('Say it');
		await field.fill('Customers who placed an oder');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('alert')).toContainText('cannot be read from “oder”');
		await field.fill('Customers who placed an order in the last 30 days');
		await page.keyboard.press('Enter');
		await expect(field).toBeHidden();
		await expectCount(page, countOf(isActive));
	});

	await test.step('nobody and everyone can be said, and an empty sentence is told', async () => {
		for (const [words, count, all] of [
			['no one', 0, 'No customers'],
			['Customers', customers.length, 'All customers']
		] as const) {
			await page.getByRole('button', { name: 'Say it in words' }).click();
			await page.getByLabel('Say it').fill(words);
			await page.keyboard.press('Enter');
			await expect(sentence(page)).toContainText(all);
			await expectCount(page, count.toLocaleString('en-US'));
		}
		await page.getByRole('button', { name: 'Say it in words' }).click();
		const field = page.getByLabel('Say it');
		for (const words of ['', 'who']) {
			await field.fill(words);
			await page.keyboard.press('Enter');
			await expect(sentence(page).getByRole('alert')).toContainText('The sentence stops too early.');
		}
		await page.keyboard.press('Escape');
		await expect(sentence(page)).toContainText('All customers');
		await say(page, 'Customers who placed an order in the last 30 days');
		await expectCount(page, countOf(isActive));
	});

	await test.step('a text is chosen by nobody but the user, and nothing typed is lost', async () => {
		await add(page, 'Products: how many');
		await page.getByRole('button', { name: 'Add a filter: products' }).click();
		await page.getByLabel('products, filter 1: field').selectOption({ label: 'name' });
		await page.getByLabel('products, filter 1: comparison').selectOption('is');
		const field = page.getByRole('combobox', { name: 'products, filter 1', exact: true });
		await expect(page.getByRole('button', { name: /^Take .* out$/ })).toHaveCount(0);
		await expect(live(page)).toContainText('Without the condition that is not finished.');
		await expectCount(page, countOf(isActive));
		await field.fill('white hanging heart');
		await page.getByLabel('products, filter 1: comparison').focus();
		await expect(field).toHaveValue('white hanging heart');
		await expect(page.getByRole('button', { name: 'Save as a living rule' })).toBeDisabled();
		await expect(page.getByText('A condition is not finished')).toBeVisible();
		await field.press('Enter');
		const takeOut = page.getByRole('button', { name: /^Take “WHITE HANGING HEART T-LIGHT HOLDER” out$/i });
		await expect(takeOut).toBeVisible();
		await expect(sentence(page)).toContainText(/white hanging heart t-light holder/i);
		await takeOut.click();
		await expect(field).toBeFocused();
		await page.getByRole('button', { name: /^Remove: .*“…”/ }).click();
		await expectCount(page, countOf(isActive));
	});

	await test.step('it is kept, and a change is told', async () => {
		await expect(page.getByText('Not saved yet.')).toBeVisible();
		await page.getByRole('textbox', { name: 'Name' }).fill('Active people');
		await page.getByRole('button', { name: 'Save as a living rule' }).click();
		await untilDone(page);
		await expect(page.getByText('Saved. It is asked anew whenever the data changes.')).toBeVisible();
		await page.getByRole('button', { name: 'Placed an order in the last 30 days', exact: true }).click();
		await page.getByLabel('When: how many').fill('60');
		await expect(page.getByText('Changed since it was saved.')).toBeVisible();
		await page.getByRole('button', { name: 'Undo in the rule' }).click();
		await expect(page.getByText('Saved. It is asked anew whenever the data changes.')).toBeVisible();
	});

	await test.step('the draft is there after looking elsewhere', async () => {
		await goTo(page, 'Customers');
		await goTo(page, 'Rule builder');
		await expect(sentence(page)).toContainText('Customers who placed an order in the last 30 days');
	});

	await test.step('SQL that the builder writes opens as a rule again, all other stays SQL', async () => {
		await page.getByText('The same as SQL').click();
		await page.getByRole('button', { name: 'Edit as SQL' }).click();
		await expect(page.getByText('The builder can show this.')).toBeVisible();
		await expectCount(page, countOf(isActive));
		const field = page.getByRole('textbox', { name: /One SELECT/ });
		await field.fill('SELECT customer_id FROM features.customers WHERE monetary_total > 500');
		await expect(page.getByText('The builder cannot show this, so it stays SQL.')).toBeVisible();
		await expectCount(page, countOf(isBigSpender));
		await field.fill('SELECT monetary_total FROM features.customers');
		await expect(live(page).getByRole('alert')).toContainText('customer_id');
		for (let i = 0; i < 2; i += 1) await page.getByRole('button', { name: 'Undo in the rule' }).click();
		await expect(sentence(page)).toContainText('in the last 30 days');
	});

	await test.step('a ring is told before it is kept, and not counted', async () => {
		await page.getByRole('button', { name: 'New', exact: true }).click();
		await say(page, 'Customers who are in “Active people”');
		await page.getByRole('textbox', { name: 'Name' }).fill('Active again');
		await page.getByRole('button', { name: 'Save as a living rule' }).click();
		await untilDone(page);
		await goTo(page, 'My segments');
		await page.getByRole('button', { name: 'What to do with Active people', exact: true }).click();
		await page.getByRole('menuitem', { name: /builder/ }).click();
		await expect(sentence(page)).toContainText('in the last 30 days');
		await say(page, 'Customers who are in “Active again”');
		await expect(live(page).getByRole('alert')).toHaveText('It names itself, by way of Active again.');
		await expect(live(page).getByRole('button', { name: /Show who$/ })).toHaveCount(0);
		await expect(page.getByRole('button', { name: 'Save the change' })).toBeDisabled();
		await page.getByRole('button', { name: 'Undo in the rule' }).click();
		await expectCount(page, countOf(isActive));
	});

	await test.step('the people are shown, and the rest of them', async () => {
		await expectCount(page, countOf(isActive));
		await live(page).getByRole('button', { name: 'See them' }).click();
		await expect(title(page)).toContainText(countOf(isActive));
		await goTo(page, 'Rule builder');
		await live(page)
			.getByRole('button', { name: /^The other/ })
			.click();
		const others = countOf((each) => !isActive(each));
		await expect(page.getByText(`${others} customers: `)).toBeVisible();
		await page.getByRole('button', { name: 'See them' }).last().click();
		await expect(title(page)).toContainText(others);
	});

	await test.step('a reload keeps the rule', async () => {
		await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
		await page.reload();
		await goTo(page, 'My segments');
		await untilDone(page);
		await expect(page.getByText('Active people').first()).toBeVisible({ timeout: 60_000 });
	});
	expect(errors).toEqual([]);
});
