import { expect, test } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors } from './app.ts';

const number = (text: string) => Number(/[\d,.]+/.exec(text)?.[0].replaceAll(',', ''));

test('every column has a profile, an issue opens as many rows as it says, and a brush counts all charts anew', async ({
	page
}) => {
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('shopify/orders.csv'));
	await goTo(page, 'Clean');

	await expect(page.getByText('of 100')).toBeVisible({ timeout: 60_000 });
	const columns = page.getByRole('list', { name: 'Columns' });
	await expect(columns.getByRole('button', { name: 'Email', exact: true })).toBeVisible({ timeout: 60_000 });

	await test.step('the rows of an issue', async () => {
		const chip = columns
			.locator('button.chip')
			.filter({ hasText: /^[\d,]+ / })
			.first();
		const count = number(await chip.innerText());
		await chip.click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.locator('table')).toHaveAttribute('aria-rowcount', String(count + 1));
		await expect(dialog.locator('tbody tr').first().locator('td, th').first()).not.toBeEmpty();
		await dialog.getByRole('button', { name: 'Close' }).click();
	});

	await test.step('one column', async () => {
		await columns.getByRole('button', { name: 'Total', exact: true }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByRole('heading', { name: 'Total' })).toBeVisible();
		await expect(dialog.getByRole('rowheader', { name: 'Median' })).toBeVisible();
		await dialog.getByRole('button', { name: 'Close' }).click();
	});

	await test.step('linked charts', async () => {
		await page.getByRole('button', { name: 'Explore the columns' }).click();
		const chart = page.getByRole('slider', { name: /rows per bin/ }).first();
		await expect(chart).toBeVisible({ timeout: 60_000 });
		await chart.focus();
		await page.keyboard.press('Enter');
		const found = page.getByRole('heading', { name: /rows brushed$/ });
		await expect(found).toBeVisible();
		// The first that is read has to be right: it must not tell the count from before the brush.
		expect((await found.innerText()).match(/[\d,]+/g)?.map(number)).toEqual([7, 42]);
		await page.keyboard.press('Shift+ArrowRight');
		await page.keyboard.press('Escape');
		await expect(found).toHaveCount(0);
	});
	expect(errors).toEqual([]);
});
