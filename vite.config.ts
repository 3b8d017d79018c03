import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { engineAsset } from './src/host/engine-asset.ts';

export default defineConfig({
	plugins: [engineAsset(), sveltekit()],
	// A worker starts from a blob, which has no folder for chunks beside it: each is one file.
	worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
	build: { target: 'es2022', license: true },
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		exclude: ['tests/e2e/**', 'node_modules/**'],
		testTimeout: 30_000,
		hookTimeout: 90_000,
		env: { TZ: 'UTC' }
	}
});
