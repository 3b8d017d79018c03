import { expect, test } from '@playwright/test';
import { chooseFiles, importFile, openApp, fixture } from './app.ts';

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);

const REFUSED: readonly { name: string; file: string; content: Buffer; says: RegExp }[] = [
	{ name: 'an empty file', file: 'empty.csv', content: Buffer.alloc(0), says: /empty\.csv is empty/ },
	{
		name: 'a header and nothing else',
		file: 'header.csv',
		content: Buffer.from('customer,date,amount\n'),
		says: /has column names but no rows/
	},
	{ name: 'a PNG called .csv', file: 'picture.csv', content: PNG, says: /picture\.csv is not a CSV/ },
	{ name: 'one line of 60 MB', file: 'line.csv', content: Buffer.alloc(60_000_000, 'x'), says: /too long/ }
];

test.describe('files that cannot be orders', () => {
	for (const { name, file, content, says } of REFUSED) {
		test(`${name}: a clear message, and nothing is started`, async ({ page }, info) => {
			await openApp(page);
			if (content.length > 50_000_000) {
				// Too large to hand over inline.
				const path = info.outputPath(file);
				const { writeFileSync } = await import('node:fs');
				writeFileSync(path, content);
				await chooseFiles(page, path);
			} else {
				await chooseFiles(page, { name: file, mimeType: 'text/csv', buffer: content });
			}
			await expect(page.getByText(says).first()).toBeVisible({ timeout: 60_000 });
			await expect(page.getByRole('heading', { name: /See who your best/ })).toBeVisible();
			await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeEnabled();
		});
	}

	test('one column: nobody bought anything, and as orders it lacks two columns', async ({ page }) => {
		await openApp(page);
		const buffer = Buffer.from('thing\na\nb\nc\n');
		await chooseFiles(page, { name: 'one.csv', mimeType: 'text/csv', buffer });
		await expect(page.getByText(/no orders among them/).first()).toBeVisible({ timeout: 30_000 });
		await page.getByLabel('This file is a list of').selectOption('orders');
		await expect(page.getByText(/has no customer, and no order date column/).first()).toBeVisible({
			timeout: 30_000
		});
	});

	test('no date column: names what was found and what is needed', async ({ page }) => {
		await openApp(page);
		const buffer = Buffer.from('customer,amount\nanna,5\nberta,6\n');
		await chooseFiles(page, { name: 'nodate.csv', mimeType: 'text/csv', buffer });
		await page.getByLabel('This file is a list of').selectOption('orders', { timeout: 30_000 });
		await expect(page.getByText(/has no order date column/).first()).toBeVisible({ timeout: 30_000 });
		await expect(page.getByText(/Found 2 columns: customer, amount/).first()).toBeVisible();
	});

	test('all rows invalid: says which reasons', async ({ page }) => {
		await openApp(page);
		const buffer = Buffer.from(`customer,date,amount\n${'anna,not a day,5\n'.repeat(30)}`);
		await chooseFiles(page, { name: 'invalid.csv', mimeType: 'text/csv', buffer });
		await expect(
			page.getByText(/None of the 30 rows can be used|holds no dates that can be read/).first()
		).toBeVisible({
			timeout: 30_000
		});
	});

	test('a bad file beside an open session leaves it as it was', async ({ page }) => {
		await openApp(page);
		await importFile(page, fixture('shopify/orders.csv'));
		const title = await page.getByRole('heading', { level: 1 }).textContent();
		await page
			.getByLabel('Add files')
			.setInputFiles({ name: 'picture.csv', mimeType: 'text/csv', buffer: PNG });
		await expect(page.getByText(/picture\.csv is not a CSV/).first()).toBeVisible({ timeout: 30_000 });
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(title ?? '');
	});
});
