import type { Format } from '#lib/core/format.ts';
import type { DriversResult } from '#lib/pipeline/segment/drivers/schema.ts';
import { countDrivers, skillWords } from './words.ts';

/** A number over what matters, as `StatTiles` takes it. */
interface Tile {
	readonly label: string;
	readonly value: string;
	readonly unit?: string;
	readonly note: string;
	readonly strip?: {
		readonly value: number;
		readonly low: number;
		readonly high: number;
		readonly few: boolean;
	};
}

/** Fewer customers than this: the interval is drawn dashed. */
const FEW = 100;

/** Whom it is about, what they did, how well that can be told, and by how many features. */
export function driverTiles(result: DriversResult, format: Format): Tile[] {
	const { customers, base, isBinary } = result;
	const { above, groups, weighed } = countDrivers(result);
	return [
		{ label: 'Customers followed', value: format.count(customers), note: `from ${format.day(result.day)}` },
		{
			label: { repeat: 'Bought again', value: 'Mean spend', response: 'Clicked' }[result.outcome],
			value: isBinary ? format.percent(base.value) : format.money(base.value),
			note: rangeNote(base, (value) => (isBinary ? format.percent(value) : format.money(value))),
			...(isBinary && {
				strip: { value: base.value, low: base.low, high: base.high, few: customers < FEW }
			})
		},
		skillTile(result, format),
		{
			label: 'Add something of their own',
			value: format.count(above),
			unit: `of ${format.count(groups)}`,
			note:
				groups === weighed
					? 'of the features weighed'
					: `${format.count(weighed)} features weighed, near-copies counted as one`
		}
	];
}

function skillTile(result: DriversResult, format: Format): Tile {
	const { skill, isBinary, customers } = result;
	const { grade, meaning } = skillWords(result, format);
	const number = (value: number): string => format.decimal(value, 2);
	return {
		label: 'How well it can be told',
		value: grade,
		note: `${isBinary ? 'AUC' : 'R²'} ${number(skill.value)} (${number(skill.low)} to ${number(skill.high)}). ${meaning}`,
		strip: isBinary
			? { value: scaled(skill.value), low: scaled(skill.low), high: scaled(skill.high), few: customers < FEW }
			: { value: skill.value, low: Math.max(0, skill.low), high: skill.high, few: customers < FEW }
	};
}

/** From chance to perfect. */
function scaled(area: number): number {
	return Math.max(0, 2 * area - 1);
}

function rangeNote(
	{ low, high }: { readonly low: number; readonly high: number },
	text: (value: number) => string
): string {
	return `${text(low)} to ${text(high)}, 95% interval`;
}
