// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { svgText } from './chart-export.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

function drawn(): SVGSVGElement {
	const style = document.createElement('style');
	style.textContent = '.bar { fill: rgb(10, 106, 77) } .ch { font-family: Inter; --surface: #151b18 }';
	const svg = document.createElementNS(NAMESPACE, 'svg');
	svg.setAttribute('class', 'ch');
	svg.setAttribute('tabindex', '0');
	svg.setAttribute('aria-label', 'Regulars bring 62%');
	const bar = document.createElementNS(NAMESPACE, 'rect');
	bar.setAttribute('class', 'bar');
	bar.setAttribute('data-mark', '3');
	bar.setAttribute('width', '40');
	const hit = document.createElementNS(NAMESPACE, 'rect');
	hit.setAttribute('class', 'hit');
	svg.append(bar, hit);
	document.body.append(style, svg);
	return svg;
}

afterEach(() => document.body.replaceChildren());

function parsed(text: string): Document {
	return new DOMParser().parseFromString(text, 'image/svg+xml');
}

describe('svgText', () => {
	it('turns styles into attributes and keeps the drawing', () => {
		const { documentElement } = parsed(svgText(drawn()));
		const bar = documentElement.querySelector('rect[width="40"]');
		expect(bar?.getAttribute('fill')).toBe('rgb(10, 106, 77)');
		expect(documentElement.getAttribute('font-family')).toBe('Inter');
		expect(documentElement.namespaceURI).toBe(NAMESPACE);
	});

	it('leaves out what serves pointer and keyboard, and the chart on screen alone', () => {
		const svg = drawn();
		const text = svgText(svg);
		expect(text).not.toMatch(/class=|tabindex|data-mark|aria-|hit/);
		expect(svg.getAttribute('tabindex')).toBe('0');
		expect(svg.children).toHaveLength(2);
	});

	it('lies on the surface of the theme, or on a colour given', () => {
		const ground = (text: string) => parsed(text).documentElement.querySelector('rect')?.getAttribute('fill');
		expect(ground(svgText(drawn()))).toBe('#151b18');
		expect(ground(svgText(drawn(), { background: '#ffffff' }))).toBe('#ffffff');
	});

	it('carries its title, escaped', () => {
		const text = svgText(drawn(), { title: 'Regulars & <friends>' });
		expect(parsed(text).querySelector('title')?.textContent).toBe('Regulars & <friends>');
	});
});
