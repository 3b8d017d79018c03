import { sampleWithoutReplacement, seeded } from '#lib/core/random.ts';
import { auc } from '#lib/stats/auc.ts';
import { growForest, predictForest, type ForestOptions } from '#lib/stats/histogram-forest.ts';
import { permutationImportance } from '#lib/stats/permutation-importance.ts';
import { binByEdges, quantileEdges } from '#lib/stats/quantile-bins.ts';
import { quantiles } from '#lib/stats/quantile.ts';
import { execFileSync } from 'node:child_process';

/*
 * The histogram forest against scikit-learn's on the same made rows, one thread each: 100 trees on 8,000 × 10, then how
 * long a forest and its permutation importance take on 100,000 × 30. Times are seconds of the processor, medians.
 *
 *   npx tsx tests/bench/forest.ts [repeats] [python]
 */

const REPEATS = Number(process.argv[2] ?? 5);
const PYTHON = process.argv[3] ?? 'python3';

interface Table {
	readonly columns: readonly Float64Array[];
	readonly outcome: Float64Array;
}

/** Half of the columns tell something, each less than the one before; the outcome is 0 or 1. */
function makeTable(rowCount: number, columnCount: number): Table {
	const random = seeded(9);
	const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const columns = Array.from({ length: columnCount }, () => Float64Array.from({ length: rowCount }, normal));
	const told = columns.slice(0, columnCount / 2);
	const outcome = Float64Array.from({ length: rowCount }, (_, row) => {
		const signal = told.reduce((sum, column, c) => sum + (column[row] as number) / (c + 1), 0);
		return 1 / (1 + Math.exp(-2 * signal)) > random() ? 1 : 0;
	});
	return { columns, outcome };
}

function binned(columns: readonly Float64Array[]): Uint8Array[] {
	return columns.map((column) => binByEdges(column, quantileEdges(column, 64)));
}

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}

const PEER = `
import json, sys, time
import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
data = json.load(sys.stdin)
x, y = np.array(data["columns"]).T, np.array(data["outcome"])
times = []
for repeat in range(data["repeats"]):
    start = time.process_time()
    model = RandomForestClassifier(100, max_features=3, min_samples_leaf=data["minLeaf"], n_jobs=1, random_state=repeat).fit(x[:8000], y[:8000])
    times.append(time.process_time() - start)
print(json.dumps([float(np.median(times)), float(roc_auc_score(y[8000:], model.predict_proba(x[8000:])[:, 1]))]))
`;

async function compare(minLeaf: number): Promise<void> {
	const { columns, outcome } = makeTable(10_000, 10);
	const options: ForestOptions = { treeCount: 100, columnsPerSplit: 3, minLeaf, maxDepth: 30, seed: 1 };
	const bins = binned(columns);
	const times: number[] = [];
	let area = NaN;
	for (let repeat = 0; repeat <= REPEATS; repeat += 1) {
		const data = { columns: bins.map((column) => column.slice(0, 8000)), outcome: outcome.slice(0, 8000) };
		let forest: Awaited<ReturnType<typeof growForest>> | undefined;
		times.push(await cpuSeconds(async () => (forest = await growForest(data, options))));
		if (forest)
			area = auc(
				predictForest(
					forest,
					bins.map((column) => column.slice(8000))
				),
				outcome.slice(8000)
			);
	}
	const own = quantiles(times.slice(1), [0.5])[0] as number;
	const input = {
		columns: columns.map((column) => [...column]),
		outcome: [...outcome],
		repeats: REPEATS,
		minLeaf
	};
	const answer = execFileSync(PYTHON, ['-c', PEER], {
		input: JSON.stringify(input),
		env: { ...process.env, OMP_NUM_THREADS: '1' },
		maxBuffer: 1e8
	});
	const [peer, peerArea] = JSON.parse(answer.toString()) as [number, number];
	console.log(
		`100 trees on 8,000 × 10, leaves of ${minLeaf}: ${own.toFixed(2)} s, scikit-learn ${peer.toFixed(2)} s: ` +
			`${(peer / own).toFixed(2)}×; AUC on 2,000 others ${area.toFixed(4)} and ${peerArea.toFixed(4)}`
	);
}

async function large(): Promise<void> {
	const { columns, outcome } = makeTable(100_000, 30);
	const data = { columns: binned(columns), outcome };
	const options: ForestOptions = { treeCount: 100, columnsPerSplit: 6, minLeaf: 20, maxDepth: 14, seed: 1 };
	let forest: Awaited<ReturnType<typeof growForest>> | undefined;
	const grown = await cpuSeconds(async () => (forest = await growForest(data, options)));
	if (!forest) return;
	const rows = sampleWithoutReplacement(seeded(2), 8000, 100_000);
	const groups = columns.map((_, c) => [c]);
	const importance = { measure: 'auc', rows, groups, repeats: 5, seed: 1 } as const;
	const grownForest = forest;
	const shuffled = await cpuSeconds(() => permutationImportance(grownForest, data, importance));
	console.log(
		`100 trees on 100,000 × 30: ${grown.toFixed(1)} s; importance of 30 columns on 8,000: ${shuffled.toFixed(1)} s`
	);
}

await compare(1);
await compare(5);
await large();
