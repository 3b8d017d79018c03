import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page, type TestInfo } from '@playwright/test';
import { chooseFiles, fixture, goTo, importFile, openApp, untilDone } from './app.ts';
import { textFile } from './made-files.ts';

const SCREENS = [
	'Data',
	'Sources',
	'Clean',
	'People',
	'Customers',
	'SQL',
	'Features',
	'What changed',
	'Best customers',
	'Time machine',
	'Retention',
	'What matters',
	'Scaling and PCA',
	'Natural segments',
	'Explore',
	'Explain',
	'Over time',
	'Trust',
	'Ideas',
	'Rule builder',
	'Left carts',
	'Journeys',
	'My segments',
	'Audiences',
	'Summary'
];
const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

type View = (typeof VIEWS)[number];

async function openView(browser: Browser, view: View): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: view.width, height: view.height },
		colorScheme: view.colorScheme,
		reducedMotion: 'reduce'
	});
	const page = await context.newPage();
	await openApp(page);
	return page;
}

/** A picture of the whole page; it must not scroll sideways, and axe must find nothing. */
async function check(page: Page, name: string, info: TestInfo): Promise<void> {
	// What is being counted anew is paler for as long as that takes.
	await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });
	await page.waitForTimeout(400);
	await page.screenshot({ path: info.outputPath(`${name.replaceAll(' ', '-')}.png`), fullPage: true });
	const wide = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
		.analyze();
	expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
}

for (const view of VIEWS) {
	test(`every screen in ${view.name}: no accessibility violation, no sideways scroll, a picture`, async ({
		browser
	}, info) => {
		test.setTimeout(240_000);
		const page = await openView(browser, view);
		await check(page, `Start ${view.name}`, info);
		await importFile(page, fixture('online_retail/orders.csv.gz'));
		for (const screen of SCREENS) {
			// The rail is there on a wide page; then the page becomes as wide as it shall be.
			await page.setViewportSize({ width: 1440, height: view.height });
			await goTo(page, screen);
			await page.setViewportSize({ width: view.width, height: view.height });
			await untilDone(page);
			await check(page, `${screen} ${view.name}`, info);
		}
		await page.context().close();
	});

	test(`the Data screen with all of it open, in ${view.name}`, async ({ browser }, info) => {
		test.setTimeout(240_000);
		const page = await openView(browser, view);
		await chooseFiles(page, fixture('mailchimp/subscribed_members.csv'));
		await expect(page.getByRole('heading', { level: 1 })).toContainText('no orders', { timeout: 60_000 });
		await check(page, `No orders ${view.name}`, info);
		await page
			.getByLabel('Add files')
			.setInputFiles(['shopify/orders.csv', 'shopify/customers.csv'].map(fixture));
		await expect(page.getByRole('heading', { level: 1 })).toContainText('are loaded', { timeout: 60_000 });
		await untilDone(page);
		await check(page, `Several kinds ${view.name}`, info);
		const closed = page.getByRole('button', { name: 'Look and change' });
		while ((await closed.count()) > 0) await closed.first().click();
		for (const summary of await page.locator('summary').all()) await summary.click();
		await page.getByRole('combobox', { name: 'Column for Customer' }).first().click();
		await check(page, `All open ${view.name}`, info);
		await page.context().close();
	});

	test(`a question in ${view.name}`, async ({ browser }, info) => {
		const page = await openView(browser, view);
		const rows = Array.from(
			{ length: 40 },
			(_, i) => `C${i % 9},0${1 + (i % 9)}/0${1 + ((i * 5) % 9)}/2024,${5 + i}`
		);
		await chooseFiles(page, textFile('both.csv', ['customer,date,amount', ...rows]));
		await expect(page.getByText('One question')).toBeVisible({ timeout: 60_000 });
		await check(page, `Question ${view.name}`, info);
		await page.context().close();
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
	await expect(page).toHaveURL(/trust/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('segments');
	await page.keyboard.press('9');
	await expect(page).toHaveURL(/best-customers/);
	await page.keyboard.press('3');
	await expect(page).toHaveURL(/clean/);
	await page.keyboard.press('0');
	await expect(page).toHaveURL(/time-machine/);
	await page.keyboard.press('d');
	await expect(page.getByRole('tab', { name: 'Explain' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('tab', { name: 'Explain' })).toHaveCount(0);
});
