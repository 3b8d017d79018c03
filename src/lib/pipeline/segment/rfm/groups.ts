import type { Format } from '#lib/core/format.ts';
import type { GroupEntry, RfmAxis, RfmGroup, RfmResult } from '../schema.ts';
import { schemeOf } from './schemes/index.ts';

/** The groups in use; those of a result, or of a table. */
type Named = readonly Pick<GroupEntry, 'id' | 'name'>[];

/** The name shown for a group; its id where the groups have none of that id. */
export function groupName(groups: Named, group: RfmGroup): string {
	return groups.find(({ id }) => id === group)?.name ?? group;
}

/** One customer as RFM sees them. `monetaryTotal` is null without amounts, and `m` is then 0. */
export interface ScoredCustomer {
	readonly recencyDays: number;
	readonly frequency: number;
	readonly monetaryTotal: number | null;
	readonly r: number;
	readonly f: number;
	readonly m: number;
	readonly group: RfmGroup;
}

/** What a result says of how customers are scored. */
type Scoring = Pick<RfmResult, 'scheme' | 'levels' | 'axes' | 'cutPoints' | 'table'>;

/** Why a customer is in their group, in sentences with the cut-points. */
export function explainGroup(customer: ScoredCustomer, scoring: Scoring, format: Format): string[] {
	const { levels, axes, cutPoints, table } = scoring;
	const { recencyDays, frequency, monetaryTotal, r, f, m } = customer;
	const group = table.find(({ id }) => id === customer.group);
	const of = (score: number) => `${score} of ${levels}`;
	const recency = band(levels + 1 - r, cutPoints.recencyDays, format.count);
	const orders = band(f, cutPoints.frequency, format.count);
	const sentences = group ? [`${group.name}: ${group.meaning}`] : [];
	sentences.push(
		`Last order ${format.days(recencyDays)} ago. Recency ${of(r)} is ${recency} days.`,
		`Orders: ${format.count(frequency)}. Frequency ${of(f)} is ${orders}.`
	);
	if (monetaryTotal !== null && cutPoints.monetaryTotal !== null) {
		const money = band(m, cutPoints.monetaryTotal, (value) => format.money(value));
		const role = axes.some((axis) => axis === 'm' || axis === 'fm') ? '' : '; it does not decide the group';
		sentences.push(`${format.money(monetaryTotal)} in all. Money ${of(m)} is ${money}${role}.`);
	}
	return [...sentences, ...deciding(customer, axes, levels), ...caution(scoring)];
}

/** How the scores make the group, where that is more than looking up recency and frequency. */
function deciding({ f, m }: ScoredCustomer, axes: readonly RfmAxis[], levels: number): string[] {
	if (!axes.includes('fm')) return [];
	const mean = Math.floor((f + m + 1) / 2);
	const rounded = (f + m) % 2 === 1 ? ', a half counting up' : '';
	return [`Frequency and money together are ${mean} of ${levels}: the mean of ${f} and ${m}${rounded}.`];
}

/** What to know about where the lines lie. */
function caution({ scheme }: Scoring): string[] {
	switch (schemeOf(scheme).lines) {
		case 'ranks':
			return ['The fifths are of equal size, so customers with equal values can be on both sides of a line.'];
		case 'given':
			return ['The lines are where you drew them, or at the fifths where you drew none.'];
		case 'natural':
			return ['The lines lie in the gaps of the values, so the scores are not of equal size.'];
		case 'quantiles':
			return [];
	}
}

/** The values of the n-th band, 1 being the lowest: `up to 21`, `over 21, up to 51`, `over 164`. */
function band(n: number, cuts: readonly number[], write: (value: number) => string): string {
	const [above, upTo] = [cuts[n - 2], cuts[n - 1]];
	if (above === undefined) return `up to ${write(upTo ?? NaN)}`;
	return upTo === undefined ? `over ${write(above)}` : `over ${write(above)}, up to ${write(upTo)}`;
}
