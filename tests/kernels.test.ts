import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startKernel } from '#lib/stats/kernels/kernel.ts';
import { buildKernel, kernelNames } from '../src/kernels/build.mjs';

const OUTPUT = new URL('../src/lib/stats/kernels/', import.meta.url);
const LARGEST_BYTES = 60_000;

function modules(): string[] {
	return readdirSync(OUTPUT).filter((file) => file.endsWith('.wasm.ts'));
}

function textOf(name: string): string {
	return readFileSync(new URL(`${name}.wasm.ts`, OUTPUT), 'utf8');
}

function base64Of(name: string): string {
	return /'([^']+)'/.exec(textOf(name))?.[1] ?? '';
}

describe('the kernels', () => {
	it('have a source each', () => {
		expect(modules().sort()).toEqual(
			kernelNames()
				.map((name) => `${name}.wasm.ts`)
				.sort()
		);
	});
	it.each(kernelNames())('%s is what its source builds, byte for byte', async (name) => {
		expect(textOf(name)).toBe(await buildKernel(name));
	});
	it.each(kernelNames())('%s starts, with memory of its own', (name) => {
		const [first, second] = [startKernel(base64Of(name)), startKernel(base64Of(name))];
		const at = first?.arena.alloc(8) ?? 0;
		first?.arena.f64(at, 1).fill(1);
		expect(at).toBeGreaterThan(0);
		expect(second?.arena.f64(second.arena.alloc(8), 1)[0]).toBe(0);
	});
	it('take less than 60 kB to send, all together', () => {
		const bytes = Buffer.concat(kernelNames().map((name) => Buffer.from(base64Of(name), 'base64')));
		expect(gzipSync(bytes).length).toBeLessThan(LARGEST_BYTES);
	});
});
