import { createFormat } from '#lib/core/format.ts';
import { reasonWords } from '#lib/core/messages.ts';
import { noticeWords } from '#lib/core/notice-messages.ts';
import { plural } from '#lib/core/words.ts';
import { repairSentence } from '#lib/pipeline/clean/repairs/notices.ts';
import type { RepairResult } from '#lib/pipeline/clean/repairs/schema.ts';
import { cleanNotices } from '#lib/pipeline/clean/step.ts';
import { segmentNames } from '#lib/pipeline/export/audience.ts';
import { GRADE_WORDS } from '#lib/pipeline/export/grade-columns.ts';
import { describeRecommendation } from '#lib/pipeline/segment/describe.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import type { Passport } from '#lib/pipeline/validate/passport/schema.ts';
import type { ClusteringResult } from '#lib/pipeline/segment/schema.ts';
import type { Changes } from '#lib/pipeline/segment/changes/schema.ts';
import { heldSegments } from './own-segments.ts';
import type { Outcome } from './pipeline.ts';

const format = createFormat('en-GB');

/** How far a segment can be trusted, after a comma; empty where that is not known. */
type GradeWords = (ref: string) => string;

/** What came out, in a few lines: the account of rows, the customers, the segments, and the files written. */
export function summarize(
	outcome: Outcome & { readonly changes: Changes | null; readonly passports: readonly Passport[] },
	out: string,
	written: readonly string[]
): string {
	const { clean, features, changes, passports } = outcome;
	const gradeWords = (ref: string): string => {
		const grade = passports.find(({ segment }) => segment === ref)?.grade;
		return grade === undefined ? '' : `, ${GRADE_WORDS[grade]}`;
	};
	const lines = [
		`${format.count(clean.rowsRead)} rows read = ${format.count(clean.rowsLoaded)} loaded + ${format.count(clean.rowsSetAside)} set aside`,
		...clean.reasons.map(({ reason, count }) => `  ${format.count(count)} ${reasonWords(reason)}`),
		...stepLines(outcome),
		`${format.count(features.customers)} customers with an order before ${features.asOf}`,
		...(clean.identity.joinedPeople > 0
			? [`  ${format.count(clean.identity.joinedPeople)} people joined from several accounts`]
			: []),
		...segmentLines(outcome, gradeWords),
		...ownLines(outcome, gradeWords),
		...(changes ? [changesLine(changes)] : []),
		...(outcome.clustering?.notices ?? [])
			.map(noticeWords)
			.map(({ title, text }) => `Note: ${title} ${text}`),
		`Wrote ${written.join(', ')} to ${out}`
	];
	return `${lines.join('\n')}\n`;
}

/** Each step of the clean-up with its counts, and what keeps one from running on a file. */
function stepLines({ clean, recipe }: Outcome): string[] {
	const { repairs } = recipe.clean;
	if (repairs.length === 0) return [];
	const steps = repairs.map((repair) => {
		const result = clean.repairs.find(({ id }) => id === repair.id);
		return `  ${repairSentence(repair)}: ${result ? stepCounts(result) : 'did not run'}`;
	});
	const notes = cleanNotices(clean, recipe.clean).map(noticeWords);
	return [
		`${format.count(repairs.length)} ${repairs.length === 1 ? 'step' : 'steps'} of the clean-up`,
		...steps,
		...notes.map(({ title, text }) => `Note: ${title} ${text}`)
	];
}

function stepCounts({ state, sources, severity }: RepairResult): string {
	if (state !== 'done') return state === 'off' ? 'switched off' : 'no file has its columns';
	const total = (count: 'rowsChanged' | 'rowsFailing' | 'rowsSetAside') =>
		sources.reduce((sum, source) => sum + source[count], 0);
	const [changed, failing, aside] = [total('rowsChanged'), total('rowsFailing'), total('rowsSetAside')];
	if (severity === 'set_aside') return `${plural(aside, 'row')} set aside`;
	if (severity !== null) return `${plural(failing, 'row')} ${failing === 1 ? 'fails' : 'fail'}`;
	return `${plural(changed, 'row')} changed${failing > 0 ? `, ${plural(failing, 'row')} flagged` : ''}`;
}

/** Who came and went since the earlier run. */
function changesLine({ fates }: Changes): string {
	const counts = fates
		.filter(({ customers }) => customers > 0)
		.map(({ fate, customers }) => `${format.count(customers)} ${fate}`);
	const isOther = fates.every(({ fate, customers }) => customers === 0 || fate === 'new' || fate === 'gone');
	const doubt = isOther ? '\nNote: Nobody of the earlier run is in this one. Is it the same shop?' : '';
	return `Since the earlier run: ${counts.join(', ')}${doubt}`;
}

function segmentLines({ clustering, recipe, features }: Outcome, gradeWords: GradeWords): string[] {
	if (!clustering) return ['Too few different customers to look for segments: scores and groups only'];
	const { result } = clustering;
	const names = segmentNames(result, recipe.segment.names);
	const ratings = `silhouette ${result.silhouette.toFixed(3)}, seed ${result.seed}`;
	return [
		`${result.clusterCount} segments (${result.method} on ${[...result.features, ...result.categories].join(', ')}; ${ratings})`,
		`  ${describeRecommendation(result.recommendation, result.candidates)}`,
		...result.profiles.map((profile, i) => {
			const grade = gradeWords(`cluster:${result.clusterCount}:${profile.cluster}`);
			return `${segmentLine(profile, names[i] ?? '', features)}${grade}`;
		})
	];
}

/** The user's own segments, and which of them have no file. */
function ownLines({ recipe, own }: Outcome, gradeWords: GradeWords): string[] {
	const { segments, guard } = recipe.segment.own;
	if (segments.length === 0) return [];
	const lines = segments.map(({ id, name }) => {
		const result = own.segments.find((each) => each.id === id);
		const found = result?.problem ?? plural(result?.customers ?? 0, 'customer');
		return `  ${id}  ${name}: ${found}${gradeWords(ownRef(id))}`;
	});
	// Names are unique in the app, but not in a recipe that was written by hand.
	const held = heldSegments({ recipe, own }).map(({ id, name, customers, active }) =>
		customers === 0
			? `Note: ${id} ${name} has no file: nobody is in it.`
			: `Note: ${id} ${name} has no file: ${format.count(active)} active, under your floor of ${format.count(guard.floor)}. Say in the recipe why it is used anyway, or lower the floor.`
	);
	const people = own.assigned.reduce((sum, { assigned }) => sum + assigned, 0);
	return [
		`${plural(segments.length, 'segment')} of your own`,
		...lines,
		...(own.assigned.length > 0
			? [`  after priority: ${plural(people, 'customer')}, each in one segment`]
			: []),
		...held
	];
}

function segmentLine(
	{ cluster, customers, revenue }: ClusteringResult['profiles'][number],
	name: string,
	all: Outcome['features']
): string {
	const people = `${format.count(customers)} people (${format.percent(customers / all.customers)})`;
	const money = all.revenue ? `, ${format.percent(revenue / all.revenue)} of revenue` : '';
	return `  ${cluster}  ${name}: ${people}${money}`;
}
