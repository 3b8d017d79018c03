import { toAppError } from '#lib/core/errors.ts';
import { exitCodeOf, failureLine } from './failure.ts';
import { HELP, parseOptions } from './options.ts';
import { runSegment } from './run.ts';

/** The folder that relative paths start at: where npm was called, not the package folder that npm changes to. */
const folder =
	process.env['npm_lifecycle_event'] === 'segment'
		? (process.env['INIT_CWD'] ?? process.cwd())
		: process.cwd();

try {
	const options = parseOptions(process.argv.slice(2));
	process.stdout.write(options === 'help' ? HELP : await runSegment(options, folder, reportProgress));
} catch (thrown) {
	const error = toAppError(thrown);
	process.stderr.write(`${failureLine(error)}\n`);
	process.exitCode = exitCodeOf(error);
}

/** One line per stage, for people only: a log or a pipe gets nothing but failures. */
function reportProgress(what: string): void {
	if (process.stderr.isTTY) process.stderr.write(`${what}\n`);
}
