import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { fixture, goTo, importFile, openApp, untilDone } from './app.ts';

const SCREENS = ['Data', 'Customers', 'Best customers', 'Natural segments', 'Trust', 'Audiences', 'Summary'];
const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

for (const view of VIEWS) {
	test(`every screen in ${view.name}: no accessibility violation, no sideways scroll, a picture`, async ({
		browser
	}, info) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({
			viewport: { width: view.width, height: view.height },
			colorScheme: view.colorScheme,
			reducedMotion: 'reduce'
		});
		const page = await context.newPage();
		await openApp(page);
		await check('Start');
		await importFile(page, fixture('online_retail/orders.csv.gz'));
		for (const screen of SCREENS) {
			if (view.width < 860) {
				await page.goto(`/${screen.toLowerCase().replaceAll(' ', '-')}/`);
				await expect(page.getByRole('heading', { level: 1 })).toBeVisible({ timeout: 60_000 });
			} else {
				await goTo(page, screen);
			}
			await untilDone(page);
			await check(screen);
		}
		await context.close();

		async function check(screen: string): Promise<void> {
			await page.waitForTimeout(400);
			await page.screenshot({
				path: info.outputPath(`${screen.replaceAll(' ', '-')}-${view.name}.png`),
				fullPage: true
			});
			const wide = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${screen}: ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
		}
	});
}

test('the keyboard reaches the palette, the steps and undo', async ({ page }) => {
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('of customers', { timeout: 60_000 });
	await untilDone(page);
	await page.keyboard.press('Control+k');
	await page.keyboard.type('trust');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('resampled');
	await page.keyboard.press('4');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('natural segments');
	await page.keyboard.press('d');
	await expect(page.getByRole('tab', { name: 'Explain' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('tab', { name: 'Explain' })).toHaveCount(0);
});
