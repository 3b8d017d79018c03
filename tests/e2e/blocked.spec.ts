import { expect, test } from '@playwright/test';
import { goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';
import { orderRows, textFile } from './made-files.ts';

/** Orders of two months with a column of emails, two of which have not the form of one. */
function ordersWithEmails() {
	const rows = [1, 2].flatMap((month) =>
		orderRows(month).map((row, i) => [`${month}${String(i).padStart(3, '0')}`, ...row])
	);
	const lines = rows.map(([order = '', customer = '', ...rest], i) => {
		const email = i === 3 || i === 40 ? 'no email' : `${customer.toLowerCase()}@example.com`;
		return [order, customer, email, ...rest].join(',');
	});
	return textFile('orders.csv', ['order_id,customer_id,email,order_date,amount', ...lines]);
}

test('a rule that must hold keeps customers in until it does', async ({ page }) => {
	test.setTimeout(240_000);
	const errors = recordErrors(page);
	const title = page.getByRole('heading', { level: 1 });
	const saveAll = page.getByRole('button', { name: /^Save all / });
	const held = page.getByText('Files of customers are held back by 1 rule of yours.');
	await openApp(page);
	await importFile(page, ordersWithEmails());

	await test.step('what was found is proposed, and nothing is done unasked', async () => {
		await goTo(page, 'Clean');
		await expect(page.getByText('2 of 120 texts in “email” are not in the form of an email.')).toBeVisible({
			timeout: 60_000
		});
		await page.getByRole('button', { name: 'Accept: Rule: “email” is in the form of an email' }).click();
		await untilDone(page);
	});

	await test.step('the rule becomes one that holds files back', async () => {
		await page.getByRole('button', { name: 'More for step 1' }).click();
		await page.getByRole('menuitem', { name: 'Change' }).click();
		const dialog = page.getByRole('dialog');
		await dialog
			.getByRole('combobox', { name: /^Rows that fail/ })
			.selectOption('Hold back files of customers');
		await dialog.getByRole('button', { name: 'Save the step' }).click();
		await untilDone(page);
	});

	await test.step('no file of customers leaves', async () => {
		await goTo(page, 'Audiences');
		await expect(title).toBeVisible();
		await expect(held).toBeVisible({ timeout: 60_000 });
		await expect(page.getByText('“email” is in the form of an email: 2 rows')).toBeVisible();
		await expect(saveAll).toBeDisabled();
		for (const button of await page
			.getByRole('button', { name: /^(Copy the ids of|Save .*customers?$)/ })
			.all())
			await expect(button).toBeDisabled();
	});

	await test.step('what was done may be saved all the same', async () => {
		const waiting = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Save recipe.json' }).click();
		expect(await textOf(await waiting)).toContain('"severity": "block"');
		await expect(page.getByRole('button', { name: 'Save recipe.sql' })).toBeEnabled();
	});

	await test.step('undo lets them leave again', async () => {
		await page.getByRole('button', { name: 'Open Clean' }).click();
		await expect(title).toBeVisible();
		await page.getByRole('button', { name: /^Undo/ }).first().click();
		await untilDone(page);
		await goTo(page, 'Audiences');
		await expect(held).toHaveCount(0);
		await expect(saveAll).toBeEnabled({ timeout: 60_000 });
	});
	expect(errors).toEqual([]);
});
