import { flushSync, mount } from 'svelte';
import { seeded } from '#lib/core/random.ts';
import { insideTest } from '#lib/stats/inside-outline.ts';
import '#lib/ui/tokens.css';
import PictureBench from './PictureBench.svelte';

/** What the page measures, in milliseconds. */
interface PictureTimes {
	readonly painter: string;
	/** From new points to their complete picture. */
	readonly first: number;
	/** From a new selection to its complete picture, and to the next frame of the page. */
	readonly select: number;
	readonly selectFrame: number;
	readonly outline: number;
	/** The longest stretch in which the page did nothing else. */
	readonly longest: number;
}

const shown = mount(PictureBench, { target: document.querySelector('#plot') as Element });

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Until the picture is complete: it is said on the canvas; by the graphics processor it is so with the next frame. */
async function complete(): Promise<void> {
	do await frame();
	while (document.querySelector('canvas[data-painting=true]') !== null);
}

async function measure(count: number): Promise<PictureTimes> {
	let longest = 0;
	const watcher = new PerformanceObserver((list) => {
		for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
	});
	watcher.observe({ type: 'longtask' });
	const random = seeded(count);
	const normal = () => random() + random() + random() + random() - 2;
	const segment = Uint8Array.from({ length: count }, () => Math.floor(random() * 5));
	const x = Float64Array.from(segment, (own) => Math.exp(own + normal()));
	const y = Float64Array.from(segment, (own) => Math.exp(4 - own / 2 + normal()));
	await frame();
	longest = 0;
	const start = performance.now();
	flushSync(() => shown.show({ x, y, colour: segment, mask: null }));
	await complete();
	const first = performance.now() - start;
	const mask = segment.map((own) => (own === 2 ? 1 : 0));
	const chosen = performance.now();
	flushSync(() => shown.show({ x, y, colour: segment, mask }));
	await frame();
	const selectFrame = performance.now() - chosen;
	await complete();
	const select = performance.now() - chosen;
	const outlined = performance.now();
	const isIn = insideTest(
		Array.from({ length: 40 }, (_, i) => [5 + 4 * Math.cos(i / 6.4), 40 + 30 * Math.sin(i / 6.4)])
	);
	let inside = 0;
	for (let row = 0; row < count; row += 1) if (isIn(x[row] as number, y[row] as number)) inside += 1;
	const outline = inside > 0 ? performance.now() - outlined : NaN;
	await frame();
	await frame();
	watcher.disconnect();
	const painter = document.querySelector('canvas')?.dataset['painter'] ?? '';
	return { painter, first, select, selectFrame, outline, longest };
}

Object.assign(globalThis, { measure });
