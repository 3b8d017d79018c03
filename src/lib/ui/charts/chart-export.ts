/** How a chart is written to a file. */
export interface ChartExport {
	/** Title of the picture, kept inside the file. */
	readonly title?: string;
	/** Colour behind the chart; the theme's surface when left out. */
	readonly background?: string;
	/** A canvas below the SVG, such as the points of a scatter. */
	readonly canvasBelow?: HTMLCanvasElement;
}

/** What the style sheet decides about a mark, as presentation attributes an SVG file understands. */
const ATTRIBUTES = [
	'fill',
	'fill-opacity',
	'stroke',
	'stroke-width',
	'stroke-opacity',
	'stroke-dasharray',
	'stroke-linecap',
	'stroke-linejoin',
	'opacity',
	'paint-order',
	'shape-rendering',
	'font-family',
	'font-size',
	'font-weight',
	'text-anchor'
] as const;

const NAMESPACE = 'http://www.w3.org/2000/svg';
const MARGIN = 16;

/**
 * A chart on screen as the text of an SVG file of its own: styles become attributes, what only serves pointer
 * and keyboard is left out, and the theme's surface lies behind.
 */
export function svgText(svg: SVGSVGElement, options: ChartExport = {}): string {
	const copy = svg.cloneNode(true) as SVGSVGElement;
	inlineStyles(svg, copy);
	for (const part of copy.querySelectorAll('.hit, .cursor')) part.remove();
	for (const part of [copy, ...copy.querySelectorAll('*')]) removeInteraction(part);
	frame(svg, copy, options);
	return new XMLSerializer().serializeToString(copy);
}

/**
 * A chart on screen as a PNG.
 *
 * @param scale pixels of the picture per pixel on screen.
 * @throws Error when the browser cannot draw the picture.
 */
export async function pngBlob(svg: SVGSVGElement, options: ChartExport = {}, scale = 2): Promise<Blob> {
	const url = URL.createObjectURL(new Blob([svgText(svg, options)], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(image.naturalWidth * scale);
		canvas.height = Math.round(image.naturalHeight * scale);
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		return await toBlob(canvas);
	} finally {
		URL.revokeObjectURL(url);
	}
}

function inlineStyles(from: Element, to: Element): void {
	const style = getComputedStyle(from);
	for (const name of ATTRIBUTES) {
		const value = style.getPropertyValue(name);
		if (value !== '') to.setAttribute(name, value);
	}
	Array.from(from.children).forEach((child, i) => {
		const copied = to.children[i];
		if (copied !== undefined) inlineStyles(child, copied);
	});
}

function removeInteraction(part: Element): void {
	for (const name of part.getAttributeNames()) {
		const serves = /^(class|style|id|role|tabindex|data-|aria-)/.test(name);
		if (serves) part.removeAttribute(name);
	}
}

function frame(svg: SVGSVGElement, copy: SVGSVGElement, options: ChartExport): void {
	const { width, height } = svg.getBoundingClientRect();
	const box = { x: -MARGIN, y: -MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
	copy.setAttribute('width', String(box.width));
	copy.setAttribute('height', String(box.height));
	copy.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
	const background = options.background ?? getComputedStyle(svg).getPropertyValue('--surface').trim();
	const parts = [create('rect', { ...box, fill: background === '' ? '#ffffff' : background })];
	if (options.canvasBelow !== undefined) parts.push(pictureOf(options.canvasBelow, svg));
	if (options.title !== undefined) {
		const title = document.createElementNS(NAMESPACE, 'title');
		title.textContent = options.title;
		parts.unshift(title);
	}
	copy.prepend(...parts);
}

function pictureOf(canvas: HTMLCanvasElement, svg: SVGSVGElement): SVGElement {
	const at = canvas.getBoundingClientRect();
	const origin = svg.getBoundingClientRect();
	const { width, height } = at;
	const place = { x: at.left - origin.left, y: at.top - origin.top, width, height };
	return create('image', { ...place, href: canvas.toDataURL('image/png') });
}

function create(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
	const element = document.createElementNS(NAMESPACE, name) as SVGElement;
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
	return element;
}

function toBlob(canvas: HTMLCanvasElement): Promise<Blob> {
	return new Promise((resolve, reject) => {
		canvas.toBlob(
			(blob) => (blob === null ? reject(new Error('the picture has no size')) : resolve(blob)),
			'image/png'
		);
	});
}
