import type { Format } from '#lib/core/format.ts';
import { isDay, type Day } from '#lib/core/days.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import type { FeatureUnit } from '#lib/pipeline/features/schema.ts';

export { featureLabel } from '#lib/pipeline/features/definitions/index.ts';

/** What of a feature says how its values are written. */
interface Measured {
	readonly id: string;
	readonly unit: FeatureUnit;
}

/** A value of a feature as its unit is written, without the word of the unit, which the label has. */
export function featureValue(
	id: string,
	value: number,
	format: Format,
	known: readonly Measured[] = DEFINITIONS
): string {
	const unit = known.find((feature) => feature.id === id)?.unit ?? 'number';
	return Number.isFinite(value) ? written(unit, value, format) : '–';
}

function written(unit: FeatureUnit, value: number, format: Format): string {
	switch (unit) {
		case 'money':
			return format.money(value);
		case 'share':
			return format.percent(value);
		case 'ratio':
			return format.decimal(value, 2);
		case 'index':
			return format.ratio(value);
		case 'score':
			return Number.isInteger(value) ? format.count(value) : format.decimal(value, 1);
		default:
			return Number.isInteger(value) ? format.count(value) : shortDecimal(value, format);
	}
}

function shortDecimal(value: number, format: Format): string {
	return Math.abs(value) < 0.95 ? format.decimal(value, 2) : format.decimal(value, 1);
}

const UNIT_WORDS: Partial<Readonly<Record<FeatureUnit, readonly [one: string, more: string]>>> = {
	days: ['day', 'days'],
	orders: ['order', 'orders'],
	months: ['month', 'months'],
	items: ['item', 'items'],
	years: ['year', 'years']
};

/** A value with the word of its unit: `15 days`. */
export function featureAmount({ id, unit }: Measured, value: number, format: Format): string {
	const text = featureValue(id, value, format, [{ id, unit }]);
	const words = UNIT_WORDS[unit];
	if (words === undefined || !Number.isFinite(value)) return text;
	return `${text} ${value === 1 ? words[0] : words[1]}`;
}

/** A text of a feature: days as people write them, all else as it is. */
export function featureText(text: string, format: Format): string {
	return isDay(text) ? format.day(text as Day) : text;
}

/** What the values are counted in: `days`; empty where the values say it. */
export function unitWord(unit: FeatureUnit): string {
	return UNIT_WORDS[unit]?.[1] ?? '';
}
