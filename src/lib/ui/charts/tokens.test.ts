// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseHex, readTokens, watchTheme } from './tokens.ts';

afterEach(() => {
	document.documentElement.removeAttribute('style');
	document.documentElement.removeAttribute('data-theme');
	vi.unstubAllGlobals();
});

describe('parseHex', () => {
	it('reads long and short colours, with blanks around', () => {
		expect(parseHex(' #007555')).toEqual([0, 117, 85]);
		expect(parseHex('#fa0')).toEqual([255, 170, 0]);
		expect(parseHex('rgb(1 2 3)')).toEqual([0, 0, 0]);
	});
});

describe('readTokens', () => {
	it('reads the palette by segment', () => {
		const style = document.documentElement.style;
		style.setProperty('--noise', '#858689');
		style.setProperty('--seg-1', '#007555');
		style.setProperty('--seg-12', '#655f00');
		style.setProperty('--point-alpha', '0.62');
		const tokens = readTokens(document.documentElement);
		expect(tokens.segments).toHaveLength(12);
		expect(tokens.noise).toEqual([133, 134, 137]);
		expect(tokens.segments[0]).toEqual([0, 117, 85]);
		expect(tokens.segments[11]).toEqual([101, 95, 0]);
		expect(tokens.pointAlpha).toBe(0.62);
	});
});

describe('watchTheme', () => {
	it('hears both ways to change the theme until it is stopped', async () => {
		const system = new EventTarget();
		vi.stubGlobal('matchMedia', () => system);
		const onChange = vi.fn();
		const stop = watchTheme(onChange);
		document.documentElement.dataset['theme'] = 'dark';
		await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
		system.dispatchEvent(new Event('change'));
		expect(onChange).toHaveBeenCalledTimes(2);
		stop();
		system.dispatchEvent(new Event('change'));
		expect(onChange).toHaveBeenCalledTimes(2);
	});
});
