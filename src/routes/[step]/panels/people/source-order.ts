/** All sources, the most trusted first: those that are named, then the others in recipe order. */
export function trustOrder(sourceIds: readonly string[], order: readonly string[]): string[] {
	const named = order.filter((id) => sourceIds.includes(id));
	return [...named, ...sourceIds.filter((id) => !named.includes(id))];
}

/** The list with an entry one place up (-1) or down (1); at the end it stays. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
	const from = ids.indexOf(id);
	const to = from + by;
	const other = ids[to];
	if (from < 0 || other === undefined) return [...ids];
	return ids.map((each, i) => (i === from ? other : i === to ? id : each));
}
