import type { Format } from '#lib/core/format.ts';
import type { CleanResult } from '#lib/pipeline/clean/schema.ts';
import { dataFinding, type Finding } from '#lib/session/findings.ts';

/** What the rows came to be, in one sentence: “They became 3,317 customers with 16,459 orders and 400 events.” */
export function tablesWords({ customers, orders, tables }: CleanResult, format: Format): string {
	const counted: readonly (readonly [number, string, string])[] = [
		[tables.profiles, 'profile', 'profiles'],
		[tables.events, 'event', 'events'],
		[tables.sends, 'message sent', 'messages sent'],
		[tables.campaigns, 'campaign row', 'campaign rows'],
		[tables.answers, 'answer', 'answers']
	];
	const parts = [
		...(orders > 0
			? [
					`${count(customers, 'customer', 'customers', format)} with ${count(orders, 'order', 'orders', format)}`
				]
			: []),
		...counted.filter(([n]) => n > 0).map(([n, one, many]) => count(n, one, many, format))
	];
	if (parts.length === 0) return '';
	const last = parts.length > 1 ? ` and ${parts.at(-1)}` : '';
	return `They became ${parts.slice(0, Math.max(1, parts.length - 1)).join(', ')}${last}.`;
}

/** What the Data screen opens with: the finding of the orders, or what is there without them. */
export function screenFinding(clean: CleanResult, format: Format): Finding {
	const isOnlyOrders = clean.sources.every(({ kind }) => kind === 'orders');
	if (isOnlyOrders) return dataFinding(clean, format);
	const read = `${format.count(clean.rowsRead)} rows read.`;
	if (clean.orders === 0) {
		return {
			title: `${read} There are no orders among them yet.`,
			sub: 'Add the orders export of your shop to see who buys, or say below that a file is a list of orders.'
		};
	}
	return {
		title: `${read} ${format.count(clean.rowsLoaded)} are loaded.`,
		sub:
			clean.rowsSetAside > 0
				? 'The rest is set aside, not deleted, and you can bring any of it back.'
				: tablesWords(clean, format)
	};
}

function count(n: number, one: string, many: string, format: Format): string {
	return `${format.count(n)} ${n === 1 ? one : many}`;
}
