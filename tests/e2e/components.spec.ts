import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const scale = (page: Page) => page.getByRole('combobox', { name: 'Scale' });
const compare = (page: Page) => page.getByRole('switch', { name: 'Compare customers on these components' });
const keep = (page: Page) => page.getByRole('switch', { name: 'Keep this scale for later imports' });

/** Chooses what customers are compared on, by the names of the features. */
async function compareOn(page: Page, change: Readonly<Record<string, boolean>>): Promise<void> {
	await page.getByRole('button', { name: 'Change what is compared' }).first().click();
	const dialog = page.getByRole('dialog');
	for (const [name, on] of Object.entries(change))
		await dialog.getByRole('checkbox', { name }).first().setChecked(on);
	await dialog.getByRole('button', { name: 'Compare on these' }).click();
	await expect(dialog).toBeHidden();
	await untilDone(page);
}

test('scales and components say what they hold, and customers can be compared on them', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Scaling and PCA');

	await test.step('the finding, and what the scale does', async () => {
		await expect(title(page)).toHaveText('Two components hold 93% of what tells customers apart.');
		await expect(page.getByText('mostly orders and total spend, against days').first()).toBeVisible();
		await expect(
			page.getByRole('heading', { name: /^The scale evens out total spend: from a skew of 16\.3 to 0\.4$/ })
		).toBeVisible();
	});

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.setViewportSize({ width: 1440, height: 900 });
	});

	await test.step('another scale is one choice, and undo takes it back', async () => {
		await scale(page).selectOption('none');
		await expect(
			page.getByRole('heading', { name: /^Total spend makes up 99\.98% of all differences/ })
		).toBeVisible({ timeout: 60_000 });
		await untilDone(page);
		await page.keyboard.press('Control+z');
		await expect(title(page)).toHaveText('Two components hold 93% of what tells customers apart.', {
			timeout: 60_000
		});
		await expect(scale(page)).toHaveValue('log1p-standard');
		await untilDone(page);
	});

	await test.step('the cut is chosen by keyboard or by its share', async () => {
		const shares = page.getByRole('listbox', { name: /components/ });
		await shares.focus();
		await page.keyboard.press('Home');
		await page.keyboard.press('Enter');
		await expect(title(page)).toHaveText('One component holds 74% of what tells customers apart.');
		await page.getByRole('combobox', { name: 'Share to keep' }).selectOption('0.95');
		await expect(title(page)).toHaveText(
			'All three components are needed to hold 95% of what tells customers apart.'
		);
		await page.getByRole('combobox', { name: 'Share to keep' }).selectOption('0.9');
	});

	await test.step('customers are compared on two components, and the profiles stay', async () => {
		await compare(page).click();
		await expect(page.getByText('Segments are looked for along 2 components')).toBeVisible();
		await untilDone(page);
		await goTo(page, 'Natural segments');
		await expect(page.getByText(/Compared on: .*, along 2 components/)).toBeVisible();
		await expect(page.getByRole('heading', { name: 'What sets each segment apart' })).toBeVisible();
		await goTo(page, 'Scaling and PCA');
		await expect(compare(page)).toBeChecked();
		await page.keyboard.press('Control+z');
		await expect(compare(page)).not.toBeChecked();
		await untilDone(page);
	});

	await test.step('a rectangle on the plane picks people, by keyboard too', async () => {
		const plane = page.getByRole('application', { name: /first two components/ });
		await plane.focus();
		await page.keyboard.press('Shift+ArrowRight');
		await expect(page.getByText(/[\d,]+ customers/).first()).toBeVisible();
		await expect(page.getByRole('button', { name: 'Let the selection go' }).first()).toBeVisible();
		await plane.focus();
		await page.keyboard.press('Escape');
	});

	await test.step('a kept scale stays until something else is compared', async () => {
		await keep(page).click();
		await untilDone(page);
		await expect(keep(page)).toBeChecked();
		await compareOn(page, { 'Days since the last order': false });
		await expect(keep(page)).not.toBeChecked();
		await expect(title(page)).toContainText('what tells customers apart');
		await page.keyboard.press('Control+z');
		await expect(keep(page)).toBeChecked();
		await untilDone(page);
		await page.keyboard.press('Control+z');
		await expect(keep(page)).not.toBeChecked();
		await untilDone(page);
	});

	await test.step('one feature has nothing to be summed up', async () => {
		await compareOn(page, { 'Days since the last order': false, Orders: false });
		await expect(title(page)).toHaveText('One feature is compared, so there is nothing to sum up.');
		await expect(page.getByRole('heading', { name: 'Components need two features or more' })).toBeVisible();
		await page.keyboard.press('Control+z');
		await expect(title(page)).toContainText('Two components', { timeout: 60_000 });
		await untilDone(page);
	});

	await test.step('what a scale cannot take is named, and another is one choice away', async () => {
		await scale(page).selectOption('box-cox');
		await expect(page.getByText(/by powers that even them out \(Box-Cox\)/).first()).toBeVisible({
			timeout: 60_000
		});
		await untilDone(page);
		await compareOn(page, { 'Orders on weekends': true });
		await expect(page.getByText(/is 0 or less for [\d,]+ customers/)).toBeVisible({ timeout: 60_000 });
		await scale(page).selectOption('yeo-johnson');
		await expect(title(page)).toContainText('what tells customers apart', { timeout: 60_000 });
		await untilDone(page);
	});
	expect(errors).toEqual([]);
});
