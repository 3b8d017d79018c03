import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

/** Opens an export of orders and goes to the Clean screen. */
async function openClean(page: Page): Promise<void> {
	await openApp(page);
	await importFile(page, fixture('shopify/orders.csv'));
	if ((page.viewportSize()?.width ?? 0) < 860) await page.goto('/clean/');
	else await goTo(page, 'Clean');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Data quality', { timeout: 60_000 });
	await untilDone(page);
}

function form(page: Page): Locator {
	return page.getByRole('dialog', { name: /^(Add a step|Change the step)$/ });
}

/** Opens the form and picks an operation and columns. */
async function startStep(page: Page, operation: string, columns: readonly string[]): Promise<Locator> {
	await page.getByRole('button', { name: 'Add a step' }).last().click();
	const dialog = form(page);
	await dialog.getByRole('button', { name: operation, exact: true }).click();
	for (const column of columns) {
		await dialog.getByLabel('Find a column').fill(column);
		await dialog
			.getByRole('listitem')
			.filter({ has: page.getByText(column, { exact: true }) })
			.locator('input')
			.check();
	}
	return dialog;
}

/** Adds the step as it stands in the form, and waits for the run. */
async function addStep(page: Page): Promise<void> {
	await form(page).getByRole('button', { name: 'Add the step' }).click();
	await expect(form(page)).toHaveCount(0);
	await untilDone(page);
}

/** Writes the city in capitals. */
async function addCapitals(page: Page): Promise<Locator> {
	const dialog = await startStep(page, 'Trim blanks and set the case', ['Billing City']);
	await dialog.getByRole('button', { name: 'Upper' }).click();
	return dialog;
}

/** The steps as a screen reader goes through them. */
function steps(page: Page): Locator {
	return page.locator('[data-step]');
}

test('a step is seen before it is added, counted, opened, moved, switched and taken out', async ({
	page
}) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openClean(page);
	await expect(page.getByRole('heading', { name: 'No step yet' })).toBeVisible();

	await test.step('the preview tells what would change', async () => {
		const dialog = await addCapitals(page);
		await expect(dialog.getByText('This would change 190 of 344 rows.')).toBeVisible({ timeout: 60_000 });
		await expect(dialog.getByRole('region', { name: 'Examples' })).toContainText('LONDON');
		await addStep(page);
	});
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('One step changes 190 rows.', {
		timeout: 30_000
	});

	await test.step('an opened step shows every value before and after, and its SQL', async () => {
		await steps(page).first().click();
		const values = page.getByRole('region', { name: 'Values before and after' });
		await expect(values.getByRole('row').nth(1)).toContainText('LondonLONDON');
		await expect(values.locator('table')).toHaveAttribute('aria-rowcount', '191');
		await page.getByRole('button', { name: 'SQL', exact: true }).click();
		await expect(page.getByText('upper', { exact: true }).or(page.locator('pre'))).toContainText('upper');
	});

	await test.step('a rule sets rows aside', async () => {
		const dialog = await startStep(page, 'Cells are filled', ['Email']);
		await dialog.getByLabel('Rows that fail').selectOption('set_aside');
		await expect(dialog.getByText(/This would set 16 of 344 rows aside/)).toBeVisible({ timeout: 60_000 });
		await addStep(page);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('set 16 aside', { timeout: 30_000 });
	});

	await test.step('a step moves by keyboard', async () => {
		await steps(page).nth(1).focus();
		await page.keyboard.press('Alt+ArrowUp');
		await expect(steps(page).first()).toContainText('Email');
		await expect(steps(page).first()).toBeFocused();
		await untilDone(page);
	});

	await test.step('a step is switched off, and undo and redo take it along', async () => {
		await page.getByRole('switch', { name: /^Step 2/ }).click();
		await untilDone(page);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('One step sets 16 aside.', {
			timeout: 30_000
		});
		await page.keyboard.press('Control+z');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('190 rows', { timeout: 30_000 });
		await page.keyboard.press('Control+Shift+z');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('One step sets 16 aside.', {
			timeout: 30_000
		});
		await untilDone(page);
	});

	await test.step('a step is changed and taken out', async () => {
		await page.getByRole('button', { name: 'More for step 2' }).click();
		await page.getByRole('menuitem', { name: 'Change' }).click();
		await form(page).getByRole('button', { name: 'Lower' }).click();
		await form(page).getByRole('button', { name: 'Save the step' }).click();
		await expect(steps(page).nth(1)).toContainText('in small letters');
		await untilDone(page);
		await page.getByRole('button', { name: 'More for step 2' }).click();
		await page.getByRole('menuitem', { name: 'Remove' }).click();
		await expect(steps(page)).toHaveCount(1);
		await untilDone(page);
	});
	expect(errors).toEqual([]);
});

test('a step that cannot run is refused before it is added', async ({ page }) => {
	test.setTimeout(120_000);
	await openClean(page);
	const dialog = await startStep(page, 'Rows satisfy a condition in SQL', ['Total']);
	await dialog.getByLabel('Rows must satisfy').fill('"Totl" >= 0');
	await expect(dialog.getByText('Totl', { exact: false }).last()).toBeVisible();
	await expect(dialog.getByText(/does not know/)).toBeVisible({ timeout: 60_000 });
	await expect(dialog.getByRole('button', { name: 'Add the step' })).toBeDisabled();
	await dialog.getByLabel('Rows must satisfy').fill('"Total" >= 0');
	await expect(dialog.getByRole('button', { name: 'Add the step' })).toBeEnabled({ timeout: 60_000 });
});

test('a suggestion is accepted, and the palette offers every operation', async ({ page }) => {
	test.setTimeout(240_000);
	await openClean(page);
	const accept = page.getByRole('button', { name: /^Accept: / });
	await expect(accept.first()).toBeVisible({ timeout: 60_000 });
	const before = await accept.count();
	await accept.first().click();
	await untilDone(page);
	await expect(steps(page)).toHaveCount(1);
	await expect(accept).toHaveCount(before - 1, { timeout: 60_000 });

	await goTo(page, 'People');
	await page.keyboard.press('Control+k');
	await page.keyboard.type('one currency');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/clean/);
	await expect(form(page).getByRole('heading', { name: 'Convert to one currency' })).toBeVisible();
});

for (const view of VIEWS) {
	test(`the form and an opened step in ${view.name}: no accessibility violation, no sideways scroll`, async ({
		browser
	}, info) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({
			viewport: { width: view.width, height: view.height },
			colorScheme: view.colorScheme,
			reducedMotion: 'reduce'
		});
		const page = await context.newPage();
		await openClean(page);
		const check = async (name: string) => {
			await page.waitForTimeout(400);
			await page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
			const wide = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
			const { violations } = await new AxeBuilder({ page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
		};
		const dialog = await addCapitals(page);
		await expect(dialog.getByText(/^This would change/)).toBeVisible({ timeout: 60_000 });
		await check('form');
		await addStep(page);
		await steps(page).first().click();
		await expect(page.getByRole('region', { name: 'Values before and after' })).toContainText('LONDON');
		await check('opened step');
		await context.close();
	});
}
