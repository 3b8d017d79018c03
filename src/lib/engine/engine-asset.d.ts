/** Made by `src/host/engine-asset.ts`: where the page finds DuckDB-WASM. Empty while prerendering. */
declare module 'virtual:engine-asset' {
	export const wasmUrl: string;
	/** SHA-256 of the gzipped file at `wasmUrl`, in lower-case hexadecimal. */
	export const sha256: string;
	export const workerUrl: string;
}
