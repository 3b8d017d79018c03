import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const segments = (page: Page) => page.getByRole('list', { name: 'Segments' });
const named = (page: Page, name: string) => segments(page).getByRole('button', { name, exact: true });

/** Chooses an entry of the menu of a segment, and waits until it is done. */
async function choose(page: Page, segment: string, entry: string): Promise<void> {
	await page.getByRole('button', { name: `What to do with ${segment}`, exact: true }).click();
	await page.getByRole('menuitem', { name: entry }).click();
	await untilDone(page);
}

/** A whole number as the screen writes it. */
function numberIn(text: string | null): number {
	return Number((/[\d,]+/.exec(text ?? '')?.[0] ?? 'NaN').replaceAll(',', ''));
}

test('segments stand side by side, overlap, are compared and share people out', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'My segments');
	await untilDone(page);

	await test.step('without an own segment there are three starts, and the overlap of what was found', async () => {
		await expect(page.getByRole('heading', { name: 'No segment of your own yet' })).toBeVisible();
		await expect(page.getByRole('link', { name: 'Take an idea' })).toBeVisible();
		await expect(title(page)).toHaveText(/^\d+% of “.+” are also in “.+”\.$/, { timeout: 30_000 });
		await expect(segments(page).getByRole('listitem')).toHaveCount(14);
		await expect(segments(page).getByText('Too small').first()).toBeVisible();
	});

	await test.step('a column is exactly its people, and becomes a segment', async () => {
		const picture = page.getByRole('listbox', { name: /are also in/ });
		await picture.focus();
		await page.keyboard.press('Home');
		const first = picture.getByRole('option', { name: /^In exactly / }).first();
		const count = numberIn(
			/: ([\d,]+) customer/.exec((await first.getAttribute('aria-label')) ?? '')?.[1] ?? null
		);
		await page.keyboard.press('Enter');
		await expect(page.getByText(/Selected\.$/)).toContainText(count.toLocaleString('en-US'));
		await page.getByRole('button', { name: 'Make it a segment' }).click();
		await untilDone(page);
		const own = segments(page).getByRole('listitem').first();
		await expect(own).toContainText('Living rule');
		await expect(own).toContainText(count.toLocaleString('en-US'), { timeout: 30_000 });
	});

	await test.step('a group becomes a rule of its own and a list', async () => {
		await choose(page, 'Champions', 'Duplicate');
		await expect(named(page, 'Champions, rule')).toBeVisible();
		await choose(page, 'Champions', 'Save as list');
		await expect(segments(page).getByText('A list stays as it is')).toBeVisible();
		await expect(title(page)).toHaveText(/Champions/, { timeout: 30_000 });
	});

	await test.step('two segments of the same people are alike', async () => {
		await page.getByLabel('Segment A').selectOption({ label: 'Champions' });
		await page.getByLabel('Segment B').selectOption({ label: 'Champions, rule' });
		await expect(page.getByText('1.00', { exact: true })).toBeVisible({ timeout: 30_000 });
		await page.getByLabel('Segment B').selectOption({ label: 'Regulars' });
		const both = page.getByRole('button', { name: /^In both: / });
		await expect(both).toBeVisible({ timeout: 30_000 });
		const count = numberIn(await both.textContent());
		await both.click();
		await expect(page.getByText(/In both Champions and Regulars/)).toContainText(
			`${count.toLocaleString('en-US')} customers`
		);
		await page.getByRole('button', { name: 'Both, as a segment' }).click();
		await untilDone(page);
		await expect(named(page, 'Champions and Regulars')).toBeVisible();
	});

	await test.step('nobody gets two messages, and the order can be changed by keyboard', async () => {
		await page.getByRole('switch', { name: 'One message each' }).click();
		await untilDone(page);
		await expect(page.getByRole('heading', { name: /get one message each/ })).toBeVisible();
		const grip = page.getByRole('button', { name: /^Place 2: / });
		const name = /^Place 2: (.+)\. Arrow/.exec((await grip.getAttribute('aria-label')) ?? '')?.[1] ?? '';
		await grip.focus();
		await page.keyboard.press('ArrowUp');
		await expect(page.getByRole('button', { name: `Place 1: ${name}. Arrow keys move it` })).toBeFocused();
		await untilDone(page);
	});

	await test.step('a small segment is used with a reason', async () => {
		await page
			.getByRole('button', { name: /^Use .+ anyway$/ })
			.first()
			.click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByRole('button', { name: 'Use it anyway' })).toBeDisabled();
		await dialog.getByLabel('Why it is used').fill('A test with the press list');
		await dialog.getByRole('button', { name: 'Use it anyway' }).click();
		await untilDone(page);
		await expect(page.getByText('Used all the same: A test with the press list')).toBeVisible();
	});

	await test.step('mark, name and note', async () => {
		await page.getByRole('button', { name: 'Name, mark and note of Champions, rule', exact: true }).click();
		await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Best of all');
		await page.getByRole('textbox', { name: 'Name', exact: true }).press('Enter');
		await untilDone(page);
		await page.getByRole('radio', { name: 'Mark 7' }).check();
		await page.getByRole('textbox', { name: 'Note' }).fill('For the spring letter');
		await page.getByRole('button', { name: 'Done', exact: true }).click();
		await untilDone(page);
		await expect(named(page, 'Best of all')).toBeVisible();
		await expect(segments(page).getByText('For the spring letter')).toBeVisible();
	});

	await test.step('deleting can be taken back', async () => {
		await choose(page, 'Best of all', 'Delete');
		await expect(named(page, 'Best of all')).toHaveCount(0);
		await page.getByRole('button', { name: 'Undo' }).last().click();
		await untilDone(page);
		await expect(named(page, 'Best of all')).toBeVisible();
	});

	await test.step('a segment that another names is deleted after a question', async () => {
		await choose(page, 'Best of all', 'Duplicate');
		const copy = 'Best of all copy';
		await page.getByRole('button', { name: `What to do with ${copy}`, exact: true }).click();
		await page.getByRole('menuitem', { name: /builder/ }).click();
		await page.getByRole('button', { name: 'Say it in words' }).click();
		await page.getByLabel('Say it').fill('Customers who are in “Best of all”');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Save the change' }).click();
		await untilDone(page);
		await goTo(page, 'My segments');
		await choose(page, 'Best of all', 'Delete');
		const dialog = page.getByRole('dialog', { name: 'Delete “Best of all”?' });
		await expect(dialog).toContainText(`“${copy}” names it`);
		await dialog.getByRole('button', { name: 'Keep it' }).click();
		await expect(named(page, 'Best of all')).toBeVisible();
		await choose(page, 'Best of all', 'Delete');
		await dialog.getByRole('button', { name: 'Delete it' }).click();
		await expect(dialog).toBeHidden();
		await untilDone(page);
		await expect(named(page, 'Best of all')).toHaveCount(0);
		await expect(segments(page).getByText('is not there any more').first()).toBeVisible();
		await page.getByRole('button', { name: 'Undo' }).last().click();
		await untilDone(page);
		await choose(page, copy, 'Delete');
		await expect(named(page, 'Best of all')).toBeVisible();
	});

	await test.step('a reload keeps everything', async () => {
		await expect(page.getByText('Saved on this device')).toBeVisible();
		await page.reload();
		await untilDone(page);
		await expect(named(page, 'Best of all')).toBeVisible({ timeout: 60_000 });
		await expect(segments(page).getByText('For the spring letter')).toBeVisible();
		await expect(page.getByRole('switch', { name: 'One message each' })).toBeChecked();
		await expect(page.getByText('Used all the same: A test with the press list')).toBeVisible({
			timeout: 30_000
		});
	});

	await test.step('search and kinds', async () => {
		await page.getByRole('searchbox', { name: 'Find a segment' }).fill('spring');
		await expect(segments(page).getByRole('listitem')).toHaveCount(1);
		await page.getByRole('searchbox', { name: 'Find a segment' }).fill('');
		await page.getByRole('combobox', { name: 'Kind', exact: true }).selectOption({ label: 'Lists' });
		await expect(segments(page).getByRole('listitem')).toHaveCount(1);
	});

	await test.step('no rule of accessibility is broken, wide and narrow, light and dark', async () => {
		for (const [width, colorScheme] of [
			[1440, 'light'],
			[1440, 'dark'],
			[390, 'light'],
			[320, 'light']
		] as const) {
			await page.setViewportSize({ width, height: 844 });
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		}
	});

	expect(errors).toEqual([]);
});
