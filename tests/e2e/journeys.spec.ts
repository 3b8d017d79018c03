import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('what led to the orders of the sample shop', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('of the revenue', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Journeys');
	const title = page.getByRole('heading', { level: 1 });
	const paths = page.getByRole('region', { name: /^The first 5 paths led to/ });

	await test.step('the most frequent path is the finding, and its people can be picked', async () => {
		await expect(title).toContainText('orders came by search → web', { timeout: 60_000 });
		const first = paths.getByRole('button', { name: /^search → web: \d+ orders/ });
		await first.click();
		await expect(first).toHaveAttribute('aria-pressed', 'true');
		await expect(page.getByText('Came by search → web').first()).toBeVisible();
	});

	await test.step('a path becomes a segment, and that can be undone', async () => {
		await paths.getByRole('button', { name: 'Make a segment of search → web' }).click();
		const toast = page.getByText('“Came by search → web” is one of your segments now.');
		await expect(toast).toBeVisible();
		await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
		await untilDone(page);
		await expect(paths).toBeVisible({ timeout: 60_000 });
		// While it is asked again, what was known before is shown and cannot be used.
		await expect(page.locator('[inert]')).toHaveCount(0, { timeout: 60_000 });
	});

	await test.step('flow and steps are reached by keyboard', async () => {
		const flow = page.getByRole('listbox', { name: /^Orders by channel/ });
		// A run that has just begun takes the focus away.
		await expect(async () => {
			await flow.focus();
			await page.keyboard.press('ArrowDown');
			await page.keyboard.press('Enter');
			await expect(page.getByText(/first to last step/).first()).toBeVisible({ timeout: 3000 });
		}).toPass({ timeout: 60_000 });
		await page.getByRole('button', { name: 'First to second', exact: true }).click();
		await expect(page.getByRole('listbox', { name: /first to second/ })).toBeVisible();
	});

	await test.step('omni-engaged and single-channel customers are compared with intervals', async () => {
		const panel = page.getByRole('region', { name: /^Omni-engaged/ });
		await expect(panel.getByRole('option', { name: /^Omni-engaged: .* to .* customers$/ })).toBeVisible();
		await panel.getByRole('button', { name: 'Make a segment of Omni-engaged' }).click();
		await expect(page.getByText('“Omni-engaged” is one of your segments now.')).toBeVisible();
		await untilDone(page);
	});

	await test.step('the title of the sets of channels tells of the first row', async () => {
		const table = page.getByRole('region', { name: 'Channels that go together' });
		const most = (await table.getByRole('button').first().textContent())?.trim() ?? '';
		await expect(
			page.getByRole('heading', { name: new RegExp(`^${most} customers are active in `) })
		).toBeVisible();
	});

	await test.step('a setting is checked, and another one changes the numbers', async () => {
		const days = page.getByLabel('Days before an order');
		await days.fill('0');
		await days.press('Enter');
		await expect(page.getByText('It takes a whole number from 1 to 365.')).toBeVisible();
		const before = await title.textContent();
		await days.fill('90');
		await days.press('Enter');
		await expect(title).not.toHaveText(before ?? '', { timeout: 60_000 });
		await untilDone(page);
	});

	await test.step('light, dark and narrow it can be read by everyone', async () => {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
		}
		await page.setViewportSize({ width: 390, height: 844 });
		const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
		expect(await page.evaluate(overflow)).toBe(0);
		expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
	});
	expect(errors).toEqual([]);
});

test('without channels the screen says which file would tell them', async ({ page }) => {
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Journeys');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No file tells what led to an order.');
	await expect(page.getByRole('heading', { name: 'No file tells a channel' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Add files' })).toBeVisible();
});
