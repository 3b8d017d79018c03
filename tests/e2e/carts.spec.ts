import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('the carts that were left in the sample shop', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await page.getByRole('button', { name: 'Try the sample shop' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('of the revenue', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Left carts');
	const title = page.getByRole('heading', { level: 1 });
	const stages = page.getByRole('listbox', { name: /^People by the stage of their cart/ });

	await test.step('the finding counts carts and money', async () => {
		await expect(title).toHaveText(/^\d+ carts worth [\d,]+ were left in the last 7 days\.$/, {
			timeout: 60_000
		});
		await expect(
			page.getByText(/^Messages that are due now\. Reminder: \d+, Follow-up: \d+, Last call: \d+\.$/)
		).toBeVisible();
	});

	await test.step('a stage shows and picks its people', async () => {
		const reminder = stages.getByRole('option', { name: /^Reminder, / });
		const people = (await reminder.getAttribute('aria-label'))?.match(/(\d+) people/)?.[1];
		await reminder.click();
		await expect(reminder).toHaveAttribute('aria-selected', 'true');
		await expect(page.getByRole('heading', { name: `Carts: Reminder: ${people} people` })).toBeVisible();
	});

	await test.step('it becomes a segment, and that can be undone', async () => {
		await page.getByRole('button', { name: 'Make it a segment' }).first().click();
		await expect(page.getByText('“Carts: Reminder” is one of your segments now.')).toBeVisible();
		await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
		await untilDone(page);
	});

	await test.step('a row opens the card of its customer', async () => {
		const list = page.getByRole('region', { name: 'People with a cart' });
		await list.getByRole('rowheader').getByRole('button').first().click();
		const close = page.getByRole('button', { name: 'Close this customer' });
		await expect(close).toBeVisible();
		await close.click();
		await expect(close).toHaveCount(0);
	});

	await test.step('stages part by value, category and tier', async () => {
		await page.getByRole('button', { name: 'Category', exact: true }).click();
		const split = page.getByRole('region', { name: 'Carts by stage and category' });
		const cell = split.getByRole('button', { name: /Last call: \d+ people/ }).first();
		const words = (await cell.getAttribute('aria-label')) ?? '';
		await cell.click();
		const [, category = '', count = ''] = /^(.*), Last call: (\d+) people/.exec(words) ?? [];
		await expect(
			page.getByRole('heading', { name: `Carts: Last call, ${category}: ${count} people` })
		).toBeVisible();
	});

	await test.step('the file has stage and due time of every cart', async () => {
		const button = page.getByRole('button', { name: /^Save \d+ carts$/ });
		const count = Number((await button.textContent())?.match(/\d+/)?.[0]);
		const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
		const lines = (await textOf(download)).trimEnd().split('\r\n');
		expect(lines[0]).toContain('stage');
		expect(lines[0]).toContain('due_at');
		expect(lines).toHaveLength(count + 1);
	});

	await test.step('settings are checked, changed and undone', async () => {
		const cold = page.getByLabel('Days until a cart is cold');
		await cold.fill('2');
		await cold.press('Enter');
		await expect(page.getByText(/^Found 2 days\. It takes more than the last stage/)).toBeVisible();
		await cold.fill('14');
		await cold.press('Enter');
		await expect(title).toContainText('in the last 14 days', { timeout: 60_000 });
		await untilDone(page);
		await page.getByRole('button', { name: 'Add a stage' }).click();
		await expect(stages.getByRole('option', { name: /^Stage 4, / })).toBeVisible({ timeout: 60_000 });
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

test('without events the screen says which file would tell of carts', async ({ page }) => {
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Left carts');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'No file tells what people put into a cart.'
	);
	await expect(page.getByText(/Klaviyo gives it as an export/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Add files' })).toBeVisible();
});
