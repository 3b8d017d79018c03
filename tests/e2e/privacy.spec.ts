import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { goTo, importFile, openApp, recordRequests, textOf, untilDone } from './app.ts';

const CANARIES = ['CANARY-PERSON-7F3A', 'canary.7f3a@mail.example', 'Cánary Näme 7F3A'];

/** An orders file whose personal fields hold canaries. */
function canaryOrders(): Buffer {
	const lines = ['order_id,order_date,customer_id,customer_email,customer_name,quantity,unit_price'];
	for (let i = 0; i < 600; i += 1) {
		const day = new Date(Date.UTC(2024, 0, 1 + ((i * 37) % 300))).toISOString().slice(0, 10);
		const buyer = i % 60;
		lines.push(
			`${1000 + i},${day},${CANARIES[0]}-${buyer},${buyer}.${CANARIES[1]},${CANARIES[2]} ${buyer},${1 + (i % 5)},${(5 + ((i * buyer) % 90)).toFixed(2)}`
		);
	}
	return Buffer.from(lines.join('\n'));
}

/** The forms in which a text could be carried away. */
function disguises(text: string): string[] {
	const bytes = Buffer.from(text);
	return [
		text,
		encodeURIComponent(text),
		bytes.toString('latin1'),
		bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
		bytes.toString('base64url').slice(0, -1),
		bytes.toString('hex'),
		[...text].reverse().join(''),
		Buffer.from(text, 'utf16le').toString('latin1')
	];
}

test('no request of the whole journey leaves the origin or carries a customer', async ({
	page,
	context,
	baseURL
}) => {
	test.setTimeout(180_000);
	const seen = recordRequests(context);
	const sockets: string[] = [];
	page.on('websocket', (socket) => sockets.push(socket.url()));
	await openApp(page);
	const before = seen.length;
	await importFile(page, { name: 'canary.csv', mimeType: 'text/csv', buffer: canaryOrders() });

	for (const screen of ['Customers', 'Best customers', 'Natural segments', 'Trust', 'Audiences', 'Summary']) {
		await goTo(page, screen);
	}
	await goTo(page, 'Audiences');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: /^Save all 60/ }).click();
	expect(await textOf(await download)).toContain(CANARIES[1]);
	await goTo(page, 'Natural segments');
	await page.getByRole('button', { name: 'Components' }).click();
	await page.getByLabel('Number of segments').selectOption('3');
	await untilDone(page);
	await expect(page.getByRole('heading', { name: 'Three slices' })).toBeVisible({ timeout: 60_000 });

	await expect(page.getByRole('button', { name: /0 requests/ })).toBeVisible();
	const after = seen.slice(before).filter(({ url }) => /^https?:/.test(url));
	expect(after.map(({ url }) => url)).toEqual([]);

	const foreign = seen.filter(({ url }) => /^https?:/.test(url) && !url.startsWith(baseURL ?? ''));
	// The gate tries one reserved address on purpose, to see it blocked.
	expect(foreign.filter(({ url }) => !url.startsWith('https://gate-test.invalid/'))).toEqual([]);
	expect(sockets).toEqual([]);
	const traffic = seen
		.map(({ url, body }) => `${url}\n${body}`)
		.join('\n')
		.toLowerCase();
	for (const canary of CANARIES.flatMap(disguises)) expect(traffic).not.toContain(canary.toLowerCase());

	const address = new URL(page.url());
	expect(address.search + address.hash).toBe('');
	expect(await page.title()).not.toContain('7F3A');
});

test('the page cannot reach another origin, and says so', async ({ page }) => {
	await openApp(page);
	const blocked = await page.evaluate(async () => {
		const violation = new Promise<string>((resolve) =>
			document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
				once: true
			})
		);
		const failed = await fetch('https://elsewhere.invalid/').then(
			() => false,
			() => true
		);
		return { failed, directive: await violation };
	});
	expect(blocked).toEqual({ failed: true, directive: 'connect-src' });
	await page.getByRole('button', { name: /Gate checked/ }).click();
	const receipt = page.getByRole('dialog');
	await expect(receipt).toContainText('This page cannot reach other sites');
	await expect(receipt).toContainText('The database reads only the files you open');
});

test.describe('copies of the site on other hosts', () => {
	test('a host that sends no headers: the policy in the page is enough', async ({ page }) => {
		const host = await plainHost((html) => html);
		await page.goto(host.url);
		await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeEnabled({ timeout: 60_000 });
		await expect(page.getByRole('button', { name: /Gate checked: 6 of 6/ })).toBeVisible();
		await host.close();
	});

	test('a copy whose policy was taken away: files stay locked', async ({ page }) => {
		const host = await plainHost((html) =>
			html.replace(/<meta http-equiv="content-security-policy"[^>]*>/i, '')
		);
		await page.goto(host.url);
		await expect(page.getByRole('button', { name: /blocked|failed|not closed/i })).toBeVisible({
			timeout: 60_000
		});
		await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeDisabled();
		await host.close();
	});
});

/** A host that knows files and nothing else; it serves every page in a sub-folder. */
async function plainHost(change: (html: string) => string): Promise<{ url: string; close(): Promise<void> }> {
	const root = new URL('../../build/', import.meta.url);
	const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
	const server = createServer((request, response) => {
		const path = (request.url ?? '/')
			.replace(/^\/shop\//, '')
			.replace(/\/$|^$/, '/index.html')
			.replace(/^\//, '');
		const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
		readFile(new URL(path, root)).then(
			(bytes) => {
				response.setHeader('content-type', type);
				response.end(type === 'text/html' ? change(bytes.toString('utf8')) : bytes);
			},
			() => response.writeHead(404).end()
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://localhost:${port}/shop/`,
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}
