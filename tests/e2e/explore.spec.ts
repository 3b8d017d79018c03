import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const map = (page: Page) => page.getByRole('application', { name: /^Customers by/ });
const chips = (page: Page) => page.getByRole('list', { name: 'What picks people' }).getByRole('listitem');

/** How many customers the sentence of the screen says are picked. */
async function picked(page: Page): Promise<number> {
	await expect(title(page)).toContainText('picked');
	return Number((await title(page).textContent())?.split(' ')[0]?.replaceAll(',', ''));
}

/** Draws around the middle of the map. */
async function drawOutline(page: Page): Promise<void> {
	const box = await map(page).boundingBox();
	if (!box) throw new Error('the map has no place');
	const [x, y] = [box.x + box.width * 0.35, box.y + box.height * 0.4];
	const [across, down] = [box.width * 0.2, box.height * 0.25];
	await page.mouse.move(x + across, y);
	await page.mouse.down();
	for (let corner = 1; corner <= 24; corner += 1) {
		const angle = (corner / 24) * 2 * Math.PI;
		await page.mouse.move(x + across * Math.cos(angle), y + down * Math.sin(angle));
	}
	await page.mouse.up();
}

test('what is picked on one chart is picked on all', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Explore');
	await expect(title(page)).toContainText('every one of them to look at');
	await expect(page.getByRole('slider', { name: /^Orders: customers per value/ })).toBeVisible();
	await untilDone(page);

	await test.step('an outline picks people, and a histogram fewer of them', async () => {
		await page.getByRole('button', { name: 'Lasso' }).click();
		await drawOutline(page);
		const inside = await picked(page);
		expect(inside).toBeGreaterThan(0);
		const orders = page.getByRole('slider', { name: /^Orders: customers per value/ });
		await orders.focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('Enter');
		await expect(chips(page)).toHaveCount(3);
		const both = await picked(page);
		expect(both).toBeLessThan(inside);
		await page.getByRole('button', { name: /^Take away: Outline/ }).click();
		expect(await picked(page)).toBeGreaterThanOrEqual(both);
		await page.getByRole('button', { name: /^Take away: Orders/ }).click();
		await expect(title(page)).toContainText('every one of them to look at');
	});

	await test.step('the map is reached by keyboard, nearer and further', async () => {
		await map(page).focus();
		await page.keyboard.press('+');
		await expect(page.getByRole('button', { name: 'Further away' })).toBeEnabled();
		await page.keyboard.press('0');
		await expect(page.getByRole('button', { name: 'Further away' })).toBeDisabled();
		await page.keyboard.press('Shift+ArrowRight');
		const first = await picked(page);
		await expect(page.getByRole('button', { name: /^Take away: Rectangle/ })).toBeVisible();
		for (let step = 0; step < 8; step += 1) await page.keyboard.press('Shift+ArrowDown');
		expect(await picked(page)).toBeGreaterThan(first);
		await page.keyboard.press('Escape');
		await expect(title(page)).toContainText('every one of them to look at');
	});

	await test.step('any two features or components are axes', async () => {
		await page.getByRole('combobox', { name: 'Across' }).fill('Component 1');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('application', { name: /^Customers by component 1 and/ })).toBeVisible();
		await page.getByRole('button', { name: 'Density' }).click();
		await expect(page.locator('canvas[data-painter=density]')).toBeVisible();
	});

	await test.step('those who are nearer to another segment are people', async () => {
		const some = page.getByRole('button', { name: /^\d+ of / }).first();
		const count = Number(/^(\d+)/.exec((await some.textContent())?.trim() ?? '')?.[1]);
		await some.click();
		expect(await picked(page)).toBe(count);
		await page.keyboard.press('Escape');
	});

	await test.step('pictures can be saved, with their points', async () => {
		const panel = page.getByRole('region', { name: /of customers are/ });
		const saved = page.waitForEvent('download');
		await panel.getByRole('button', { name: 'Download' }).click();
		await page.getByRole('menuitem', { name: 'Picture (SVG)' }).click();
		expect(await textOf(await saved)).toContain('data:image/png');
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
	expect(errors).toEqual([]);
});
