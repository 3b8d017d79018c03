import type { AppError } from '#lib/core/errors.ts';
import type { Format } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import { groupOfCell } from '#lib/pipeline/segment/rfm/group-table.ts';
import type { ClusteringResult, RfmGroupResult, RfmResult } from '#lib/pipeline/segment/schema.ts';
import { movesThrough, stabilityState } from '#lib/pipeline/validate/passport/grade.ts';
import type { CheckId, Grade, Passport } from '#lib/pipeline/validate/passport/schema.ts';
import type { StepId } from './steps.ts';

/** The sentence a screen opens with, and the line below it. */
export interface Finding {
	readonly title: string;
	readonly sub: string;
	/** The title, where names in it are cut. */
	readonly fullTitle?: string;
}

const NUMBER_WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** A small count in words, as it starts a sentence. */
export function numberWord(count: number): string {
	return NUMBER_WORDS[count] ?? String(count);
}

export function dataFinding(clean: CleanResult, format: Format): Finding {
	const read = format.count(clean.rowsRead);
	if (clean.rowsSetAside === 0) {
		return {
			title: `${read} rows read, and every one tells who bought what.`,
			sub: `${format.count(clean.customers)} customers, ${format.count(clean.orders)} orders.`
		};
	}
	return {
		title: `${read} rows read. ${format.count(clean.rowsLoaded)} tell us who bought what.`,
		sub: 'The rest is set aside, not deleted, and you can bring any of it back.'
	};
}

/** So much more of the revenue than of the customers makes a group stand out. */
const STANDS_OUT = 0.01;

/**
 * The group that leads: the one whose share of the revenue exceeds its share of the customers by most; null when none
 * does by a percentage point. Without amounts the group of the best scores, when anybody is in it.
 */
export function leadingGroup(rfm: RfmResult, features: FeatureResult): RfmGroupResult | null {
	const { customers } = features;
	const revenue = features.revenue ?? 0;
	if (revenue <= 0) {
		const best = groupOfCell(
			rfm.table,
			rfm.axes.map(() => rfm.levels)
		);
		return rfm.groups.find((group) => group.id === best && group.customers > 0) ?? null;
	}
	const lead = (group: RfmGroupResult) => group.revenue / revenue - group.customers / Math.max(1, customers);
	return rfm.groups.reduce<RfmGroupResult | null>(
		(best, group) => (lead(group) > (best ? lead(best) : STANDS_OUT) ? group : best),
		null
	);
}

/** The group that brings the most money against how many people it has. */
export function bestCustomersFinding(rfm: RfmResult, features: FeatureResult, format: Format): Finding {
	const many = numberWord(rfm.groups.length).toLowerCase();
	const people = `${format.count(features.customers)} ${features.customers === 1 ? 'customer' : 'customers'}`;
	const sub = `${people} in ${many} groups, by ${axisWords(rfm)}.`;
	const group = leadingGroup(rfm, features);
	const revenue = features.revenue ?? 0;
	const only = rfm.groups.find(({ customers }) => customers === features.customers);
	if (only) {
		return {
			title: `Everybody is in one group: ${only.name}`,
			sub: `${people}, too alike in when and how often they bought to be told apart.`
		};
	}
	if (!group) {
		return revenue > 0
			? { title: 'No group stands out', sub: `Each brings about its share of the revenue. ${sub}` }
			: { title: 'Nobody is recent and frequent enough to be a champion.', sub };
	}
	const share = format.percent(group.customers / Math.max(1, features.customers));
	if (revenue <= 0) return { title: `${share} of customers are ${group.name}: recent and frequent.`, sub };
	const { name, meaning } = group;
	return {
		title: `${share} of customers bring ${format.percent(group.revenue / revenue)} of the revenue`,
		sub: `${name}, ${format.count(group.customers)} customers: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)} ${sub}`
	};
}

/** What groups are told by, after “by”. */
function axisWords({ axes }: Pick<RfmResult, 'axes'>): string {
	return axes.includes('m') || axes.includes('fm')
		? 'how recently and how often they buy, and how much they spend'
		: 'how recently and how often they buy';
}

/** How many segments there are and what the first brings; that there are none, where people differ by degrees only. */
export function segmentsFinding(
	clustering: ClusteringResult,
	features: FeatureResult,
	nameOf: (cluster: number) => string,
	format: Format
): Finding {
	const noise = clustering.profiles.find(({ isNoise }) => isNoise);
	const groups = clustering.clusterCount - (noise ? 1 : 0);
	const [first] = clustering.profiles;
	if (clustering.recommendation.reason === 'no-groups') {
		return {
			title: 'No natural segments: people differ by degrees here.',
			sub: `At no number of groups do they stand apart more than people without groups would, with a gap between them. ${numberWord(groups)} slices are shown; where they begin is a matter of choice.`
		};
	}
	const left = noise ? ` ${format.count(noise.customers)} people are in none of them.` : '';
	const sub = `Found by comparing customers with each other, without any rule of yours.${left}`;
	if (groups === 0) return { title: 'No natural segments: nobody has enough people near.', sub: NOBODY_NEAR };
	const many = `${numberWord(groups)} natural ${groups === 1 ? 'segment' : 'segments'}.`;
	if (!first) return { title: many, sub };
	const share = format.percent(first.customers / Math.max(1, features.customers));
	if (!features.revenue) return { title: `${many} ${nameOf(0)} are ${share} of customers.`, sub };
	const money = format.percent(first.revenue / features.revenue);
	return { title: `${many} ${nameOf(0)}, ${share} of customers, bring ${money} of revenue.`, sub };
}

const NOBODY_NEAR = 'Take a larger distance of neighbours below, or another method.';

/** How many segments come back when the data is resampled, by the condition of their passports. */
export function stabilityFinding({ profiles }: Pick<ClusteringResult, 'profiles'>): Finding {
	const segments = profiles.filter(({ isNoise }) => !isNoise);
	const total = segments.length;
	const stable = segments.filter(
		({ stability: { jaccard: value, low } }) => stabilityState({ value, low }) === 'met'
	).length;
	const sub =
		'Each segment is looked for again in resampled data. At a mean overlap of 0.75, and 0.60 in the worst cases, it is the same group of people.';
	if (stable === 0) return { title: 'No segment comes back reliably when the data is resampled.', sub };
	if (stable === total) {
		const verb = total === 1 ? 'comes' : 'come';
		return { title: `${allWords(total)} ${verb} back when the data is resampled.`, sub };
	}
	const verb = stable === 1 ? 'comes' : 'come';
	const title = `${numberWord(stable)} of ${numberWord(total).toLowerCase()} segments ${verb} back reliably when the data is resampled.`;
	return { title, sub };
}

/** What titles say of a passport. */
type Graded = Pick<Passport, 'grade' | 'checks' | 'natural' | 'overTime'>;

/** What can be done with segments of a grade, after “All four segments” and after “two”. */
const GRADE_WORDS: Readonly<Record<Grade, (count: number) => string>> = {
	trust: () => 'can be trusted',
	care: () => 'can be used with care',
	stop: () => 'should not be used',
	few: (count) => `${count === 1 ? 'is' : 'are'} too small to say`
};

/** What segments of one grade have in common, after a colon. */
const SHARED_REASONS: Partial<Record<CheckId, string>> = {
	size: 'few people are in them',
	stability: 'they change when customers are drawn again',
	disturbance: 'small changes move people',
	separation: 'they run into each other',
	time: 'they change over time',
	fairness: 'they take unevenly'
};

/** What can be done with segments, and why where all have it in common. */
export function trustFinding(passports: readonly Graded[]): Finding {
	const sub =
		'Each is drawn again, slightly changed and looked for on earlier days. The grade rests on that, and on size, separation and fairness.';
	const total = passports.length;
	const parts = (['trust', 'care', 'stop', 'few'] as const)
		.map((grade) => ({ grade, count: passports.filter((each) => each.grade === grade).length }))
		.filter(({ count }) => count > 0);
	const [first, ...others] = parts;
	if (first === undefined) return { title: 'No segment to test yet.', sub };
	if (others.length === 0) return { title: `${oneGrade(first.grade, passports)}.`, sub };
	const many = `${numberWord(first.count)} of ${numberWord(total).toLowerCase()} segments ${GRADE_WORDS[first.grade](first.count)}`;
	const rest = others.map(
		({ grade, count }) => `${numberWord(count).toLowerCase()} ${GRADE_WORDS[grade](count)}`
	);
	return { title: `${new Intl.ListFormat('en-GB').format([many, ...rest])}.`, sub };
}

/** All segments have one grade. */
function oneGrade(grade: Grade, passports: readonly Graded[]): string {
	const total = passports.length;
	if (grade === 'stop' && total > 1)
		return total === 2 ? 'Neither segment should be used' : 'None of the segments should be used';
	const reason = sharedReason(grade, passports);
	return `${allWords(total)} ${GRADE_WORDS[grade](total)}${reason === null ? '' : `: ${reason}`}`;
}

function sharedReason(grade: Grade, passports: readonly Graded[]): string | null {
	if (passports.length < 2) return null;
	if (grade === 'trust') {
		return passports.every(movesThrough) ? 'refresh them before each use, as people move through' : null;
	}
	if (grade !== 'care') return null;
	if (passports.every(({ natural }) => natural !== null && !natural.hasGroups)) {
		return 'they are slices, for people differ by degrees';
	}
	const shared = (Object.keys(SHARED_REASONS) as CheckId[]).find((id) =>
		passports.every(({ checks }) => checks.some((check) => check.id === id && check.state === 'short'))
	);
	return shared === undefined ? null : (SHARED_REASONS[shared] ?? null);
}

function allWords(total: number): string {
	if (total === 1) return 'The one segment';
	return total === 2 ? 'Both segments' : `All ${numberWord(total).toLowerCase()} segments`;
}

/** Titles of a screen that has no result: while it is worked out, and when it cannot be or was stopped. */
const PENDING: Readonly<Record<StepId, { readonly running: string; readonly without: string }>> = {
	data: { running: 'Reading your orders', without: 'This file needs your eye.' },
	sources: { running: 'Reading your files', without: 'No source to look at yet.' },
	clean: { running: 'Cleaning your files', without: 'Nothing to clean yet.' },
	people: { running: 'Finding out who is who', without: 'Nobody to join yet.' },
	customers: { running: 'Describing your customers', without: 'No customers to show yet.' },
	sql: { running: 'Reading your files', without: 'No table to ask yet.' },
	changes: { running: 'Comparing with the last import', without: 'Nothing to compare yet.' },
	features: { running: 'Describing your customers', without: 'Nobody to describe yet.' },
	'time-machine': { running: 'Going back in time', without: 'No day to go back to yet.' },
	retention: { running: 'Counting who comes back', without: 'No orders to follow yet.' },
	'what-matters': { running: 'Describing your customers', without: 'Nothing to weigh yet.' },
	components: { running: 'Comparing your customers', without: 'Nothing to scale yet.' },
	'best-customers': { running: 'Scoring your customers', without: 'No customer is scored yet.' },
	'natural-segments': { running: 'Looking for natural segments', without: 'No natural segments yet.' },
	explore: { running: 'Looking for natural segments', without: 'Nobody to look at yet.' },
	explain: { running: 'Looking for natural segments', without: 'No segments to explain yet.' },
	'over-time': { running: 'Looking for natural segments', without: 'No segments to follow yet.' },
	trust: { running: 'Testing the segments', without: 'No segments to test yet.' },
	ideas: { running: 'Describing your customers', without: 'Nobody to segment yet.' },
	builder: { running: 'Describing your customers', without: 'Nobody to segment yet.' },
	carts: { running: 'Describing your customers', without: 'No carts to look at yet.' },
	journeys: { running: 'Describing your customers', without: 'No journeys to follow yet.' },
	'my-segments': { running: 'Asking who is in your segments', without: 'No segments yet.' },
	audiences: { running: 'Getting the audiences ready', without: 'No audiences to take yet.' },
	summary: { running: 'Getting the summary ready', without: 'Nothing to sum up yet.' }
};

/** What a screen opens with before it has a result. A failed or stopped run never reads as if it were going on. */
export function pendingFinding(step: StepId, { busy, failure, question = null, recipe }: Pending): Finding {
	const { running, without } = PENDING[step];
	if (busy && !failure) return { title: running, sub: '' };
	if (question !== null) return { title: 'One answer is needed, and then it goes on.', sub: '' };
	if (recipe?.import.sources.length === 0) return { title: 'No file is open.', sub: '' };
	return { title: without, sub: failure ? 'Below is what is missing, and what to do about it.' : '' };
}

/** How a session without a result stands. */
interface Pending {
	readonly busy: boolean;
	readonly failure: AppError | null;
	readonly question?: object | null;
	readonly recipe?: { readonly import: { readonly sources: readonly unknown[] } };
}
