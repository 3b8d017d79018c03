import { expect, test } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

test('the triangle says who came back, and a cell gives its people', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Retention');
	const grid = page.getByRole('grid', { name: /Who came back/ });

	await test.step('every month is a row, and everyone is in one', async () => {
		await expect(page.getByRole('heading', { level: 1 })).toContainText(
			'of customers order again in the month'
		);
		await expect(grid.getByRole('row')).toHaveCount(11);
		await page.getByRole('button', { name: 'Show as table' }).click();
		const counts = await page.locator('.as-table tbody tr td:nth-of-type(1)').allTextContents();
		const [all = 0, ...months] = counts.map((text) => Number(text.replace(/\D/g, '')));
		expect(all).toBe(3317);
		expect(months.reduce((sum, count) => sum + count, 0)).toBe(all);
	});

	await test.step('a cell picks the people who ordered then', async () => {
		const cell = grid.getByRole('gridcell', { name: /^Dec 2010: 1 month later/ });
		const [, people = ''] = /ordered \((\d+)\)/.exec((await cell.getAttribute('aria-label')) ?? '') ?? [];
		expect(Number(people)).toBeGreaterThan(100);
		await cell.click();
		await expect(page.getByText(`${people} customers: Dec 2010, ordered 1 month later`)).toBeVisible();
		await expect(cell).toHaveAttribute('aria-selected', 'true');
		await page.keyboard.press('Escape');
		await expect(cell).toHaveAttribute('aria-selected', 'false');
	});

	await test.step('money, and the groups and segments of today', async () => {
		await page.getByRole('button', { name: 'Money so far' }).click();
		await expect(
			grid.getByRole('gridcell', { name: /^Everyone: 3 months later: .+ per customer so far/ })
		).toBeVisible();
		await page.getByRole('button', { name: 'RFM groups' }).click();
		await expect(grid.getByRole('gridcell', { name: /^Champions: the first month/ })).toBeVisible();
		await page.getByRole('group', { name: 'Rows' }).getByRole('button', { name: 'Natural segments' }).click();
		await expect(grid.getByRole('row')).toHaveCount(6, { timeout: 20_000 });
	});

	await test.step('the arrows walk over the triangle', async () => {
		await page.getByRole('button', { name: 'First month' }).click();
		await grid.focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Enter');
		await expect(page.getByText(/customers: Dec 2010, ordered 1 month later/)).toBeVisible();
	});

	await test.step('an earlier day knows less', async () => {
		await goTo(page, 'Best customers');
		await page.getByLabel('As of the end of').fill('2011-03-15');
		await untilDone(page);
		await goTo(page, 'Retention');
		await expect(grid.getByRole('row')).toHaveCount(6, { timeout: 20_000 });
		await expect(page.getByText('Mar 2011 has not ended.')).toBeVisible();
	});
	expect(errors).toEqual([]);
});
