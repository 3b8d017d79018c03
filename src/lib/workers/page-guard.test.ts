import { describe, expect, it } from 'vitest';
import { guardPage, type PageScope } from './page-guard.ts';

const origin = 'https://here.test';

function page(navigation?: EventTarget): PageScope & Record<string, unknown> {
	return {
		location: { origin },
		navigator: Object.create({ sendBeacon: () => true }) as object,
		open: () => null,
		RTCPeerConnection: class {},
		...(navigation ? { navigation } : {})
	};
}

function isStopped(navigation: EventTarget, url: string): boolean {
	const event = Object.assign(new Event('navigate', { cancelable: true }), { destination: { url } });
	navigation.dispatchEvent(event);
	return event.defaultPrevented;
}

describe('guardPage', () => {
	it('closes the side channels of the page', () => {
		const scope = page();
		expect(guardPage(scope)).toBe(true);
		expect([scope.open, scope.RTCPeerConnection]).toEqual([undefined, undefined]);
		expect(scope.navigator).toHaveProperty('sendBeacon', undefined);
	});

	it('stops navigations to other origins only', () => {
		const navigation = new EventTarget();
		const scope = page(navigation);
		guardPage(scope);
		guardPage(scope);
		for (const url of ['https://other.test/', 'http://here.test/', 'data:text/html,x', 'mailto:a@b.c']) {
			expect(isStopped(navigation, url)).toBe(true);
		}
		for (const url of [`${origin}/rfm`, `blob:${origin}/1234`])
			expect(isStopped(navigation, url)).toBe(false);
	});

	it('says when something cannot be closed', () => {
		expect(guardPage(Object.freeze(page()))).toBe(false);
	});
});
