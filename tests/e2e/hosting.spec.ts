import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { serve } from '../../src/host/serve.mjs';
import { chooseFiles, openApp, recordErrors } from './app.ts';

const build = fileURLToPath(new URL('../../build', import.meta.url));

test.describe('addresses', () => {
	test('index.html means its folder, and can be loaded again', async ({ page, baseURL }) => {
		const errors = recordErrors(page);
		await page.goto('/index.html');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/See who your best customers are/);
		await expect(page).toHaveURL(`${baseURL}`);

		await page.goto('/data/index.html?from=list');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('No file is open');
		await expect(page).toHaveURL(`${baseURL}data/?from=list`);
		await page.reload();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('No file is open');
		expect(errors).toEqual([]);
	});

	test('a screen without a session has one title and a way to the start', async ({ page }) => {
		for (const step of ['data', 'best-customers', 'summary']) {
			await page.goto(`/${step}/`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('No file is open');
		}
		await page.getByRole('link', { name: 'Go to the start' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(/See who your best customers are/);
	});

	test('an unknown address says so and leads back', async ({ page, baseURL }) => {
		for (const path of ['/nowhere', '/data/no/such/page/', '/nowhere/index.html']) {
			const answer = await page.goto(path);
			expect(answer?.status()).toBe(404);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
			await page.getByRole('link', { name: 'Go to the start' }).click();
			await expect(page).toHaveURL(`${baseURL}`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(/See who your best customers are/);
		}
	});

	test('in a sub-folder, an unknown address leads back to the site and not to the host', async ({ page }) => {
		const site = await serve({ directory: build, port: 0, base: '/tools/pomelo' });
		try {
			for (const path of ['nowhere', 'data/no/such/page/']) {
				expect((await page.goto(site.url + path))?.status()).toBe(404);
				const link = page.getByRole('link', { name: 'Go to the start' });
				await expect(link).toHaveAttribute('href', '/tools/pomelo/');
				await link.click();
				await expect(page.getByRole('heading', { level: 1 })).toHaveText(/See who your best customers are/);
			}
			await page.goto(`${site.url}data/index.html`);
			await expect(page).toHaveURL(`${site.url}data/`);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('No file is open');
		} finally {
			await site.close();
		}
	});

	test('a host that answers everything with a page still says that there is none', async ({
		page,
		baseURL
	}) => {
		const other = await page.request.get('/data/');
		await page.route('**/nowhere/', async (route) => route.fulfill({ response: other }));
		await page.goto('/nowhere/');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
		await page.getByRole('link', { name: 'Go to the start' }).click();
		await expect(page).toHaveURL(`${baseURL}`);
	});
});

for (const width of [1280, 390]) {
	test(`2,000 columns at ${width} pixels: the used ones, 30 others, and the rest by search`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 900 });
		const extra = Array.from({ length: 1997 }, (_, i) => `extra_${i}`);
		const rows = Array.from({ length: 20 }, (_, i) => `${extra.map(() => i).join(',')},c${i},2024-01-05,9.5`);
		const buffer = Buffer.from([`${extra.join(',')},customer_id,order_date,amount`, ...rows].join('\n'));
		await openApp(page);
		await chooseFiles(page, { name: 'wide.csv', mimeType: 'text/csv', buffer });

		const meanings = page.getByRole('combobox', { name: /^What .+ means$/ });
		await expect(page.getByLabel('What customer_id means')).toHaveValue('customer', { timeout: 60_000 });
		await expect(meanings).toHaveCount(33);

		await page.getByRole('button', { name: 'Show all 2,000 columns' }).click();
		await expect(meanings).toHaveCount(100);
		await expect(page.getByText('Columns 1 to 100 of 2,000')).toBeVisible();
		await page.getByRole('button', { name: 'Next 100' }).click();
		await expect(page.getByLabel('What extra_100 means')).toBeVisible();
		await page.getByLabel('Find a column').fill('EXTRA_1990');
		await expect(meanings).toHaveCount(1);
		await page.getByLabel('What extra_1990 means').selectOption('product');

		await page.getByRole('button', { name: 'Show fewer columns' }).click();
		await expect(meanings).toHaveCount(34);
		await page.getByLabel('What extra_1990 means').selectOption('');
		await expect(meanings).toHaveCount(34);
	});
}
