// @ts-check
/**
 * Builds the WebAssembly modules of the heavy loops from their AssemblyScript, and writes each as a module of text, so
 * that a worker, the command line and a test load it alike and nothing has to be fetched:
 *
 *     npm run build:kernels
 *
 * A kernel is `<name>.as`, or `<name>.mjs` whose `source()` gives the text, where one loop is unrolled for many
 * dimensions. The output, `src/lib/stats/kernels/<name>.wasm.ts`, is kept beside the sources; a test rebuilds it and
 * compares.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Its types declare globals of AssemblyScript, which are not those of the app.
const ASSEMBLYSCRIPT = /** @type {string} */ ('assemblyscript/asc');

const SOURCES = dirname(fileURLToPath(import.meta.url));
const OUTPUT = join(SOURCES, '../lib/stats/kernels');

const OPTIONS =
	'--outFile kernel.wasm -O3 --noAssert --runtime stub --enable simd --enable bulk-memory --use abort='.split(
		' '
	);

/** The names of all kernels. */
export function kernelNames() {
	return readdirSync(SOURCES)
		.flatMap((file) => /^([\w-]+)\.(?:as|mjs)$/.exec(file)?.[1] ?? [])
		.filter((name) => name !== 'build')
		.sort();
}

/**
 * The text of the module of a kernel.
 *
 * @param {string} name
 */
export async function buildKernel(name) {
	const { default: asc } = await import(ASSEMBLYSCRIPT);
	const text = await sourceOf(name);
	/** @type {Map<string, string | Uint8Array>} */
	const written = new Map();
	let messages = '';
	const { error } = await asc.main([`${name}.ts`, ...OPTIONS], {
		readFile: (/** @type {string} */ file) => (file === `${name}.ts` ? text : null),
		writeFile: (/** @type {string} */ file, /** @type {string | Uint8Array} */ bytes) =>
			void written.set(file, bytes),
		listFiles: () => [],
		stderr: { write: (/** @type {string | Uint8Array} */ part) => ((messages += String(part)), true) }
	});
	const wasm = written.get('kernel.wasm');
	if (error || !(wasm instanceof Uint8Array)) throw new Error(`${name}: ${messages || error}`);
	return [
		`/** Made from src/kernels/${name} by \`npm run build:kernels\`. */`,
		`export const ${camel(name)}Wasm =\n\t'${Buffer.from(wasm).toString('base64')}';\n`
	].join('\n');
}

/** @param {string} name */
async function sourceOf(name) {
	if (readdirSync(SOURCES).includes(`${name}.as`)) return readFileSync(join(SOURCES, `${name}.as`), 'utf8');
	const generator = await import(pathToFileURL(join(SOURCES, `${name}.mjs`)).href);
	return /** @type {string} */ (generator.source());
}

/** @param {string} name */
function camel(name) {
	return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const asked = process.argv.slice(2);
	for (const name of asked.length > 0 ? asked : kernelNames()) {
		const module = await buildKernel(String(name));
		writeFileSync(join(OUTPUT, `${name}.wasm.ts`), module);
		console.log(`${name}: ${Math.round((module.length * 3) / 4096)} kB`);
	}
}
