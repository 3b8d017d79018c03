import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';
import { ordersFile } from './made-files.ts';

/** Exports of one shop and its newsletters: the same people under ids and emails. */
const EXPORTS = [
	'shopify/orders.csv',
	'shopify/customers.csv',
	'klaviyo/profiles.csv',
	'mailchimp/subscribed_members.csv'
].map(fixture);

const VIEWS = [
	{ name: 'light', width: 1440, height: 900, colorScheme: 'light' },
	{ name: 'dark', width: 1440, height: 900, colorScheme: 'dark' },
	{ name: 'narrow', width: 390, height: 844, colorScheme: 'light' }
] as const;

/** Opens the exports together and goes to the People screen. */
async function openPeople(page: Page): Promise<void> {
	await openApp(page);
	await page.locator('input[type=file]').first().setInputFiles(EXPORTS);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/rows read|are loaded/, {
		timeout: 60_000
	});
	await untilDone(page);
	if ((page.viewportSize()?.width ?? 0) < 860) await page.goto('/people/');
	else await goTo(page, 'People');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('sources', { timeout: 60_000 });
	await untilDone(page);
}

/** Looks for a person by an email and opens them. */
async function openPerson(page: Page, email: string): Promise<void> {
	await page.getByLabel('Find a person').fill(email);
	const list = page.getByRole('region', { name: 'People of several accounts' });
	await expect(list.locator('table')).toHaveAttribute('aria-rowcount', '2', { timeout: 20_000 });
	await list.getByRole('row').nth(1).getByRole('button').click();
	await expect(page.getByRole('button', { name: 'Close this person' })).toBeVisible();
}

/** The number of people in the title. */
async function peopleInTitle(page: Page): Promise<number> {
	const title = await page.getByRole('heading', { level: 1 }).innerText();
	return Number(/([\d,]+) people\./.exec(title)?.[1]?.replaceAll(',', ''));
}

test('a person is one across all sources, and can be taken apart for good', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openPeople(page);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		/^[\d,]+ rows, 4 sources, [\d,]+ people\. [\d,]+ of them are in two sources or more\.$/
	);
	await expect(page.getByRole('heading', { name: 'Nothing is lost' })).toBeVisible();
	const before = await peopleInTitle(page);

	await openPerson(page, 'buyer11001@example.org');
	await expect(page.getByText('Same email buyer11001@example.org').first()).toBeVisible();
	await page.getByRole('button', { name: /^Not the same person: Shopify/ }).click();
	await untilDone(page);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(`${before + 1} people`);
	await expect(page.getByRole('heading', { name: /cut; (it stays|they stay) cut/ })).toBeVisible();

	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(`${before + 1} people`, {
		timeout: 60_000
	});
	await untilDone(page);
	await page.getByLabel('Add files').setInputFiles(fixture('mailchimp/unsubscribed_members.csv'));
	await expect(page.getByRole('heading', { level: 1 })).toContainText('5 sources', { timeout: 60_000 });
	await untilDone(page);
	await expect(page.getByRole('heading', { name: /cut; (it stays|they stay) cut/ })).toBeVisible();

	const again = page.getByRole('button', { name: /^Join (again: Shopify|all \d+ again)/ });
	await again.last().click();
	await untilDone(page);
	await expect(page.getByRole('heading', { name: /cut; (it stays|they stay) cut/ })).toHaveCount(0);
	expect(errors).toEqual([]);
});

test('a cut and a switched key are taken back by undo, which names them', async ({ page }) => {
	test.setTimeout(180_000);
	await openPeople(page);
	const before = await peopleInTitle(page);
	await openPerson(page, 'buyer11001@example.org');
	await page
		.getByRole('button', { name: /^Cut this link: Shopify/ })
		.first()
		.click();
	await untilDone(page);
	await expect(page.getByRole('heading', { name: '1 link is cut' })).toBeVisible();
	await page.getByRole('button', { name: /^Undo.*Cut: 1 link/ }).click();
	await untilDone(page);
	await expect(page.getByRole('heading', { name: '1 link is cut' })).toHaveCount(0);

	await page.getByRole('switch', { name: 'Join by the same email' }).click({ force: true });
	await untilDone(page);
	expect(await peopleInTitle(page).catch(() => Infinity)).not.toBe(before);
	await page.keyboard.press('Control+z');
	await untilDone(page);
	await expect(page.getByRole('heading', { level: 1 })).toContainText(`${before} people`);
});

test('the keyboard opens a person and comes back', async ({ page }) => {
	test.setTimeout(180_000);
	await openPeople(page);
	const list = page.getByRole('region', { name: 'People of several accounts' });
	const first = list.getByRole('row').nth(1).getByRole('button');
	await first.focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('h2:focus')).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Close this person' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Close this person' })).toHaveCount(0);
	await expect(first).toBeFocused();
});

test('without anything to join by, every id stands for itself and the screen says what it takes', async ({
	page
}) => {
	await openApp(page);
	await importFile(page, ordersFile('orders.csv', 3));
	await goTo(page, 'People');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Every customer id stands for itself.');
	await expect(page.getByText('email, phone or card column')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'How people are joined' })).toBeVisible();
});

for (const view of VIEWS) {
	test(`the People screen with all of it open, in ${view.name}`, async ({ browser }, info) => {
		test.setTimeout(240_000);
		const context = await browser.newContext({
			viewport: { width: view.width, height: view.height },
			colorScheme: view.colorScheme,
			reducedMotion: 'reduce'
		});
		const page = await context.newPage();
		await openPeople(page);
		await openPerson(page, 'buyer11001@example.org');
		await page.getByText('More: when something is too much').click();
		await page.getByRole('switch', { name: /name with postcode/ }).click({ force: true });
		await untilDone(page);
		await page.getByRole('button', { name: 'Trusted source' }).click();
		await untilDone(page);
		await page.waitForTimeout(400);
		await page.screenshot({ path: info.outputPath(`people-${view.name}.png`), fullPage: true });
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
