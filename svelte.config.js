import adapter from '@sveltejs/adapter-static';

/**
 * The content security policy of every page. The same directives, with the hash of each page's inline bootstrap,
 * go into the `_headers` file that `src/host/headers.mjs` writes after the build.
 */
export const directives = {
	'default-src': ['none'],
	'script-src': ['self', 'wasm-unsafe-eval'],
	'style-src': ['self'],
	// The one inline style: SvelteKit's route announcer.
	'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
	'img-src': ['self', 'data:', 'blob:'],
	'font-src': ['self'],
	'connect-src': ['self', 'blob:'],
	'worker-src': ['self', 'blob:'],
	'manifest-src': ['self'],
	'object-src': ['none'],
	'frame-src': ['none'],
	'base-uri': ['none'],
	'form-action': ['none'],
	'require-trusted-types-for': ['script'],
	'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'app-worker']
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter({ strict: true }),
		paths: { relative: true },
		csp: { mode: 'hash', directives },
		prerender: { handleHttpError: 'fail', handleMissingId: 'fail' },
		version: { name: process.env.npm_package_version ?? 'dev' }
	}
};
