import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, openApp, recordErrors, untilDone } from './app.ts';

const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

/** Opens the customers of Febrl 1, of whom everybody stands there twice, and looks for duplicates. */
async function findDuplicates(page: Page): Promise<void> {
	await openApp(page);
	await page.locator('input[type=file]').first().setInputFiles(fixture('febrl/dataset1.csv.gz'));
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/rows read|are loaded/, {
		timeout: 60_000
	});
	await untilDone(page);
	if ((page.viewportSize()?.width ?? 0) < 860) await page.goto('/people/');
	else await goTo(page, 'People');
	await untilDone(page);
	const search = page.getByRole('button', { name: 'Look for people who may be one' });
	await expect(search).toBeEnabled({ timeout: 60_000 });
	await search.click();
	await expect(page.getByRole('heading', { name: /pairs in .* groups may be one person/ })).toBeVisible({
		timeout: 60_000
	});
	await expect(page.getByRole('heading', { name: /probable that they are one person/ })).toBeVisible();
}

/** The number of pairs in the title. */
async function pairsLeft(page: Page): Promise<number> {
	const title = await page.getByRole('heading', { name: /may be one person, at/ }).innerText();
	return Number(/^([\d,]+) pairs?/.exec(title)?.[1]?.replaceAll(',', ''));
}

test('pairs are merged, kept apart and skipped by keys, and every decision can be taken back', async ({
	page
}) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await findDuplicates(page);
	const pairs = await pairsLeft(page);
	expect(pairs).toBeGreaterThan(400);
	const review = page.getByRole('group', { name: 'Review of pairs' });
	await expect(review.getByText(`Pair 1 of ${pairs}`)).toBeVisible();
	await expect(review.getByRole('columnheader', { name: 'As one' })).toBeVisible();

	await review.focus();
	await page.keyboard.press('s');
	await expect(review.getByText(`Pair 2 of ${pairs}`)).toBeVisible();
	await page.keyboard.press('ArrowLeft');
	await expect(review.getByText(`Pair 1 of ${pairs}`)).toBeVisible();

	await page.keyboard.press('m');
	await expect(page.getByRole('heading', { name: '1 pair is merged by you' })).toBeVisible({
		timeout: 60_000
	});
	expect(await pairsLeft(page)).toBe(pairs - 1);
	await untilDone(page);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('999 people');

	await page.keyboard.press('k');
	await expect(page.getByRole('heading', { name: '1 pair is merged by you, 1 is kept apart' })).toBeVisible();
	expect(await pairsLeft(page)).toBe(pairs - 2);
	await untilDone(page);

	await page.keyboard.press('Control+z');
	await expect(page.getByRole('heading', { name: '1 pair is merged by you' })).toBeVisible();
	await untilDone(page);
	await page.getByRole('button', { name: /^Take back: .* are one person$/ }).click();
	await untilDone(page);
	await expect(page.getByRole('heading', { name: /merged by you/ })).toHaveCount(0);
	expect(await pairsLeft(page)).toBe(pairs);
	expect(errors).toEqual([]);
});

test('merging all asks first, with a sample, and one undo takes all of it back', async ({ page }) => {
	test.setTimeout(240_000);
	await findDuplicates(page);
	const pairs = await pairsLeft(page);
	await page.getByRole('button', { name: /^Merge all above 99.9 %/ }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByText(/pairs are merged, and there are \d+ people fewer/)).toBeVisible();
	await expect(dialog.getByRole('row')).toHaveCount(9);
	await dialog.getByRole('button', { name: 'Keep looking' }).click();
	expect(await pairsLeft(page)).toBe(pairs);

	await page.getByRole('button', { name: /^Merge all above 99.9 %/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Merge them' }).click();
	await expect(page.getByRole('heading', { name: /\d+ pairs are merged by you/ })).toBeVisible({
		timeout: 60_000
	});
	await untilDone(page);
	expect(await pairsLeft(page)).toBeLessThan(pairs / 2);
	await page.keyboard.press('Control+z');
	await untilDone(page);
	await expect(page.getByRole('heading', { name: /merged by you/ })).toHaveCount(0);
	expect(await pairsLeft(page)).toBe(pairs);
});

for (const view of VIEWS) {
	test(`the review in ${view.name}`, async ({ browser }, info) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({
			viewport: { width: view.width, height: view.height },
			colorScheme: view.colorScheme,
			reducedMotion: 'reduce'
		});
		const page = await context.newPage();
		await findDuplicates(page);
		await page.getByText('How the weights were estimated').click();
		const review = page.getByRole('group', { name: 'Review of pairs' });
		await review.focus();
		for (let i = 0; i < 4; i += 1) await page.keyboard.press('s');
		await page.keyboard.press('k');
		await untilDone(page);
		await page.waitForTimeout(400);
		await page.screenshot({ path: info.outputPath(`duplicates-${view.name}.png`), fullPage: true });
		const wide = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(wide).toBeLessThanOrEqual(0);
		const { violations } = await new AxeBuilder({ page })
			.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
			.analyze();
		expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
		await context.close();
	});
}
