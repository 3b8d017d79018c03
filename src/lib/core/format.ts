import type { Day } from './days.ts';

/** Numbers, money and days as a person of one place writes them. What is not a finite number shows as a dash. */
export interface Format {
	/** A whole number with its separators: `226,467`. */
	count(n: number): string;
	/** A short number for axes and tiles, of three digits: `3.24m`. */
	compact(n: number): string;
	/** An amount. Without `digits`: whole units from 100 up, else the digits of the currency. */
	money(n: number, digits?: number): string;
	/** A short amount for axes and tiles, of three digits: `£137k`. */
	compactMoney(n: number): string;
	/**
	 * A share of 1 as a percentage. Without `digits`: whole, with as many more as keep a share under 1% from showing as
	 * 0% or 1% and an incomplete one from showing as 100%.
	 */
	percent(share: number, digits?: number): string;
	/** A calendar day: `31 Aug 2011`. */
	day(day: Day): string;
	/** A calendar month, given as `2011-08`: `Aug 2011`. */
	month(month: string): string;
	/** A length of time with its unit: `1 day`, `153 days`. */
	days(n: number): string;
	/** A number with exactly so many digits after the point. */
	decimal(n: number, digits: number): string;
	/** How many times as much: `2.4×`; two digits below 1, none from 10 up. */
	ratio(n: number): string;
}

const NOTHING = '–';
const MOST_PERCENT_DIGITS = 3;

/**
 * The formats of a place. `locale` is a BCP 47 tag (the machine's own when left out); `currency` an ISO 4217 code,
 * or null when the amounts have no known currency, which shows them as plain numbers.
 */
export function createFormat(locale?: string, currency: string | null = null): Format {
	const numbers = cached((options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
	const number = (n: number, options: Intl.NumberFormatOptions) =>
		Number.isFinite(n) ? numbers(options).format(n) : NOTHING;
	const unit: Intl.NumberFormatOptions =
		currency === null ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' };
	const monthOnly: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric', timeZone: 'UTC' };
	const days = cached((options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));

	return {
		count: (n) => number(n, { maximumFractionDigits: 0 }),
		compact: (n) => number(n, { notation: 'compact', maximumSignificantDigits: 3 }),
		money: (n, digits) => number(n, { ...unit, ...moneyDigits(n, currency, digits) }),
		compactMoney: (n) => number(n, { ...unit, notation: 'compact', maximumSignificantDigits: 3 }),
		percent: (share, digits) =>
			number(share, {
				style: 'percent',
				minimumFractionDigits: digits ?? 0,
				maximumFractionDigits: digits ?? percentDigits(share)
			}),
		day: (day) => days({ day: 'numeric', ...monthOnly }).format(Date.parse(`${day}T00:00:00Z`)),
		month: (month) => days(monthOnly).format(Date.parse(`${month}-01T00:00:00Z`)),
		days: (n) => number(n, { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 0 }),
		decimal: (n, digits) => number(n, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
		ratio: (n) => (Number.isFinite(n) ? `${number(n, { maximumFractionDigits: ratioDigits(n) })}×` : NOTHING)
	};
}

/** What formats by these options, made when it is first needed: each takes a millisecond or more. */
function cached<Options, Made>(make: (options: Options) => Made): (options: Options) => Made {
	const made = new Map<string, Made>();
	return (options) => {
		const key = JSON.stringify(options);
		const known = made.get(key) ?? make(options);
		made.set(key, known);
		return known;
	};
}

function moneyDigits(n: number, currency: string | null, digits?: number): Intl.NumberFormatOptions {
	if (digits !== undefined) return { minimumFractionDigits: digits, maximumFractionDigits: digits };
	if (Math.abs(n) >= 100 || n === 0) return { minimumFractionDigits: 0, maximumFractionDigits: 0 };
	return currency === null ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : {};
}

function percentDigits(share: number): number {
	const [own, missing] = [100 * Math.abs(share), 100 * Math.abs(1 - Math.abs(share))];
	const distance = Math.min(own, missing);
	// Half a percent missing would be rounded up; it is not a round number in binary.
	if (distance === 0 || (own >= 1 && missing > 0.5 + 1e-9)) return 0;
	return Math.min(MOST_PERCENT_DIGITS, Math.ceil(-Math.log10(distance)));
}

function ratioDigits(n: number): number {
	if (Math.abs(n) < 1) return 2;
	return Math.abs(n) < 10 ? 1 : 0;
}
