import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFiles, fixture, goTo, importFile, openApp, recordErrors, untilDone } from './app.ts';

const card = (page: Page, segment: string) => page.getByRole('region', { name: segment, exact: true });

/**
 * Orders of 600 customers in two kinds, and their genders: women order often and much, men once and little, but for a few
 * of each.
 */
function ordersAndGenders(): { orders: string; customers: string } {
	const orders = ['customer_id,order_id,date,amount'];
	const customers = ['customer_id,email,gender'];
	for (let i = 0; i < 600; i += 1) {
		const often = i % 2 === 0;
		const isWoman = i % 20 === 0 ? !often : often;
		customers.push(`c${i},c${i}@example.org,${isWoman ? 'female' : 'male'}`);
		for (let order = 0; order < (often ? 6 : 1); order += 1) {
			const day = String(1 + ((i + 3 * order) % 28)).padStart(2, '0');
			const month = String(often ? 4 + (order % 3) : 1).padStart(2, '0');
			orders.push(`c${i},o${i}-${order},2024-${month}-${day},${often ? 90 + (i % 40) : 15 + (i % 9)}`);
		}
	}
	return { orders: orders.join('\n'), customers: customers.join('\n') };
}

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('every segment has a passport with a grade, its conditions and a plan', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	await openApp(page);
	await importFile(page, fixture('online_retail/orders.csv.gz'));
	await goTo(page, 'Trust');
	await expect(page.getByRole('heading', { level: 1 })).toContainText(/come back|with care/);
	const regulars = card(page, 'Regulars');

	await test.step('conditions are told, those of small changes when they have been made', async () => {
		await expect(regulars.getByText('Comes back.')).toBeVisible({ timeout: 60_000 });
		await expect(regulars.getByText(/bear small changes|bears small changes/)).toBeVisible({
			timeout: 60_000
		});
		await expect(page.getByRole('heading', { level: 1 })).toContainText('they are slices', {
			timeout: 60_000
		});
		await expect(
			regulars.getByText(/From \d+% \((these people before|all customers)\), a rise to \d+% could be shown/)
		).toBeVisible();
		await expect(regulars.getByText('Nothing to check by.')).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Nothing to check fairness by' })).toBeVisible();
	});

	await test.step('an experiment with fewer people without the message shows less', async () => {
		const lift = async () => /to (\d+)% could/.exec((await regulars.textContent()) ?? '')?.[1];
		const before = Number(await lift());
		await page.getByLabel('Without the message, %').fill('5');
		await page.getByLabel('Without the message, %').press('Enter');
		await expect.poll(async () => Number(await lift())).toBeGreaterThan(before);
		await page.getByLabel('Without the message, %').fill('90');
		await page.getByLabel('Without the message, %').press('Enter');
		await expect(page.getByText('Found “90”, needs a number')).toBeVisible();
	});

	await test.step('a plan is kept and can be undone', async () => {
		const plan = regulars.getByLabel('What will be done with it');
		await plan.fill('Thank them in May');
		await plan.press('Enter');
		await untilDone(page);
		await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
		await page.reload();
		await expect(plan).toHaveValue('Thank them in May', { timeout: 60_000 });
	});

	await test.step('other segments have passports too, and a card picks its people', async () => {
		await page.getByRole('button', { name: 'RFM groups' }).click();
		const champions = card(page, 'Champions');
		await expect(champions.getByText('Can be tested.')).toBeVisible();
		await champions.getByRole('button', { name: 'Show these people' }).click();
		await expect(page.getByText('482 customers: Champions')).toBeVisible();
	});

	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations).toEqual([]);
	expect(errors).toEqual([]);
});

test('a segment that takes unevenly says so, and so does a feature that stands in for gender', async ({
	page
}) => {
	test.setTimeout(240_000);
	const { orders, customers } = ordersAndGenders();
	await openApp(page);
	await chooseFiles(page, csv('orders.csv', orders));
	await expect(page.getByRole('heading', { level: 1 })).toContainText('rows read', { timeout: 60_000 });
	await page.getByLabel('Add files').setInputFiles(csv('customers.csv', customers));
	await expect(page.getByRole('heading', { level: 1 })).toContainText('are loaded', { timeout: 60_000 });
	await untilDone(page);
	await goTo(page, 'Trust');
	await expect(page.getByRole('heading', { name: /takes? unevenly by gender/ })).toBeVisible({
		timeout: 60_000
	});
	await expect(page.getByText(/stand in for gender/)).toBeVisible();
	await expect(page.getByText(/It takes unevenly by gender/).first()).toBeVisible();
	await expect(page.getByText('With care').first()).toBeVisible();
});
