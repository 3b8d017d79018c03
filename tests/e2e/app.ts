import { readFileSync } from 'node:fs';
import { expect, type BrowserContext, type Download, type Page } from '@playwright/test';

/** A file of `tests/fixtures`. */
export function fixture(path: string): string {
	return new URL(`../fixtures/${path}`, import.meta.url).pathname;
}

/** Opens the start page and waits until files may be opened. */
export async function openApp(page: Page): Promise<void> {
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeEnabled({ timeout: 60_000 });
}

/** Chooses files on the start page, through the real input. */
export async function chooseFiles(
	page: Page,
	files: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
): Promise<void> {
	await page.locator('input[type=file]').first().setInputFiles(files);
}

/** Chooses files and waits for the whole run: the natural segments are there. */
export async function importFile(page: Page, files: Parameters<typeof chooseFiles>[1]): Promise<void> {
	await chooseFiles(page, files);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('rows read', { timeout: 60_000 });
	await untilDone(page);
}

/** Waits until no step is running. */
export async function untilDone(page: Page): Promise<void> {
	await expect(page.locator('progress')).toHaveCount(0, { timeout: 60_000 });
}

/** Goes to a screen by the rail, and waits until it is there. */
export async function goTo(page: Page, screen: string): Promise<void> {
	const link = page.getByRole('navigation').getByRole('link', { name: screen }).first();
	await link.click();
	await expect(link).toHaveAttribute('aria-current', 'step');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** The text of a download. */
export async function textOf(download: Download): Promise<string> {
	return readFileSync(await download.path(), 'utf8');
}

/** Every request of the browser: page, frames, workers. */
export function recordRequests(context: BrowserContext): { url: string; body: string }[] {
	const seen: { url: string; body: string }[] = [];
	context.on('request', (request) => {
		seen.push({ url: request.url(), body: request.postDataBuffer()?.toString('latin1') ?? '' });
	});
	return seen;
}

/** What the browser says of the gate's own tests, which must be refused. */
const GATE_NOISE = ['gate-test.invalid', "requires 'TrustedScript' assignment"];

/** Errors of the console and of scripts. */
export function recordErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(String(error)));
	page.on('console', (message) => {
		const isGate = GATE_NOISE.some((words) => message.text().includes(words));
		if (message.type() === 'error' && !isGate) errors.push(message.text());
	});
	return errors;
}
