import type { Format } from '#lib/core/format.ts';
import type {
	Changes,
	Fate,
	ImportState,
	Movement,
	MovementFilter
} from '#lib/pipeline/segment/changes/schema.ts';
import { countOf, FATE_WORDS, GONE, goneWords, NEWCOMERS, plural, shownCategories, signed } from './words.ts';

/** A number over a comparison, as `StatTiles` takes it. */
export interface FateTile {
	readonly label: string;
	readonly value: string;
	readonly note: string | undefined;
	readonly onclick: (() => void) | undefined;
}

/** One number per fate that somebody has, with what it brought, and the difference of the money. */
export function fateTiles(
	changes: Changes,
	format: Format,
	onOpen: (filter: MovementFilter, count: number) => void
): FateTile[] {
	const tile = (fate: Fate, note?: string): FateTile => {
		const count = countOf(changes, fate);
		return {
			label: FATE_WORDS[fate].label,
			value: format.count(count),
			note,
			onclick: count === 0 ? undefined : () => onOpen({ kind: 'fate', fate }, count)
		};
	};
	return [
		tile('new', broughtBy(changes, 'new', format)),
		tile('returned', broughtBy(changes, 'returned', format)),
		tile('unchanged'),
		...(countOf(changes, 'corrected') > 0
			? [tile('corrected', broughtBy(changes, 'corrected', format))]
			: []),
		tile('gone', goneWords(changes.goneReasons, format)),
		...(countOf(changes, 'joined') > 0 ? [tile('joined', 'Two before, one person now')] : [])
	];
}

/** Orders and money of a fate: `+312 orders, +£9,120`. */
function broughtBy({ fates }: Changes, fate: Fate, format: Format): string | undefined {
	const result = fates.find((each) => each.fate === fate);
	if (!result || result.customers === 0) return undefined;
	const orders = `${signed(result.ordersAdded, format.count)} ${plural(result.ordersAdded, 'order')}`;
	return result.revenueAdded === null
		? orders
		: `${orders}, ${signed(result.revenueAdded, format.compactMoney)}`;
}

/** Every route that somebody took, as rows of a table: from, to, customers. */
export function routeRows(movement: Movement, now: ImportState, format: Format): string[][] {
	const categories = shownCategories(movement, now);
	const last = movement.categories.length;
	const ends = (none: string) => [
		...categories.map(({ category, name }) => ({ at: category, name })),
		{ at: last, name: none }
	];
	return ends(NEWCOMERS).flatMap((from) =>
		ends(GONE).flatMap((to) => {
			const count = movement.counts[from.at]?.[to.at] ?? 0;
			return count === 0 ? [] : [[from.name, to.name, format.count(count)]];
		})
	);
}

/** The totals of two imports with their difference, as rows of a table. */
export function totalRows({ before, now }: Changes, format: Format): string[][] {
	const number = (
		label: string,
		of: 'customers' | 'orders' | 'revenue' | 'rowsRead',
		write: (n: number) => string
	) => {
		const [was, is] = [before[of], now[of]];
		if (was === null || is === null) return [];
		return [[label, write(was), write(is), signed(is - was, write)]];
	};
	const day = (label: string, of: 'firstOrder' | 'lastOrder') => {
		const [was, is] = [before[of], now[of]];
		return was === null || is === null ? [] : [[label, format.day(was), format.day(is), '']];
	};
	return [
		...number('Customers', 'customers', format.count),
		...number('Orders', 'orders', format.count),
		...number('Revenue', 'revenue', format.money),
		...number('Rows read', 'rowsRead', format.count),
		...day('First order', 'firstOrder'),
		...day('Last order', 'lastOrder'),
		['Files', format.count(before.sources.length), format.count(now.sources.length), '']
	];
}
