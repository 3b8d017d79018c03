import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import type { RuleAnswer } from '#lib/session/segments/ask.ts';

/** What is said of those who fit, and of all others. */
export interface Sides {
	/** `12% of all customers. £45,210, 38% of the revenue.` */
	readonly found: string;
	/** `The other 2,310` */
	readonly othersName: string;
	/** ` bring £73,000, 62% of the revenue.` */
	readonly others: string;
}

/** Those who fit and all others, in words. */
export function sideOf(answer: Sized, format: Format): Sides {
	const { customers, others, revenue, othersRevenue } = answer;
	const everyone = customers + others;
	const share = everyone === 0 ? 0 : customers / everyone;
	const total = (revenue ?? 0) + (othersRevenue ?? 0);
	const money = (amount: number | null) =>
		amount === null
			? null
			: total > 0
				? `${format.money(amount)}, ${format.percent(amount / total)} of the revenue`
				: format.money(amount);
	const [own, left] = [money(revenue), money(othersRevenue)];
	return {
		found: `${format.percent(share)} of all customers.${own === null ? '' : ` ${own}.`}`,
		othersName: `The other ${format.count(others)}`,
		others:
			left === null
				? `: ${format.percent(1 - share)} of all customers.`
				: ` ${others === 1 ? 'brings' : 'bring'} ${left}.`
	};
}

/** The size of those who fit, and of all others. */
type Sized = Pick<RuleAnswer, 'customers' | 'others' | 'revenue' | 'othersRevenue'>;

/** How far a question has come. */
interface Answering {
	/** The last answer, which may be to the question before. */
	readonly found: Sized | null;
	readonly problem: string | null;
	readonly isFresh: boolean;
	readonly isLong: boolean;
	readonly isStopped: boolean;
}

/** What the screen opens with. An answer to the question before is told only for the moment until there is the next. */
export function draftTitle(answer: Answering | null, format: Format): string {
	if (answer === null) return draftFinding(null, format);
	if (answer.isStopped) return 'Stopped: nobody knows yet who fits.';
	if (answer.isLong) return 'Asking who fits …';
	if (answer.problem !== null) return 'It cannot be asked yet.';
	return draftFinding(answer.found, format);
}

/** What the numbers are of. */
export function liveHeading({ found, isFresh }: Pick<Answering, 'found' | 'isFresh'>): string {
	if (found === null) return 'Who fits';
	return isFresh ? 'Who fits now' : 'Who fitted before';
}

/** How many fit, and what they bring. */
export function draftFinding(answer: Sized | null, format: Format): string {
	if (answer === null) return 'Say who you mean, and see how many they are.';
	const { customers, others, revenue, othersRevenue } = answer;
	if (customers === 0) return 'Nobody fits yet.';
	if (others === 0) return `All ${counted(customers, 'customer', format)}: say whom you mean.`;
	const share = format.percent(customers / (customers + others));
	const total = (revenue ?? 0) + (othersRevenue ?? 0);
	const verb = customers === 1 ? 'brings' : 'bring';
	const bring =
		revenue === null || total <= 0 ? '' : `, ${verb} ${format.percent(revenue / total)} of the revenue`;
	return `${counted(customers, 'customer', format)}, ${share} of all${bring}.`;
}
