import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { textFile, type MadeFile } from './made-files.ts';

const CUSTOMERS = 120;

/** Orders of customers who differ in how recently, how often and for how much they bought. */
function shop(): MadeFile {
	const lines = Array.from({ length: CUSTOMERS }, (_, i) => {
		const last = (i * 37) % 150;
		const orders = 1 + ((i * 7) % 6);
		return Array.from({ length: orders }, (__, order) => {
			const day = new Date(Date.UTC(2024, 6, 30) - (last + 20 * order) * 86_400_000);
			return [
				`O${i}-${order}`,
				`C${String(i).padStart(3, '0')}`,
				day.toISOString().slice(0, 10),
				`${10 + ((i * 13) % 90)}.50`
			].join(',');
		});
	}).flat();
	return textFile('shop.csv', ['order_id,customer_id,order_date,amount', ...lines]);
}

async function open(page: Page): Promise<void> {
	await openApp(page);
	await importFile(page, shop());
	await goTo(page, 'Best customers');
	await expect(page.getByRole('heading', { name: 'Where the lines are drawn' })).toBeVisible();
	await untilDone(page);
}

const scheme = (page: Page) => page.getByLabel('How scores are cut');
const groupNames = (page: Page) =>
	page.getByRole('region', { name: 'Groups and their meaning' }).locator('tbody th');
const firstLine = (page: Page) =>
	page.getByRole('slider', { name: 'Last order: line between score 5 and score 4' });

async function undo(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Undo/ }).click();
	await untilDone(page);
}

/** How many customers the grid says are in all of its cells. */
async function inGrid(grid: Locator): Promise<number> {
	const labels = await grid
		.getByRole('gridcell')
		.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
	return labels.reduce((sum, label) => sum + Number(/([\d,]+) people/.exec(label)?.[1] ?? NaN), 0);
}

test('schemes have their own lines, grid and groups', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await open(page);
	await expect(scheme(page)).toHaveValue('quintiles');
	await expect(groupNames(page)).toHaveCount(10);
	const grid = page.getByRole('grid', { name: /^Customers by recency/ });
	await expect(grid.getByRole('gridcell')).toHaveCount(25);
	expect(await inGrid(grid)).toBe(CUSTOMERS);

	await test.step('every number of the grid picks its people', async () => {
		const cell = grid
			.getByRole('gridcell')
			.filter({ hasText: /[1-9]\d*\s*$/ })
			.first();
		const count = /([\d,]+) people/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1];
		await cell.click();
		await expect(page.getByText(`${count} customer`, { exact: false }).first()).toBeVisible();
		await page.keyboard.press('Escape');
	});

	await test.step('the grid shows customers, and who bought again', async () => {
		await page.getByRole('button', { name: 'Customers', exact: true }).click();
		await expect(page.getByText('Share of customers by last order')).toBeVisible();
		expect(await inGrid(grid)).toBe(CUSTOMERS);
		await page.getByRole('button', { name: 'Bought again in 60 days' }).click();
		await expect(grid.getByRole('gridcell').first()).toHaveAttribute(
			'aria-label',
			/95% interval|Nobody was here/,
			{ timeout: 60_000 }
		);
		await page.getByRole('button', { name: 'Revenue', exact: true }).click();
	});

	await test.step('three levels have six groups of nine cells', async () => {
		await scheme(page).selectOption('three_level');
		await expect(groupNames(page)).toHaveCount(6);
		await expect(grid.getByRole('gridcell')).toHaveCount(9);
		await expect(page.getByRole('heading', { level: 1 })).not.toContainText('ten groups');
		await expect(page.getByText('These lines belong to the scheme.', { exact: false })).toBeVisible();
		expect(await inGrid(grid)).toBe(CUSTOMERS);
	});

	await test.step('frequency and money can be one score', async () => {
		await scheme(page).selectOption('averaged_fm');
		await expect(groupNames(page)).toHaveCount(10);
		await expect(page.getByRole('grid', { name: /mean of frequency and money/ })).toBeVisible();
	});

	await test.step('natural breaks find lines of their own', async () => {
		await scheme(page).selectOption('natural');
		await expect(page.getByText('lines in the gaps of the values', { exact: false })).toBeVisible();
		await expect(firstLine(page)).toBeVisible();
	});

	await test.step('each choice is one step back', async () => {
		for (const before of ['averaged_fm', 'three_level', 'quintiles']) {
			await undo(page);
			await expect(scheme(page)).toHaveValue(before);
		}
	});
	expect(errors).toEqual([]);
});

test('a line is moved by keys, by dragging and by typing, each one step of undo', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await open(page);
	const line = firstLine(page);
	const champions = page
		.getByRole('row', { name: /^Champions/ })
		.locator('td')
		.last();
	const start = Number(await line.getAttribute('aria-valuenow'));
	const before = Number(await champions.textContent());
	await expect(line).toHaveAttribute('aria-valuetext', `up to ${start} days`);

	await test.step('by arrow keys, and every group follows', async () => {
		await line.focus();
		for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowRight');
		await page.keyboard.press('PageUp');
		await expect(line).toHaveAttribute('aria-valuetext', `up to ${start + 13} days`);
		await expect(scheme(page)).toHaveValue('fixed');
		await expect(line).toBeFocused();
		await untilDone(page);
		await expect.poll(async () => Number(await champions.textContent())).toBeGreaterThan(before);
		await undo(page);
		await expect(scheme(page)).toHaveValue('quintiles');
		await expect(line).toHaveAttribute('aria-valuenow', String(start));
		await expect(champions).toHaveText(String(before));
	});

	await test.step('by dragging', async () => {
		await line.scrollIntoViewIfNeeded();
		const box = await line.locator('.knob').boundingBox();
		if (!box) throw new Error('the handle has no place');
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		await page.mouse.move(x, y);
		await page.mouse.down();
		await page.mouse.move(x + 8, y, { steps: 4 });
		await page.mouse.move(x + 16, y, { steps: 4 });
		await page.mouse.up();
		await expect(scheme(page)).toHaveValue('fixed');
		await expect.poll(async () => Number(await line.getAttribute('aria-valuenow'))).toBeGreaterThan(start);
		await untilDone(page);
		await undo(page);
		await expect(scheme(page)).toHaveValue('quintiles');
	});

	await test.step('by typing, between its neighbours', async () => {
		const field = page.getByRole('group', { name: 'Lines of Last order' }).getByRole('textbox').first();
		await field.fill('9999');
		await field.press('Enter');
		await expect(page.getByRole('alert')).toContainText(/Line 1 cannot lie at .+, above line 2/);
		await field.fill(String(start + 2));
		await field.press('Enter');
		await expect(line).toHaveAttribute('aria-valuenow', String(start + 2));
		await expect(scheme(page)).toHaveValue('fixed');
		await expect(page.getByRole('alert')).toHaveCount(0);
		await untilDone(page);
		await undo(page);
		await expect(line).toHaveAttribute('aria-valuenow', String(start));
	});
	expect(errors).toEqual([]);
});

test('groups are edited under a live proof', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await open(page);
	const champions = page
		.getByRole('row', { name: /^Champions/ })
		.locator('td')
		.last();
	const before = await champions.textContent();
	await page.getByRole('button', { name: 'Edit the groups' }).click();
	const dialog = page.getByRole('dialog');
	const proof = dialog.getByRole('status');
	const save = dialog.getByRole('button', { name: 'Save the groups' });

	await test.step('the proof holds at first, and there is nothing to save', async () => {
		await expect(proof).toHaveText('All 25 cells have exactly one group.');
		await expect(save).toBeDisabled();
		await expect(dialog.getByText('Nothing is changed yet.')).toBeVisible();
		expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
	});

	await test.step('a cell that is let go breaks it, by name', async () => {
		await dialog.getByRole('button', { name: /^Champions/ }).click();
		await dialog.getByRole('button', { name: 'recency 5, frequency 5: Champions' }).click();
		await expect(proof).toHaveText('1 cell has no group: recency 5, frequency 5.');
		await expect(dialog.getByRole('button', { name: 'recency 5, frequency 5: no group' })).toBeVisible();
		await expect(save).toBeDisabled();
		await expect(dialog.getByText('It can be saved when every cell has exactly one group')).toBeVisible();
	});

	await test.step('it is mended by keyboard, by giving the cell to another group', async () => {
		await dialog.getByRole('button', { name: /^Loyal/ }).click();
		await dialog.getByRole('button', { name: 'recency 5, frequency 4: Champions' }).focus();
		await page.keyboard.press('ArrowRight');
		await expect(dialog.getByRole('button', { name: 'recency 5, frequency 5: no group' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(proof).toHaveText('All 25 cells have exactly one group.');
		await dialog.getByLabel('Name').fill('Regulars');
		await expect(save).toBeEnabled();
		await expect(dialog.getByText(/^[1-9]\d* customers? changes? group\.$/)).toBeVisible();
	});

	await test.step('what is saved is used at once, and is one step back', async () => {
		await save.click();
		await expect(dialog).toBeHidden();
		await expect(groupNames(page).filter({ hasText: 'Regulars' })).toHaveCount(1);
		await untilDone(page);
		await expect(champions).not.toHaveText(before ?? '');
		await expect(page.getByText('a table of your own', { exact: false })).toBeVisible();
		await undo(page);
		await expect(groupNames(page).filter({ hasText: 'Loyal' }).first()).toBeVisible();
		await expect(groupNames(page).filter({ hasText: 'Regulars' })).toHaveCount(0);
		await expect(champions).toHaveText(before ?? '');
	});

	await test.step('groups can be added and taken out, and the table reset', async () => {
		await page.getByRole('button', { name: 'Edit the groups' }).click();
		await dialog.getByRole('button', { name: 'Add a group' }).click();
		await expect(dialog.getByRole('button', { name: /^Group 11/ })).toHaveAttribute('aria-pressed', 'true');
		await dialog.getByRole('button', { name: /^Hibernating/ }).click();
		await dialog.getByRole('button', { name: 'Remove Hibernating' }).click();
		await expect(proof).toContainText('4 cells have no group: recency 1, frequency 1;');
		await dialog.getByRole('button', { name: 'Reset to the scheme’s table' }).click();
		await expect(proof).toHaveText('All 25 cells have exactly one group.');
		await dialog.getByRole('button', { name: 'Leave it as it was' }).click();
		await expect(dialog).toBeHidden();
	});

	await test.step('three scores have a grid for each level of money', async () => {
		await scheme(page).selectOption('three_level');
		await expect(groupNames(page)).toHaveCount(6);
		await page.getByRole('button', { name: 'Edit the groups' }).click();
		await expect(proof).toHaveText('All 27 cells have exactly one group.');
		await expect(dialog.getByRole('grid')).toHaveCount(3);
		await page.keyboard.press('Escape');
	});
	expect(errors).toEqual([]);
});

test('the same customers are shown under two schemes', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await open(page);
	const region = page.getByRole('region', { name: 'Customers by their groups under two schemes' });
	await expect(region).toBeVisible({ timeout: 60_000 });
	await page.getByLabel('Compare with the scheme').selectOption('three_level');
	await expect(page.getByRole('heading', { name: /in a group of the same name under both/ })).toBeVisible();
	const cells = region.getByRole('button');
	await expect.poll(async () => cells.count()).toBeGreaterThan(5);
	const counts = (await cells.allTextContents()).map(Number);
	expect(counts.reduce((sum, count) => sum + count, 0)).toBe(CUSTOMERS);

	await cells.first().click();
	const label = (await cells.first().getAttribute('aria-label')) ?? '';
	const title = label.slice(0, label.indexOf(':'));
	await expect(page.getByText(title, { exact: false }).last()).toBeVisible();
	await page.getByRole('button', { name: 'See them' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByText(`: ${title}`)).toContainText(
		new RegExp(`${counts[0]}\\s+customers?: ${title}`)
	);

	await test.step('nothing is wrong for a screen reader, wide and narrow, light and dark', async () => {
		await goTo(page, 'Best customers');
		await expect(region).toBeVisible({ timeout: 60_000 });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		await page.emulateMedia({ colorScheme: 'dark' });
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	});
	expect(errors).toEqual([]);
});
