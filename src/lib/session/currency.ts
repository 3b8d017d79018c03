const SIGNS: ReadonlyMap<string, string> = new Map([
	['£', 'GBP'],
	['$', 'USD'],
	['€', 'EUR'],
	['¥', 'JPY']
]);

/** The ISO 4217 code of the first currency found, or null when there is none or it is unknown. */
export function currencyCode(found: readonly string[]): string | null {
	const first = found[0]?.trim().toUpperCase();
	if (first === undefined) return null;
	const code = SIGNS.get(first) ?? first;
	return /^[A-Z]{3}$/.test(code) ? code : null;
}
