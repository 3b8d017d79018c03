import { expect, test } from '@playwright/test';
import { chooseFiles, fixture, goTo, importFile, openApp, recordErrors, textOf, untilDone } from './app.ts';

test.describe('the main job, on the Online Retail slice', () => {
	test('from a dropped file to segments, audiences and back', async ({ page }) => {
		test.setTimeout(300_000);
		const errors = recordErrors(page);
		await openApp(page);
		await importFile(page, fixture('online_retail/orders.csv.gz'));

		await test.step('every row is accounted for', async () => {
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				'320,705 rows read. 226,467 tell us who bought what.'
			);
			await page.getByRole('button', { name: /See the 94,238 rows set aside/ }).click();
			const dialog = page.getByRole('dialog');
			await expect(dialog).toContainText('94,238 rows set aside');
			await expect(dialog).toContainText('without a customer');
			await dialog.getByRole('button', { name: 'Close' }).click();
		});

		await test.step('a rule can be switched off and undone', async () => {
			const rule = page
				.getByRole('checkbox', { name: /price/i })
				.or(page.getByRole('switch', { name: /price/i }));
			await rule.first().click();
			await expect(page.getByRole('heading', { level: 1 })).not.toContainText('226,467');
			await untilDone(page);
			await page.keyboard.press('Control+z');
			await expect(page.getByRole('heading', { level: 1 })).toContainText('226,467', { timeout: 30_000 });
			await untilDone(page);
		});

		await test.step('best customers', async () => {
			await goTo(page, 'Best customers');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				'15% of customers bring 46% of the revenue'
			);
			await page.getByRole('button', { name: 'See the 482' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('482 customers picked');
			await page.getByRole('button', { name: 'Keep as a list' }).click();
			await expect(page.getByText(/is a list of 482 now/)).toBeVisible();
			await untilDone(page);
			await page.getByRole('button', { name: 'Let the selection go' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('3,317 customers');
		});

		await test.step('one customer, and why', async () => {
			await page.getByLabel('Find a customer').fill('12347');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 customer found');
			await page.getByRole('button', { name: '12347' }).first().click();
			await expect(page.getByRole('heading', { name: 'Why Loyal' })).toBeVisible();
		});

		await test.step('natural segments, another number of them, and a name', async () => {
			await goTo(page, 'Natural segments');
			await expect(page.getByRole('heading', { level: 1 })).toContainText('people differ by degrees');
			await page.getByLabel('Number of segments').selectOption('5');
			await expect(page.getByText('Five slices are shown')).toBeVisible({
				timeout: 60_000
			});
			await page.keyboard.press('Control+z');
			await expect(page.getByText('Four slices are shown')).toBeVisible({
				timeout: 60_000
			});
			await untilDone(page);
			const plot = await page.locator('canvas').first().boundingBox();
			if (!plot) throw new Error('the scatter is not there');
			await page.mouse.move(plot.x + plot.width * 0.3, plot.y + plot.height * 0.2);
			await page.mouse.down();
			await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height * 0.6, { steps: 5 });
			await page.mouse.up();
			const chip = await page.getByText(/customers: brushed on the chart/).textContent();
			const brushed = /[\d,]+/.exec(chip ?? '')?.[0] ?? '';
			await page.getByRole('button', { name: 'See them' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${brushed} customers picked`);
			await page.getByRole('button', { name: 'Let the selection go' }).click();
			await goTo(page, 'Natural segments');
			await page
				.getByRole('button', { name: /^Rename/ })
				.first()
				.click();
			await page.getByLabel('Segment name').fill('Top table');
			await page.getByRole('button', { name: 'Use this name' }).click();
			await expect(page.getByRole('button', { name: 'Rename Top table' })).toBeVisible();
		});

		await test.step('the counts on screen are the rows of the files', async () => {
			await goTo(page, 'Audiences');
			const all = page.waitForEvent('download');
			await page.getByRole('button', { name: 'Save all 3,317 customers, one file' }).click();
			const everyone = (await textOf(await all)).trim().split('\r\n');
			expect(everyone).toHaveLength(3318);
			expect(everyone[0]).toMatch(/^customer_id,.*recency_days,.*r_score,.*segment_name,segment_grade$/);
			const button = page.getByRole('button', { name: /^Save Top table/ });
			const count = Number(/(\d+) customers/.exec((await button.getAttribute('aria-label')) ?? '')?.[1]);
			const one = page.waitForEvent('download');
			await button.click();
			const segment = (await textOf(await one)).trim().split('\r\n');
			expect(segment).toHaveLength(count + 1);
			expect(segment.slice(1).every((line) => line.endsWith(',Top table,with care'))).toBe(true);
		});

		await test.step('a reload brings everything back', async () => {
			await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 30_000 });
			await page.reload();
			await expect(page.getByRole('button', { name: /^Save Top table/ })).toBeVisible({ timeout: 90_000 });
			await untilDone(page);
		});

		await test.step('a second session, and the first one deleted', async () => {
			await page
				.getByRole('link', { name: /Pomelo/ })
				.first()
				.click();
			await expect(page.getByRole('heading', { name: 'Recent sessions' })).toBeVisible();
			await page.getByRole('button', { name: 'Try the sample shop' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('of customers', {
				timeout: 60_000
			});
			await untilDone(page);
			await page
				.getByRole('link', { name: /Pomelo/ })
				.first()
				.click();
			await expect(page.locator('tbody tr')).toHaveCount(2);
			await page.getByRole('button', { name: /More for orders/i }).click();
			await page
				.getByRole('menuitem', { name: 'Delete this session' })
				.or(page.getByRole('button', { name: 'Delete this session' }))
				.first()
				.click();
			await page.getByRole('button', { name: 'Delete it' }).click();
			await expect(page.locator('tbody tr')).toHaveCount(1);
		});
		expect(errors).toEqual([]);
	});

	test('the sample shop gives a first result without own data', async ({ page }) => {
		await openApp(page);
		await page.getByRole('button', { name: 'Try the sample shop' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('of customers', { timeout: 60_000 });
		await untilDone(page);
		await goTo(page, 'Natural segments');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Four natural segments.');
	});

	test('a Shopify export needs no correction', async ({ page }) => {
		await openApp(page);
		await importFile(page, fixture('shopify/orders.csv'));
		await expect(page.getByText('Shopify orders')).toBeVisible();
	});
});

test('a file without a customer column goes to the mapper, and one choice is enough', async ({ page }) => {
	await openApp(page);
	const rows = [
		'kaeufer_nr;tag;wert',
		...Array.from({ length: 60 }, (_, i) => `K${i % 20};2024-0${1 + (i % 6)}-1${i % 10};${10 + i}`)
	];
	await chooseFiles(page, {
		name: 'verkauf.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(rows.join('\n'))
	});
	await expect(page.getByRole('heading', { name: /Which column is the|Columns, matched/ })).toBeVisible({
		timeout: 30_000
	});
	await page.getByLabel('What kaeufer_nr means').selectOption('customer');
	await page.getByLabel('What tag means').selectOption('date');
	await page.getByLabel('What wert means').selectOption('amount');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('60 rows read', { timeout: 30_000 });
});
