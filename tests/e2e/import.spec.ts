import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { orderRows, ordersFile, textFile, workbook, zipFile } from './made-files.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

/** Opens the mapper of the only layout, where it is closed. */
async function openMapper(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: 'Look and change' });
	if (await button.isVisible()) await button.click();
}

test.describe('files of every kind', () => {
	test('a zip of a Mailchimp audience: the file says the consent, and orders are asked for', async ({
		page
	}) => {
		const errors = recordErrors(page);
		await openApp(page);
		const files = ['subscribed_members', 'unsubscribed_members', 'cleaned_members'].map(
			(name) => [`${name}.csv`, readFileSync(fixture(`mailchimp/${name}.csv`))] as const
		);
		await chooseFiles(page, zipFile('audience.zip', Object.fromEntries(files)));
		await expect(title(page)).toContainText('no orders among them yet', { timeout: 60_000 });
		await untilDone(page);
		await expect(page.getByRole('heading', { name: '3 files', exact: true })).toBeVisible();
		await expect(page.getByText('Customers', { exact: true }).nth(1)).toBeVisible();
		await page.getByRole('button', { name: 'Look and change' }).first().click();
		await expect(page.getByText('Fixed: the same in every row of a file').first()).toBeVisible();
		await goTo(page, 'Best customers');
		await expect(page.getByRole('heading', { name: 'There are no orders yet' })).toBeVisible();
		await page.getByRole('button', { name: 'Go to Data' }).click();
		await expect(title(page)).toContainText('no orders among them yet');
		expect(errors).toEqual([]);
	});

	test('a workbook with two sheets: the other can be chosen', async ({ page }) => {
		await openApp(page);
		await importFile(
			page,
			workbook('shop.xlsx', {
				January: [['customer_id', 'order_date', 'amount'], ...orderRows(1)],
				February: [['customer_id', 'order_date', 'amount'], ...orderRows(2, 40)]
			})
		);
		await expect(title(page)).toContainText('60 rows read');
		await expect(page.getByText(/Sheet “January” of shop\.xlsx was read/)).toBeVisible();
		await page.getByText('How it is read').last().click();
		await page.getByRole('combobox', { name: 'Sheet' }).selectOption('February');
		await expect(title(page)).toContainText('40 rows read', { timeout: 30_000 });
		await expect(page.getByText(/Excel, sheet “February”/).first()).toBeVisible();
	});

	test('files of one layout are one, and can be looked at one by one', async ({ page }) => {
		await openApp(page);
		await page
			.locator('input[type=file]')
			.first()
			.setInputFiles([ordersFile('jan.csv', 1), ordersFile('feb.csv', 2), ordersFile('mar.csv', 3)]);
		await expect(title(page)).toContainText('180 rows read', { timeout: 60_000 });
		await untilDone(page);
		const sources = page.getByRole('region', { name: 'Sources' });
		await expect(sources.getByRole('row')).toHaveCount(2);
		await sources.getByRole('button', { name: '3 files with the same columns' }).click();
		await expect(sources.getByRole('row')).toHaveCount(5);
		await sources.getByRole('button', { name: 'Remove feb.csv' }).click();
		await expect(title(page)).toContainText('120 rows read', { timeout: 30_000 });
		await page.keyboard.press('Control+z');
		await expect(title(page)).toContainText('180 rows read', { timeout: 30_000 });
	});

	test('a whole folder, with what does not belong left out', async ({ page }, info) => {
		const folder = info.outputPath('exports');
		mkdirSync(`${folder}/2024`, { recursive: true });
		writeFileSync(`${folder}/january.csv`, ordersFile('', 1).buffer);
		writeFileSync(`${folder}/2024/february.csv`, ordersFile('', 2).buffer);
		writeFileSync(`${folder}/.DS_Store`, 'not a table');
		await openApp(page);
		await page.locator('input[name=folder]').setInputFiles(folder);
		await expect(title(page)).toContainText('120 rows read', { timeout: 60_000 });
		await expect(page.getByRole('alert')).toHaveCount(0);
	});

	test('files dropped anywhere on the Data screen join the session', async ({ page }) => {
		await openApp(page);
		await importFile(page, ordersFile('jan.csv', 1));
		const text = ordersFile('', 2).buffer.toString();
		const transfer = await page.evaluateHandle((content) => {
			const dropped = new DataTransfer();
			dropped.items.add(new File([content], 'feb.csv', { type: 'text/csv' }));
			return dropped;
		}, text);
		await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
		await expect(page.getByText('Let go to add them to this session')).toBeVisible();
		await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
		await expect(title(page)).toContainText('120 rows read', { timeout: 30_000 });
	});

	test('columns that must not be kept are not, and it is said', async ({ page }) => {
		await openApp(page);
		const rows = orderRows(4).map(([customer, day, amount], i) =>
			[customer, day, amount, `$2y$10$abcdefghijklmnopqrstu${i}`, `10.0.0.${i}`].join(',')
		);
		await importFile(
			page,
			textFile('unsafe.csv', ['customer_id,order_date,amount,password_hash,ip_address', ...rows])
		);
		await expect(page.getByText(/2 columns of unsafe\.csv were not kept/)).toBeVisible();
		await openMapper(page);
		await expect(page.getByText('Not kept: password').first()).toBeVisible();
		await expect(page.getByText('$2y$10$')).toHaveCount(0);
	});
});

test.describe('one question at a time', () => {
	test('day or month: worked examples, and the answer runs on', async ({ page }) => {
		await openApp(page);
		const rows = Array.from(
			{ length: 60 },
			(_, i) =>
				`C${i % 20},${String(1 + (i % 12)).padStart(2, '0')}/${String(1 + ((i * 5) % 12)).padStart(2, '0')}/2024,${5 + i}`
		);
		await chooseFiles(page, textFile('both.csv', ['customer,date,amount', ...rows]));
		const question = panel(page, /^Is \d\d\/\d\d\/2024 .* or .*\?$/);
		await expect(question).toBeVisible({ timeout: 30_000 });
		await expect(question.getByRole('button')).toHaveCount(2);
		await question.getByRole('button', { name: /Month first/ }).click();
		await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
		await expect(question).toHaveCount(0);
	});

	test('point or comma', async ({ page }) => {
		await openApp(page);
		const rows = orderRows(5).map(([customer, day], i) => `${customer};${day};${1 + (i % 9)}.${100 + i}`);
		await chooseFiles(page, textFile('marks.csv', ['customer;date;amount', ...rows]));
		const comma = page.getByRole('button', { name: /The comma parts the decimals/ });
		await expect(comma).toBeVisible({ timeout: 30_000 });
		await expect(comma).toContainText(/1\.100 is 1,?100/);
		await comma.click();
		await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
	});

	test('two currencies: one counts, the other is set aside, and it can be changed', async ({ page }) => {
		await openApp(page);
		const rows = orderRows(6).map((row, i) => [...row, i % 4 === 0 ? 'EUR' : 'GBP'].join(','));
		await chooseFiles(page, textFile('money.csv', ['customer_id,order_date,amount,currency', ...rows]));
		await page.getByRole('button', { name: /^GBP/ }).click({ timeout: 30_000 });
		await expect(title(page)).toContainText('60 rows read. 45', { timeout: 30_000 });
		await untilDone(page);
		await page.getByRole('combobox', { name: /^Currency/ }).selectOption('EUR');
		await expect(title(page)).toContainText('60 rows read. 15', { timeout: 30_000 });
	});

	test('a missing column is chosen by keyboard alone', async ({ page }) => {
		await openApp(page);
		const rows = orderRows(7).map((row) => row.join(','));
		await chooseFiles(page, textFile('odd.csv', ['aa,bb,cc', ...rows]));
		const customer = page.getByRole('combobox', { name: 'Column for Customer' });
		await expect(customer).toBeVisible({ timeout: 30_000 });
		if ((await customer.inputValue()) !== 'aa') {
			await customer.focus();
			await page.keyboard.type('aa');
			await page.keyboard.press('Enter');
		}
		const date = page.getByRole('combobox', { name: 'Column for Order date' });
		if ((await date.inputValue()) !== 'bb') {
			await date.focus();
			await page.keyboard.type('bb');
			await page.keyboard.press('Enter');
		}
		await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
	});
});

test.describe('what the user says wins', () => {
	test('the kind of a file, and back', async ({ page }) => {
		await openApp(page);
		await importFile(page, ordersFile('orders.csv', 8));
		await openMapper(page);
		await page.getByLabel('This file is a list of').selectOption('customers');
		await expect(title(page)).toContainText('no orders among them yet', { timeout: 30_000 });
		await page.keyboard.press('Control+z');
		await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
		await expect(title(page)).not.toContainText('no orders');
	});

	test('a column dragged onto a field', async ({ page }) => {
		await openApp(page);
		const rows = orderRows(9).map((row, i) => [...row, `P${i % 5}`].join(','));
		await importFile(page, textFile('drag.csv', ['customer_id,order_date,amount,zz', ...rows]));
		await openMapper(page);
		await page.getByRole('button', { name: /more fields?$/ }).click();
		const field = page.locator('li[data-role=category]');
		await field.scrollIntoViewIfNeeded();
		await page
			.getByRole('region', { name: 'List of the columns of drag.csv' })
			.getByText('zz', { exact: true })
			.dragTo(field);
		await expect(page.getByRole('combobox', { name: 'Column for Category' })).toHaveValue('zz');
		await expect(page.getByLabel('What zz means')).toHaveValue('category');
		await untilDone(page);
	});

	test('how a file is read: another delimiter and no header, and what comes out', async ({ page }) => {
		await openApp(page);
		await importFile(page, ordersFile('plain.csv', 10));
		await page.getByText('How it is read').click();
		const preview = page.getByRole('region', { name: 'First rows of plain.csv' });
		await expect(preview.getByRole('columnheader')).toHaveCount(3);
		await page.getByLabel('Columns are parted by').selectOption(';');
		await expect(preview.getByRole('columnheader')).toHaveCount(1, { timeout: 30_000 });
		await page.keyboard.press('Control+z');
		await expect(title(page)).toContainText('60 rows read', { timeout: 30_000 });
	});

	test('time zone, first day of the week and the days that count', async ({ page }) => {
		await openApp(page);
		await importFile(page, ordersFile('days.csv', 11));
		const zone = page.getByRole('combobox', { name: 'Time zone' });
		await zone.click();
		await page.keyboard.type('vienna');
		await page.keyboard.press('Enter');
		await expect(zone).toHaveValue('Europe/Vienna');
		await page.getByLabel('Weeks start on').selectOption('7');
		await page.getByLabel('First day that counts').fill('2024-11-10');
		await expect(title(page)).not.toContainText('and every one', { timeout: 30_000 });
		await untilDone(page);
		await expect(page.getByText('outside the chosen days').first()).toBeVisible();
		await page.getByLabel('Last day that counts').fill('2024-11-01');
		await expect(page.getByText('The first day is after the last.')).toBeVisible();
	});
});

test('looking at files can be cancelled, and nothing is left of it', async ({ page }, info) => {
	await openApp(page);
	const path = info.outputPath('large.csv');
	const rows = orderRows(12, 27).map((row) => row.join(','));
	writeFileSync(path, `customer_id,order_date,amount\n${`${rows.join('\n')}\n`.repeat(120_000)}`);
	await chooseFiles(page, path);
	await page.getByRole('button', { name: 'Cancel', exact: true }).click({ timeout: 30_000 });
	await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeEnabled({ timeout: 30_000 });
	await expect(page.getByRole('heading', { name: /See who your best/ })).toBeVisible();
});

test('a file of 2,000 columns stays quick to map', async ({ page }) => {
	await openApp(page);
	const extra = Array.from({ length: 1997 }, (_, i) => `extra_${i}`);
	const rows = orderRows(3).map((row) => [...row, ...extra.map((_, i) => String(i % 7))].join(','));
	await importFile(
		page,
		textFile('wide.csv', [['customer_id', 'order_date', 'amount', ...extra].join(','), ...rows])
	);
	await openMapper(page);
	await page.getByRole('button', { name: 'Show all 2,000 columns' }).click();
	await page.getByLabel('Find a column').fill('extra_1990');
	await expect(page.getByText('Columns 1 to 1 of 1')).toBeVisible();
	await page.getByLabel('What extra_1990 means').selectOption('quantity');
	await expect(page.getByRole('combobox', { name: 'Column for Quantity' })).toHaveValue('extra_1990');
	await untilDone(page);
});
