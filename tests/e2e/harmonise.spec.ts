import { expect, test } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const VARIANTS = [
	...['new york city', 'NEW YORK CITY', 'New  York City', 'NYC', 'N.Y.C.', '"New York, City"'],
	...['City of New York', 'New York Cty', 'Nwe York City', 'NewYork City']
];
const OTHERS = ['Boston', 'Kansas City', 'New Haven', 'Newark', 'York'];

/** Orders of customers in cities; one city is written in eleven ways. */
function orders(): Buffer {
	const cities = [...VARIANTS, ...Array.from({ length: 60 }, (_, i) => ['New York City', ...OTHERS][i % 6])];
	const rows = cities.map((city, i) => {
		const day = `2024-${String(1 + (i % 9)).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`;
		return `${1000 + i},c${i % 40},${day},${(10 + i).toFixed(2)},${city}`;
	});
	return Buffer.from(['order_id,customer_id,order_date,amount,City', ...rows, ''].join('\n'));
}

test('ten spellings of a city are proposed as one group, applied, and undone', async ({ page }) => {
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, { name: 'orders.csv', mimeType: 'text/csv', buffer: orders() });
	await goTo(page, 'Clean');
	await untilDone(page);
	await page.getByRole('button', { name: 'Add a step' }).last().click();
	const form = page.getByRole('dialog', { name: 'Add a step' });
	await form.getByRole('button', { name: 'Write labels alike', exact: true }).click();
	await form.getByRole('listitem').filter({ hasText: 'City' }).locator('input').check();
	await form.getByRole('button', { name: /spellings/i }).click();

	const dialog = page.getByRole('dialog', { name: 'Spellings of “City”' });
	const group = dialog.getByRole('list', { name: 'Spellings of “New York City”' });
	await expect(group.getByRole('checkbox')).toHaveCount(VARIANTS.length + 1, { timeout: 60_000 });
	await expect(dialog.getByRole('button', { name: 'Accept', exact: true })).toHaveCount(1);
	await expect(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
	await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
	await expect(dialog.getByRole('status')).toHaveText('10 spellings become 1 label: 10 rows change.');
	await dialog.getByRole('button', { name: 'Apply' }).click();
	await expect(dialog).toHaveCount(0);
	await untilDone(page);

	const step = page.getByText('Write 10 spellings in “City” as 1 label').first();
	await expect(step).toBeVisible();
	await expect(page.getByText(/10 rows? changed/).first()).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).first().click();
	await expect(step).toHaveCount(0);
	expect(errors).toEqual([]);
});
