import { describe, expect, it } from 'vitest';
import { bandsLayout, bandWords, STABILITY_BANDS } from './bands.ts';

describe('STABILITY_BANDS', () => {
	it('covers 0 to 1 without a gap', () => {
		STABILITY_BANDS.slice(1).forEach((band, i) => expect(band.from).toBe(STABILITY_BANDS[i]?.to));
		expect([STABILITY_BANDS[0].from, STABILITY_BANDS.at(-1)?.to]).toEqual([0, 1]);
	});

	it('puts a limit into the higher band', () => {
		expect([0.59, 0.6, 0.75, 0.85, 1].map(bandWords)).toEqual([
			'not to be trusted',
			'a pattern, but who belongs to it moves',
			'stable',
			'very stable',
			'very stable'
		]);
	});
});

describe('bandsLayout', () => {
	it('runs from 0 to 1 and keeps intervals inside', () => {
		const layout = bandsLayout(640, 4);
		expect([layout.place(0), layout.place(1)]).toEqual([layout.left, layout.right]);
		expect([layout.place(-0.2), layout.place(1.3)]).toEqual([layout.left, layout.right]);
		expect(layout.rowY(3)).toBeLessThan(layout.bottom);
	});

	it('uses the whole width on a phone', () => {
		expect(bandsLayout(324, 4).left).toBe(0);
	});
});
