import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
	vi.unstubAllGlobals();
	vi.resetModules();
});

it('makes one policy, which accepts only scripts of its own', async () => {
	const createPolicy = vi.fn((_name: string, rules: { createScriptURL: (url: string) => string }) => rules);
	vi.stubGlobal('trustedTypes', { createPolicy });
	const { trustedScript, revokeScript } = await import('./trusted-url.ts');
	const url = trustedScript('1');
	trustedScript('2');
	expect(url).toMatch(/^blob:/);
	expect(createPolicy).toHaveBeenCalledTimes(1);
	expect(createPolicy.mock.calls[0]?.[0]).toBe('app-worker');
	const policy = createPolicy.mock.results[0]?.value as { createScriptURL: (url: string) => string };
	expect(policy.createScriptURL(url)).toBe(url);
	expect(() => policy.createScriptURL('https://here.test/x.js')).toThrow(TypeError);
	revokeScript(url);
	expect(() => policy.createScriptURL(url)).toThrow(TypeError);
});

it('gives the plain address where the browser has no Trusted Types', async () => {
	const { trustedScript } = await import('./trusted-url.ts');
	expect(trustedScript('1')).toMatch(/^blob:/);
});
