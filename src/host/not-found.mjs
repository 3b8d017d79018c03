// @ts-check
/**
 * The page that hosts send for an address that means no file. It stands alone, without the app: its address may be any
 * number of folders deep, so no relative link to a file of the site would hold, and a host sends it without the policy
 * of a page.
 */
import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark; --ink: #121a16; --ink-2: #414e48; --canvas: #f5f7f5; --accent: #0a6a4d; --on-accent: #fff; --surface: #fff; --pulp: #e4526a }
@media (prefers-color-scheme: dark) { :root { --ink: #e9efeb; --ink-2: #b4c0ba; --canvas: #0e1412; --accent: #58c79b; --on-accent: #06281c; --surface: #161d1a; --pulp: #ff8296 } }
body { margin: 0; padding: 15vh 24px 24px; background: var(--canvas); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; text-align: center }
svg { width: 56px; height: 56px }
.rind { fill: var(--accent) } .pith { fill: var(--surface) } .pulp { fill: var(--pulp) }
h1 { margin: 16px 0 8px; font-size: 1.75rem; line-height: 1.2 }
p { max-width: 44ch; margin: 0 auto 24px; color: var(--ink-2) }
a { display: inline-block; padding: 10px 16px; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none }
a:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
`;

/**
 * Points the link at the folder of the site: the nearest one above the address that holds a file every build has. Where
 * none is found, the link stays at the root of the host.
 */
const SCRIPT = `
const parts = location.pathname.split('/').slice(1, 9);
(async () => {
	for (let depth = parts.length - 1; depth > 0; depth -= 1) {
		const folder = '/' + parts.slice(0, depth).map((part) => part + '/').join('');
		if (folder.startsWith('//')) continue;
		const answer = await fetch(folder + '_app/version.json', { method: 'HEAD' }).catch(() => null);
		if (!answer?.ok) continue;
		document.querySelector('a').href = folder;
		return;
	}
})();
`;

/** What the page may do: its own style and script, and to ask its own host where the site begins. */
const POLICY = [
	`default-src 'none'`,
	`script-src '${hashOf(SCRIPT)}'`,
	`style-src '${hashOf(STYLE)}'`,
	`img-src data:`,
	`connect-src 'self'`,
	`base-uri 'none'`,
	`form-action 'none'`,
	`require-trusted-types-for 'script'`,
	`trusted-types 'none'`
].join('; ');

/** The text of `404.html`, which most hosts send by that name. */
export const NOT_FOUND_PAGE = `<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<meta http-equiv="content-security-policy" content="${POLICY}" />
		<meta name="viewport" content="width=device-width, initial-scale=1" />
		<meta name="referrer" content="no-referrer" />
		<meta name="robots" content="noindex" />
		<link rel="icon" href="data:," />
		<title>No page here · Pomelo</title>
		<style>${STYLE}</style>
	</head>
	<body>
		<main>
			<svg viewBox="0 0 24 24" aria-hidden="true">
				<circle class="rind" cx="12" cy="12" r="11.5" />
				<circle class="pith" cx="12" cy="12" r="9.6" />
				<path
					class="pulp"
					d="M11.3 10.5L6.2 6.2A8.2 8.2 0 0111.3 3.8zM12.7 10.5V3.8a8.2 8.2 0 015.1 2.4zM13.6 11.3l5.1-4.2a8.2 8.2 0 011.5 5.6zM13.2 13.1l6.8 1a8.2 8.2 0 01-3.9 5.1zM12 13.6l2.7 6.1a8.2 8.2 0 01-5.4 0zM10.8 13.1l-2.9 6.1A8.2 8.2 0 014 14.1zM10.4 11.3l-6.6 1.4a8.2 8.2 0 011.5-5.6z"
				/>
			</svg>
			<h1>There is no page here</h1>
			<p>The address may be mistyped, or the page has moved. Your sessions are where they were, in this browser.</p>
			<a href="/">Go to the start</a>
		</main>
		<script>${SCRIPT}</script>
	</body>
</html>
`;

/** @param {string} code The whole text of an inline script or style. */
function hashOf(code) {
	return `sha256-${createHash('sha256').update(code).digest('base64')}`;
}
