import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const panel = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name });

/** Opens the choice of methods and takes one. */
async function takeMethod(page: Page, method: string): Promise<void> {
	await page.getByRole('button', { name: 'Choose another method' }).click();
	await page.getByRole('radio', { name: method }).first().check();
	await page.getByRole('button', { name: 'Group them this way' }).click();
	await untilDone(page);
}

test('every method groups the customers, and one click goes back', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Natural segments');
	await expect(title(page)).toContainText('people differ by degrees');

	await test.step('the facts, the advice, and what every index speaks for', async () => {
		await expect(panel(page, /^Found by k-means/)).toBeVisible();
		await expect(page.getByText(/3,317 customers, 3 features/)).toBeVisible();
		await expect(page.getByText(/ind(ex|ices) speaks? for \d/)).toBeVisible();
		await expect(page.getByRole('listbox', { name: /^How clearly they separate/ })).toBeVisible();
		await expect(page.getByRole('listbox', { name: /^Tighter than without groups/ })).toBeVisible();
		const carts = page.getByRole('button', {
			name: 'Group by: How they buy, what they leave, what they like'
		});
		await expect(carts).toBeDisabled();
		await expect(page.getByText(/^Needs .*categories/)).toBeVisible();
	});

	await test.step('stages: a click on a cell selects its people', async () => {
		await page.getByRole('button', { name: 'Group by: Lifecycle stage, then groups' }).click();
		await expect(panel(page, /stages? comes? apart into groups$/)).toBeVisible({ timeout: 60_000 });
		await untilDone(page);
		const cell = page.getByRole('region', { name: 'Groups inside each stage' }).locator('td button').first();
		await cell.click();
		await expect(cell).toHaveAttribute('aria-pressed', 'true');
		await cell.click();
	});

	await test.step('nested groups: the cut is a slider that sets the number', async () => {
		await takeMethod(page, 'Nested groups');
		await expect(panel(page, /^Cut into \d+ groups/)).toBeVisible();
		await expect(page.getByRole('slider')).toBeVisible();
	});

	await test.step('overlapping groups: shapes, and who stands between', async () => {
		await takeMethod(page, 'Overlapping groups');
		await expect(panel(page, /shape/)).toBeVisible();
		await page.getByRole('button', { name: /^Select all/ }).click();
		await expect(page.getByText(/customers: Between segments/)).toBeVisible();
	});

	await test.step('dense places: a distance that is typed is used', async () => {
		await takeMethod(page, 'DBSCAN');
		await expect(panel(page, /^Found by DBSCAN/)).toBeVisible();
		const distance = page.getByLabel('Distance of neighbours');
		await distance.fill('wide');
		await distance.press('Enter');
		await expect(page.getByText('Found “wide”, needed a number above 0.')).toBeVisible();
		await distance.fill('0.3');
		await distance.press('Enter');
		await untilDone(page);
		await expect(page.getByRole('button', { name: 'Use the proposed one' })).toBeVisible();
	});

	await test.step('a method that cannot work says why, and offers the way back', async () => {
		await page.getByRole('button', { name: 'Choose another method' }).click();
		await page.getByRole('radio', { name: 'Stage, then groups' }).check();
		await page.getByRole('radio', { name: /^Favourite product/ }).check();
		await page.getByRole('button', { name: 'Group them this way' }).click();
		await expect(page.getByRole('alert')).toContainText('cannot work on these customers', {
			timeout: 60_000
		});
		await expect(panel(page, 'Other ways to group them')).toBeVisible();
		await page.getByRole('button', { name: 'Take the last step back' }).click();
		await expect(panel(page, /^Found by DBSCAN/)).toBeVisible({ timeout: 60_000 });
		await untilDone(page);
	});

	await test.step('nothing is in the way of anybody', async () => {
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBeLessThanOrEqual(390);
	});
	expect(errors).toEqual([]);
});
