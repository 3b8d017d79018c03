import type { Format } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import type { FeatureResult } from '#lib/pipeline/features/schema.ts';
import type { ClusteringResult, RfmGroup, RfmResult } from '#lib/pipeline/segment/schema.ts';

/** The sentence a screen opens with, and the line below it. */
export interface Finding {
	readonly title: string;
	readonly sub: string;
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

/** The group that brings the most money against how many people it has. */
export function bestCustomersFinding(
	rfm: RfmResult,
	features: FeatureResult,
	nameOf: (group: RfmGroup) => string,
	format: Format
): Finding {
	const champions = rfm.groups.find((group) => group.id === 'champion');
	const count = champions?.customers ?? 0;
	const share = count / Math.max(1, features.customers);
	const sub = `${format.count(features.customers)} customers in ten groups, by how recently, how often and how much they buy.`;
	if (!champions || count === 0) {
		return { title: 'Nobody is recent and frequent enough to be a champion.', sub };
	}
	if (!features.revenue) {
		return {
			title: `${format.percent(share)} of customers are ${nameOf('champion')}: recent and frequent.`,
			sub
		};
	}
	const money = champions.revenue / features.revenue;
	return {
		title: `${format.percent(share)} of customers bring ${format.percent(money)} of the revenue`,
		sub: `${format.count(count)} ${nameOf('champion')} ordered within ${format.days(rfm.cutPoints.recencyDays[0] ?? 0)} and more often than most. ${sub}`
	};
}

export function segmentsFinding(
	clustering: ClusteringResult,
	features: FeatureResult,
	nameOf: (cluster: number) => string,
	format: Format
): Finding {
	const first = clustering.profiles[0];
	const many = `${numberWord(clustering.clusterCount)} natural segments.`;
	const sub = 'Found by comparing customers with each other, without any rule of yours.';
	if (!first) return { title: many, sub };
	const share = format.percent(first.customers / Math.max(1, features.customers));
	if (!features.revenue) return { title: `${many} ${nameOf(0)} are ${share} of customers.`, sub };
	const money = format.percent(first.revenue / features.revenue);
	return { title: `${many} ${nameOf(0)}, ${share} of customers, bring ${money} of revenue.`, sub };
}

/** How many segments hold when the data is resampled. */
export function trustFinding(clustering: ClusteringResult, stableAt: number): Finding {
	const total = clustering.clusterCount;
	const stable = clustering.profiles.filter((profile) => profile.stability.jaccard >= stableAt).length;
	const sub = `Each segment is looked for again in resampled data. At ${stableAt} or more it is the same group of people.`;
	if (stable === total) {
		const all = total === 2 ? 'Both' : `All ${numberWord(total).toLowerCase()}`;
		return { title: `${all} segments come back when the data is resampled.`, sub };
	}
	const some = stable === 0 ? 'None' : numberWord(stable);
	const verb = stable <= 1 && stable !== 0 ? 'segment comes' : 'segments come';
	return {
		title:
			stable === 0
				? 'No segment comes back reliably when the data is resampled.'
				: `${some} of ${numberWord(total).toLowerCase()} ${verb} back when the data is resampled.`,
		sub
	};
}
