import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

/** Days as they are written here. */
test.use({ locale: 'en-GB' });

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const chip = (page: Page) => page.locator('.chip.on');

test('says which segments keep their people, what moved them, and what held', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Over time');
	const bands = page.getByRole('listbox', { name: /^Overlap from/ });

	await test.step('today against three months ago', async () => {
		await expect(title(page)).toContainText('since 1 Jun 2011');
		await expect(bands.getByRole('option')).toHaveCount(4);
		await expect(page.getByText('usable from 0.70')).toBeVisible();
		await expect(
			page.getByRole('heading', { name: /customers moved, \d+% of them mostly by/ })
		).toBeVisible();
	});

	await test.step('every count opens its people', async () => {
		const left = page.getByRole('button', { name: /^Left, Regulars: \d+\. Show who/ });
		const [, count = ''] = /: (\d+)\./.exec((await left.getAttribute('aria-label')) ?? '') ?? [];
		await left.click();
		await expect(chip(page)).toContainText(`${count} customers: Regulars: left since 1 Jun 2011`);
		await page.keyboard.press('Escape');
		await bands.getByRole('option').first().click();
		await expect(chip(page)).toContainText('in it on both days since 1 Jun 2011');
		await page.keyboard.press('Escape');
	});

	await test.step('another day, and RFM groups', async () => {
		await page.getByLabel('Compare today with').selectOption({ label: 'The morning of 1 Aug 2011' });
		await expect(title(page)).toContainText('since 1 Aug 2011');
		await page.getByRole('button', { name: 'RFM groups' }).click();
		await expect(title(page)).toContainText('RFM groups');
		await expect(page.getByRole('heading', { name: /mostly by recency score/ })).toBeVisible();
		await page.getByRole('button', { name: 'Natural segments' }).click();
	});

	await test.step('months have a level with its band', async () => {
		await page.getByRole('button', { name: /^Regulars, customers: \d+ on 1 Sep/ }).click();
		await expect(page.getByRole('listbox', { name: /^Regulars, customers:/ })).toBeVisible();
		await page.getByRole('button', { name: /^Regulars, bought in the month: \d+% in Aug 2011/ }).click();
		const months = page.getByRole('listbox', { name: /^Regulars, bought in the month:/ });
		const level = months.getByRole('option', { name: /Level \d+% \(\d+% to \d+%\)/ });
		await expect(level.first()).toBeVisible();
		await months.focus();
		await page.keyboard.press('ArrowRight');
		await expect(months).toHaveAttribute('aria-activedescendant', /.+/);
	});

	await test.step('segments of an earlier day are checked on a later one', async () => {
		const held = page.getByRole('region', { name: 'What held' });
		await expect(held.getByRole('row')).toHaveCount(5, { timeout: 60_000 });
		await expect(held.getByText('Holds').first()).toBeVisible();
		await held
			.getByRole('button', { name: /^Regulars: / })
			.first()
			.click();
		await expect(chip(page)).toContainText('Regulars as found on');
		await page.keyboard.press('Escape');
	});

	await test.step('it is accessible, wide and narrow', async () => {
		await untilDone(page);
		for (const width of [1280, 390]) {
			await page.setViewportSize({ width, height: 844 });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect(overflow).toBeLessThanOrEqual(0);
		}
	});
	expect(errors).toEqual([]);
});
