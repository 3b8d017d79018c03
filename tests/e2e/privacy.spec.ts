import { expect, test } from '@playwright/test';
import { goTo, importFile, openApp, recordRequests, textOf } from './app.ts';

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
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Three natural segments.', {
		timeout: 60_000
	});

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

test('a copy without its policy keeps files locked', async ({ page }) => {
	// The same site, with the policy taken away on the way: the gate has to notice.
	await page.route('**/*', async (route) => {
		const response = await route.fetch();
		const headers = { ...response.headers() };
		delete headers['content-security-policy'];
		delete headers['connection-allowlist'];
		const isPage = (headers['content-type'] ?? '').includes('text/html');
		const body = isPage
			? (await response.text()).replace(/<meta http-equiv="content-security-policy"[^>]*>/i, '')
			: await response.body();
		await route.fulfill({ response, headers, body });
	});
	await page.goto('/');
	await expect(page.getByRole('button', { name: /blocked|failed|not closed/i })).toBeVisible({
		timeout: 60_000
	});
	await expect(page.getByRole('button', { name: 'Try the sample shop' })).toBeDisabled();
});
