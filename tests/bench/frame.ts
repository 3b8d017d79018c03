import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Matrix } from '#lib/core/matrix.ts';
import { quantiles } from '#lib/stats/quantile.ts';

/** One method compared with others; `tests/bench/clustering.ts` runs them in order. */
export interface Section {
	/** How it is asked for on the command line. */
	readonly name: string;
	readonly run: (bench: Bench) => Promise<void>;
}

/** What a run found, told beside its time: numbers by name, such as the inertia. */
export type Answer = Readonly<Record<string, number | readonly number[]>>;

/** One way to do the work. */
export interface Contender {
	readonly name: string;
	/** Measured on the processor of this process. */
	readonly run?: () => Answer | Promise<Answer>;
	/** Measured by Python: `run(rows, **params)` of `methods/<task>.py` answers a dictionary. */
	readonly python?: {
		readonly task: string;
		readonly rows: Matrix;
		readonly params: Record<string, unknown>;
	};
}

export interface Comparison {
	/** What is done, in which sizes. */
	readonly title: string;
	/** The first is the one that ratios are told of. */
	readonly contenders: readonly Contender[];
	/** Runs of each, in turn. */
	readonly repeats?: number;
	/** How the answer of another differs from the first, in words. */
	readonly agreement: (own: Answer, other: Answer) => string;
}

/** What a section measures with. */
export interface Bench {
	readonly compare: (comparison: Comparison) => Promise<void>;
	/** The version of scikit-learn; null without a Python that has it, and contenders in Python are left out. */
	readonly scikit: string | null;
}

interface Measured {
	readonly cpuMs: number;
	readonly wallMs: number;
	readonly answer: Answer;
}

const PYTHONS = ['python3', '/usr/bin/python3'];
const SERVER = fileURLToPath(new URL('scikit.py', import.meta.url));
/** Several threads lose more than they win where other work runs, so that scikit-learn is at its best with one. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** Runs the work of a bench, with a Python beside it where there is one with scikit-learn. */
export async function withBench(
	defaultRepeats: number,
	work: (bench: Bench) => Promise<void>
): Promise<void> {
	const scikit = Scikit.start();
	try {
		await work({
			scikit: scikit?.version ?? null,
			compare: (comparison) => compare(comparison, defaultRepeats, scikit)
		});
	} finally {
		scikit?.stop();
	}
}

/** Runs all in turn, so that what else the machine does falls on all alike, and prints a row of medians for each. */
async function compare(comparison: Comparison, defaultRepeats: number, scikit: Scikit | null): Promise<void> {
	const { title, contenders, repeats = defaultRepeats, agreement } = comparison;
	const able = contenders.filter(({ python }) => python === undefined || scikit !== null);
	const runs = new Map(able.map((contender) => [contender, [] as Measured[]]));
	for (let repeat = 0; repeat < repeats; repeat += 1) {
		for (const [contender, measured] of runs) {
			const { run, python } = contender;
			measured.push(
				run === undefined
					? await (scikit as Scikit).measure(python as NonNullable<Contender['python']>)
					: await measureHere(run)
			);
		}
	}
	const [own] = runs.values();
	for (const [{ name }, measured] of runs) {
		const isOwn = measured === own;
		const ratio = (of: 'cpuMs' | 'wallMs'): string =>
			isOwn ? '' : (median(measured, of) / median(own as Measured[], of)).toFixed(1);
		const answers = [own?.at(-1)?.answer ?? {}, measured.at(-1)?.answer ?? {}] as const;
		row(
			isOwn ? title : '',
			name,
			...[format(median(measured, 'cpuMs')), format(median(measured, 'wallMs'))],
			...[ratio('cpuMs'), ratio('wallMs'), isOwn ? '' : agreement(...answers)]
		);
	}
}

/** Prints the head of the table; each section's rows follow. */
export function printHead(): void {
	row('what', 'by', 'CPU ms', 'wall ms', 'CPU ratio', 'wall ratio', 'agreement');
	row('---', '---', '--:', '--:', '--:', '--:', '---');
}

function row(...cells: readonly string[]): void {
	console.log(`| ${cells.join(' | ')} |`);
}

function format(ms: number): string {
	return ms < 100 ? ms.toFixed(2) : ms.toFixed(0);
}

function median(measured: readonly Measured[], of: 'cpuMs' | 'wallMs'): number {
	return quantiles(
		measured.map((one) => one[of]),
		[0.5]
	)[0] as number;
}

async function measureHere(run: () => Answer | Promise<Answer>): Promise<Measured> {
	const start = performance.now();
	const before = process.cpuUsage();
	const answer = await run();
	const { user, system } = process.cpuUsage(before);
	return { cpuMs: (user + system) / 1000, wallMs: performance.now() - start, answer };
}

/** A Python that does what it is asked in lines of JSON. */
class Scikit {
	readonly version: string;
	readonly #process: ChildProcessWithoutNullStreams;
	readonly #lines: AsyncIterator<string>;
	readonly #folder = mkdtempSync(join(tmpdir(), 'bench-'));
	/** Rows go through a file each, written once. */
	readonly #files = new Map<Matrix, string>();

	private constructor(python: string, version: string) {
		this.version = version;
		this.#process = spawn(python, [SERVER], { env: { ...process.env, ...ONE_THREAD } });
		this.#process.stderr.pipe(process.stderr);
		this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
	}

	static start(): Scikit | null {
		for (const python of PYTHONS) {
			const asked = spawnSync(python, ['-c', 'import sklearn; print(sklearn.__version__)'], {
				encoding: 'utf8'
			});
			if (asked.status === 0) return new Scikit(python, asked.stdout.trim());
		}
		return null;
	}

	async measure({ task, rows, params }: NonNullable<Contender['python']>): Promise<Measured> {
		const { rowCount, columnCount } = rows;
		const request = { task, file: this.#fileOf(rows), rowCount, columnCount, params };
		this.#process.stdin.write(`${JSON.stringify(request)}\n`);
		const { value, done } = await this.#lines.next();
		if (done === true) throw new Error(`${task} failed in Python`);
		return JSON.parse(value) as Measured;
	}

	stop(): void {
		this.#process.stdin.end();
		rmSync(this.#folder, { recursive: true });
	}

	#fileOf(rows: Matrix): string {
		const known = this.#files.get(rows);
		if (known !== undefined) return known;
		const file = join(this.#folder, `${this.#files.size}.f64`);
		writeFileSync(file, rows.values);
		this.#files.set(rows, file);
		return file;
	}
}
