import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

/** Days as they are written here. */
test.use({ locale: 'en-GB' });

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const slider = (page: Page) => page.getByRole('slider', { name: 'Day to go back to' });
const chart = (page: Page, name: RegExp) => page.getByRole('listbox', { name });
const chip = (page: Page) => page.locator('.chip.on');

test('goes back to a past day and tells what people did next', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Time machine');

	await test.step('it opens at the last day after which 60 days are known', async () => {
		await expect(title(page)).toHaveText(/^36% of At risk customers came back within 60 days of 3 Jul 2011$/);
		const rates = chart(page, /At risk customers came back/);
		await expect(rates.getByRole('option', { name: /^At risk: 104 of 291 bought, 36%/ })).toBeVisible();
		await expect(rates.getByRole('option', { name: /^Champions: \d+ of 380 bought, 73%/ })).toBeVisible();
		await expect(page.getByText('all customers 38%')).toBeVisible();
		await expect(page.getByText('(few)').first()).toBeVisible();
	});

	await test.step('a group picks its people of that day, everywhere', async () => {
		await chart(page, /At risk customers came back/)
			.getByRole('option', { name: /^At risk/ })
			.click();
		await expect(chip(page)).toContainText('291 customers: At risk on 3 Jul 2011');
		await goTo(page, 'Customers');
		await expect(title(page)).toHaveText('291 customers picked');
		await goTo(page, 'Time machine');
		await page.getByRole('button', { name: 'Let the selection go' }).click();
		await expect(chip(page)).toHaveCount(0);
	});

	await test.step('the slider moves by a day, by ten, and by typing', async () => {
		await slider(page).focus();
		await page.keyboard.press('ArrowLeft');
		await expect(title(page)).toContainText('of 2 Jul 2011');
		await page.keyboard.press('PageDown');
		await expect(title(page)).toContainText('of 22 Jun 2011');
		await page.getByLabel('The morning of').first().fill('2011-06-03');
		await page.keyboard.press('Enter');
		await expect(title(page)).toContainText('of 3 Jun 2011');
		await expect(slider(page)).toHaveAttribute('aria-valuetext', '3 Jun 2011');
	});

	await test.step('days that are not over yet are not guessed', async () => {
		await page.getByRole('button', { name: 'Next 90 days' }).click();
		await expect(title(page)).toContainText('within 90 days of 3 Jun 2011');
		await slider(page).focus();
		await page.keyboard.press('ArrowRight');
		await expect(title(page)).toHaveText(
			'Nobody knows yet what the customers of 4 Jun 2011 do within 90 days'
		);
		await page.getByRole('button', { name: 'Go to 3 Jun 2011' }).click();
		await expect(title(page)).toContainText('within 90 days of 3 Jun 2011');
	});

	await test.step('a short history is a warning with its dates', async () => {
		await page.getByRole('button', { name: 'Next 30 days' }).click();
		await page.getByLabel('The morning of').first().fill('2010-12-20');
		await page.keyboard.press('Enter');
		await expect(page.getByText('Only 19 days of orders before 20 Dec 2010.')).toBeVisible();
		await expect(title(page)).toHaveText('Too little history before 20 Dec 2010 to judge: 19 days');
	});

	await test.step('a day out of range is refused, and the day stays', async () => {
		const field = page.getByLabel('The morning of').first();
		await field.fill('2012-08-20');
		await page.keyboard.press('Enter');
		await expect(page.getByText(/^Found 20 Aug 2012; needed: 2 Dec 2010 to 1 Sept? 2011\.$/)).toBeVisible();
		await expect(field).toHaveAttribute('aria-invalid', 'true');
		await expect(slider(page)).toHaveAttribute('aria-valuetext', '20 Dec 2010');
	});

	await test.step('everyone is followed to today, in rows that add up to 100%', async () => {
		await page.getByLabel('The morning of').first().fill('2011-07-03');
		await page.keyboard.press('Enter');
		await expect(title(page)).toContainText('of 3 Jul 2011');
		const rows = page.getByRole('region', { name: 'Customers by group before and now' }).locator('tbody tr');
		const texts = await rows.allTextContents();
		expect(texts.length).toBe(11);
		for (const text of texts) {
			const shares = [...text.matchAll(/(\d+)%/g)].map(([, share]) => Number(share));
			if (!text.includes('<1%')) expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100);
		}
		await page.getByRole('button', { name: /^Not a customer yet to New: / }).click();
		await expect(chip(page)).toContainText('Not a customer yet on 3 Jul 2011, New on 1 Sep');
		await page.getByRole('button', { name: 'Let the selection go' }).click();
	});

	await test.step('segments of today are assigned by their centres', async () => {
		await page.getByRole('button', { name: 'Natural segments', exact: true }).click();
		await expect(title(page)).toContainText('bought within 30 days of 3 Jul 2011');
		await expect(page.getByText(/^Today’s segments: people of that day/).first()).toBeVisible();
	});

	await test.step('base rates are those of RFM groups, whatever is chosen here', async () => {
		await goTo(page, 'Best customers');
		await expect(
			chart(page, /^36% of At risk customers came back within 60 days of 3 Jul 2011$/)
		).toBeVisible();
		await goTo(page, 'Time machine');
		await expect(title(page)).toContainText('bought within 30 days of 3 Jul 2011');
		await page.getByRole('button', { name: 'RFM groups' }).click();
	});

	await test.step('the day can become that of the session, and back', async () => {
		await page.getByRole('button', { name: 'Make this the day of the whole session' }).click();
		await untilDone(page);
		await goTo(page, 'Best customers');
		await expect(page.getByLabel('As of the end of')).toHaveValue('2011-07-02');
		await page.getByRole('button', { name: /Undo/ }).click();
		await expect(page.getByLabel('As of the end of')).toHaveValue('2011-08-31');
	});

	expect(errors).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
	test(`is readable and reachable at 390 px (${theme})`, async ({ page }) => {
		test.setTimeout(240_000);
		await page.emulateMedia({ colorScheme: theme });
		await openApp(page);
		await importFile(page, fixture('online_retail/orders.csv.gz'));
		await goTo(page, 'Time machine');
		await page.setViewportSize({ width: 390, height: 844 });
		await expect(title(page)).toContainText('came back within 60 days');
		const width = await page.evaluate(() => document.documentElement.scrollWidth);
		expect(width).toBeLessThanOrEqual(390);
		const { violations } = await new AxeBuilder({ page })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
			.analyze();
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
	});
}
