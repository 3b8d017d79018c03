import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const title = (page: Page) => page.getByRole('heading', { level: 1 });
const panel = (page: Page, name: RegExp) => page.getByRole('region', { name });
const card = (page: Page, number: number) =>
	page.getByRole('button', { name: new RegExp(`^Card ${number}: `) });

test('segments are explained by rules, features, neighbours and people', async ({ page }) => {
	test.setTimeout(300_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Explain');
	await expect(title(page)).toContainText(/rules tell the segment of [\d.]+% of customers/, {
		timeout: 60_000
	});
	const rules = panel(page, /is told best/);

	await test.step('every segment has a rule with its coverage, and a click picks people', async () => {
		const items = rules.getByRole('listitem');
		expect(await items.count()).toBeGreaterThan(2);
		await expect(items.first()).toContainText(/Customers .*whose .*(at most|at least|more than)/);
		await expect(items.first()).toContainText(/Finds \d+% of the segment/);
		const missed = items.first().getByRole('button', { name: 'missed by the rule' });
		const count = (await missed.textContent())?.replace(/\D/g, '') ?? '';
		await missed.click();
		await goTo(page, 'Customers');
		await expect(page.getByText(new RegExp(`^${count} `)).first()).toBeVisible();
		await goTo(page, 'Explain');
	});

	await test.step('rules can be shorter or more exact', async () => {
		await page.getByRole('button', { name: 'Exact rules' }).click();
		await expect(title(page)).toContainText(/9\d(\.\d)?% of customers/, { timeout: 60_000 });
		await page.getByRole('button', { name: 'Short rules' }).click();
		await expect(title(page)).toContainText(/8\d% of customers/, { timeout: 60_000 });
	});

	await test.step('a rule opens in the rule builder, and is kept there for its segment', async () => {
		await rules.getByRole('button', { name: 'Open in the rule builder' }).first().click();
		await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue(/ \(rule\)$/);
		await page.getByRole('button', { name: 'Save as a living rule' }).click();
		await untilDone(page);
		await goTo(page, 'Explain');
		await expect(panel(page, /The rule you kept is still|of 1 kept rule/)).toBeVisible({ timeout: 60_000 });
	});

	await test.step('a rule is kept as it is, and undo takes it back', async () => {
		await rules.getByRole('button', { name: 'Keep as a living rule' }).last().click();
		await expect(rules.getByText('Kept as', { exact: false }).last()).toBeVisible();
		await untilDone(page);
		await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
		await untilDone(page);
	});

	await test.step('what stands out is compared over the whole library', async () => {
		const apart = panel(page, /^What sets /);
		await expect(apart.getByText(/over all \d+ features of the library/)).toBeVisible({ timeout: 60_000 });
		await expect(apart.getByRole('heading', { name: 'What is not special' })).toBeVisible();
		await apart.getByRole('button', { name: 'Show as table' }).click();
		await expect(apart.getByRole('table')).toContainText('like everyone else');
	});

	await test.step('neighbours and the people between two segments', async () => {
		const near = panel(page, /is most like/);
		await expect(near.getByText(/between the two/).first()).toBeVisible();
	});

	await test.step('verdicts on people are kept, counted with an interval, and in the history', async () => {
		const audit = panel(page, /people to look at|fit|to go/).last();
		await expect(card(page, 20)).toBeVisible({ timeout: 60_000 });
		await audit.getByRole('button', { name: 'Fits', exact: true }).click();
		await expect(card(page, 1)).toHaveAttribute('aria-label', 'Card 1: Fits');
		await expect(card(page, 2)).toHaveAttribute('aria-current', 'true');
		await audit.getByRole('button', { name: 'Does not fit' }).click();
		await expect(card(page, 2)).toHaveAttribute('aria-label', 'Card 2: Does not fit');
		await expect(
			page.getByRole('heading', { name: /1 of 2 fit: 50%, somewhere between 9% and 91%\. 18 to go/ })
		).toBeVisible();
		await page.keyboard.press('Control+z');
		await expect(card(page, 2)).toHaveAttribute('aria-label', 'Card 2: not looked at');
	});

	await test.step('everyone can read it', async () => {
		const found = await new AxeBuilder({ page }).analyze();
		expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
		).toBeLessThanOrEqual(0);
	});
	expect(errors).toEqual([]);
});
