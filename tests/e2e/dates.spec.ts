import { Buffer } from 'node:buffer';
import { expect, test } from '@playwright/test';
import { chooseFiles, goTo, openApp, recordErrors, untilDone } from './app.ts';

/** Orders whose days are written in four ways: no one order of day and month reads all. */
function mixedDates(): { name: string; mimeType: string; buffer: Buffer } {
	const two = (part: number) => String(part).padStart(2, '0');
	const forms = [
		(month: number, day: number) => `2024-${two(month)}-${two(day)}`,
		(month: number, day: number) => `${two(day)}.${two(month)}.2024`,
		(month: number, day: number) => `${two(day)}.${two(month)}.2024`,
		(month: number, day: number) => `${two(month)}/${two(day)}/2024`,
		(_: number, day: number) => `${day} Jan 2024`
	];
	const lines = Array.from({ length: 200 }, (_, i) => {
		const when = forms[i % forms.length]?.(1 + (i % 9), 13 + (i % 15)) ?? '';
		return `${i},customer ${i % 40},${when},${10 + (i % 30)}`;
	});
	const text = ['order_id,customer,order_date,amount', ...lines].join('\n');
	return { name: 'mixed-dates.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
}

test('dates written in several ways are read each by its own form, by one answer', async ({ page }) => {
	const errors = recordErrors(page);
	await openApp(page);
	await chooseFiles(page, mixedDates());
	await expect(page.getByRole('alert')).toContainText('mixes dates', { timeout: 60_000 });
	await expect(page.getByRole('button', { name: /^Day first/ })).toContainText(
		'Reads 160 of 200 rows; 40 cannot be read'
	);
	const own = page.getByRole('button', { name: /^Read each date by its own form/ });
	await expect(own).toContainText('Reads all 200 rows');
	await page.screenshot({ path: test.info().outputPath('question.png'), fullPage: true });
	await own.press('Enter');
	await untilDone(page);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('200 rows read', { timeout: 60_000 });
	await goTo(page, 'Clean');
	await expect(page.getByText('Write “order_date” as 2024-01-31').first()).toBeVisible({ timeout: 60_000 });
	expect(errors).toEqual([]);
});
