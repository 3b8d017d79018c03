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

	await test.step('own segments are not offered while there are none', async () => {
		await expect(page.getByRole('button', { name: 'Own segments' })).toHaveCount(0);
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

test('says which condition of an own rule moved people, and puts the overlap into its passport', async ({
	page
}) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Rule builder');
	await page.getByRole('button', { name: /^(Say it in words|Type a sentence)$/ }).click();
	await page
		.getByLabel('Say it')
		.fill('Customers who placed an order in the last 60 days and whose total spend is more than 500');
	await page.keyboard.press('Enter');
	await page.getByRole('textbox', { name: 'Name' }).fill('Warm and large');
	await page.getByRole('button', { name: 'Save as a living rule' }).click();
	await untilDone(page);
	await goTo(page, 'My segments');
	await page.getByRole('button', { name: 'What to do with Warm and large', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Save as list' }).click();
	await untilDone(page);

	await test.step('left and came in, by condition, opens the people', async () => {
		await goTo(page, 'Over time');
		await page.getByRole('button', { name: 'Own segments' }).click();
		await expect(title(page)).toHaveText(/^“Warm and large” has (not )?kept its people since 1 Jun 2011\.$/, {
			timeout: 120_000
		});
		await expect(
			page.getByRole('heading', { name: /^Warm and large: [\d,]+ left and [\d,]+ came in/ })
		).toBeVisible();
		const byOrders = page.getByRole('button', {
			name: /^Warm and large: [\d,]+ left by Placed an order in the last 60 days\. Show who/
		});
		const [, count = ''] = /: ([\d,]+) left/.exec((await byOrders.getAttribute('aria-label')) ?? '') ?? [];
		await byOrders.click();
		await expect(chip(page)).toContainText(`${count} customers: Warm and large: left since 1 Jun 2011`, {
			timeout: 30_000
		});
		await page.keyboard.press('Escape');
		// What somebody has spent does not shrink but for credit notes: some came in by it.
		await expect(
			page.getByRole('button', { name: /^Warm and large: [\d,]+ came in by Total spend is more than 500\./ })
		).toBeVisible();
	});

	await test.step('a list says why it cannot be asked', async () => {
		await expect(page.getByText('1 of your 2 segments cannot be compared with that day.')).toBeVisible();
		await expect(
			page.getByText(/: A list stays as it is, so earlier days tell nothing of it\./)
		).toBeVisible();
	});

	await test.step('it is accessible, wide and narrow', async () => {
		await page.mouse.move(0, 0);
		for (const width of [1280, 390]) {
			await page.setViewportSize({ width, height: 844 });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
			const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			expect(overflow).toBeLessThanOrEqual(0);
		}
		await page.setViewportSize({ width: 1280, height: 844 });
	});

	await test.step('the overlap opens who is in it on both days', async () => {
		await page
			.getByRole('listbox', { name: /^Warm and large: overlap/ })
			.getByRole('option')
			.click();
		await expect(chip(page)).toContainText('Warm and large: in it on both days since 1 Jun 2011', {
			timeout: 30_000
		});
		await page.keyboard.press('Escape');
	});

	await test.step('the passport has the number of the rule, and the reason of the list', async () => {
		await goTo(page, 'Trust');
		await page.getByRole('button', { name: 'Mine' }).click({ timeout: 60_000 });
		const rule = page.getByRole('region', { name: 'Warm and large', exact: true });
		await expect(rule.getByText(/overlap \d\.\d\d on average/).first()).toBeVisible({
			timeout: 120_000
		});
		await expect(page.getByText(/A list stays as it is, so earlier days tell nothing of it\./)).toBeVisible();
	});
	expect(errors).toEqual([]);
});
