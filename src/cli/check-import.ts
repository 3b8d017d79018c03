import { resolve } from 'node:path';
import { openNativeEngine } from '#lib/engine/native-engine.ts';
import { checkFolder, SLOW_MS } from './check.ts';

/** The folder that relative paths start at: where npm was called, not the package folder that npm changes to. */
const start = process.env['INIT_CWD'] ?? process.cwd();
const [folder] = process.argv.slice(2);

if (folder === undefined) {
	process.stderr.write('Usage: npm run check:import -- FOLDER\n');
	process.exitCode = 2;
} else {
	await check(resolve(start, folder));
}

/** Prints what every file below the folder comes to; fails when one crashes, hangs or loses a row. */
async function check(path: string): Promise<void> {
	const engine = await openNativeEngine();
	const counts = new Map<string, number>();
	try {
		for await (const { file, outcome, words, milliseconds } of checkFolder(path, engine)) {
			const result = milliseconds > SLOW_MS ? 'hung' : outcome;
			counts.set(result, (counts.get(result) ?? 0) + 1);
			process.stdout.write(
				`${result.padEnd(8)}${file}\n${words.map((word) => `          ${word}\n`).join('')}`
			);
		}
	} finally {
		await engine.close();
	}
	const total = [...counts].map(([result, count]) => `${count} ${result}`).join(', ');
	process.stdout.write(`${total || 'no files'}\n`);
	if (counts.has('failed') || counts.has('hung')) process.exitCode = 1;
}
