import { cpus, loadavg } from 'node:os';
import { printHead, withBench, type Section } from './frame.ts';
import { dbscanSection } from './methods/dbscan.ts';
import { kmeansSection } from './methods/kmeans.ts';
import { mixtureSection } from './methods/mixture.ts';
import { silhouetteSection } from './methods/silhouette.ts';
import { wardSection } from './methods/ward.ts';

/*
 * Clustering against packages of npm, and against scikit-learn where Python has it: the same rows, starts and tolerances, in
 * one thread each, in turn. Medians of milliseconds of the processor and of the clock; ratios are theirs over ours.
 *
 *   npm run bench                  all sections
 *   npm run bench kmeans 7         one section, seven runs of each
 */

const SECTIONS: readonly Section[] = [
	kmeansSection,
	wardSection,
	dbscanSection,
	silhouetteSection,
	mixtureSection
];

const [asked, repeats = '5'] = process.argv.slice(2);
const sections = SECTIONS.filter(({ name }) => asked === undefined || name === asked);
if (sections.length === 0) {
	throw new RangeError(`no section ${asked}; there are ${SECTIONS.map(({ name }) => name).join(', ')}`);
}
await withBench(Number(repeats), async (bench) => {
	const peer = bench.scikit === null ? 'no scikit-learn' : `scikit-learn ${bench.scikit}, one thread`;
	console.log(`${peer}; load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores\n`);
	printHead();
	for (const { run } of sections) await run(bench);
});
