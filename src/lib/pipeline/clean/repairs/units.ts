/** A unit, how it is written, and how much it is in the smallest parts that its quantity is counted in. */
export interface Unit {
	readonly id: string;
	readonly quantity: Quantity;
	readonly title: string;
	/** In small letters, without blanks and points. */
	readonly written: readonly string[];
	/** In parts of the quantity: a whole number wherever one is possible, so that conversions between them are exact. */
	readonly parts: number;
}

export const QUANTITIES = ['mass', 'length', 'volume', 'time'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/**
 * The units that amounts are read in. Metric ones are those of the International System; the pound of 0.45359237 kg and the
 * yard of 0.9144 m are those of the international agreement of 1959, the US gallon of 231 cubic inches is 3.785411784 l
 * (NIST Special Publication 811, Appendix B). Parts are 10 µg, 0.1 µm, 1 nl × 10⁻³ and 1 s.
 */
export const UNITS: readonly Unit[] = [
	unit('mg', 'mass', 'milligrams', 100, 'mgs milligram milligrams'),
	unit('g', 'mass', 'grams', 100_000, 'gr grs gm gms gram grams gramme grammes gramm'),
	unit('kg', 'mass', 'kilograms', 100_000_000, 'kgs kilo kilos kilogram kilograms kilogramme kilogramm'),
	unit('t', 'mass', 'tonnes', 100_000_000_000, 'tonne tonnes'),
	unit('oz', 'mass', 'ounces', 45_359_237 / 16, 'ozs ounce ounces'),
	unit('lb', 'mass', 'pounds', 45_359_237, 'lbs pound pounds'),
	unit('st', 'mass', 'stones', 14 * 45_359_237, 'stone stones'),
	unit('mm', 'length', 'millimetres', 10_000, 'millimetre millimetres millimeter millimeters'),
	unit(
		'cm',
		'length',
		'centimetres',
		100_000,
		'cms centimetre centimetres centimeter centimeters zentimeter'
	),
	unit('m', 'length', 'metres', 10_000_000, 'mtr metre metres meter meters mètre mètres metro metros'),
	unit('km', 'length', 'kilometres', 10_000_000_000, 'kms kilometre kilometres kilometer kilometers'),
	unit('in', 'length', 'inches', 254_000, 'inch inches " ″ zoll'),
	unit('ft', 'length', 'feet', 3_048_000, "foot feet ' ′"),
	unit('yd', 'length', 'yards', 9_144_000, 'yds yard yards'),
	unit('mi', 'length', 'miles', 16_093_440_000, 'mile miles'),
	unit('ml', 'volume', 'millilitres', 1_000_000_000, 'mls millilitre millilitres milliliter milliliters cc'),
	unit('cl', 'volume', 'centilitres', 10_000_000_000, 'centilitre centilitres centiliter centiliters'),
	unit('dl', 'volume', 'decilitres', 100_000_000_000, 'decilitre decilitres deciliter deciliters'),
	unit('l', 'volume', 'litres', 1_000_000_000_000, 'ltr ltrs lt litre litres liter liters'),
	unit('m3', 'volume', 'cubic metres', 1_000_000_000_000_000, 'm³ cbm'),
	unit('fl_oz', 'volume', 'US fluid ounces', 3_785_411_784_000 / 128, 'fluidounce fluidounces'),
	unit('pt', 'volume', 'US pints', 3_785_411_784_000 / 8, 'pts pint pints'),
	unit('qt', 'volume', 'US quarts', 3_785_411_784_000 / 4, 'qts quart quarts'),
	unit('gal', 'volume', 'US gallons', 3_785_411_784_000, 'gals gallon gallons'),
	unit('s', 'time', 'seconds', 1, 'sec secs second seconds'),
	unit('min', 'time', 'minutes', 60, 'mins minute minutes'),
	unit('h', 'time', 'hours', 3600, 'hr hrs hour hours'),
	unit('d', 'time', 'days', 86_400, 'day days'),
	unit('wk', 'time', 'weeks', 604_800, 'wks week weeks')
];

export const UNIT_IDS = UNITS.map(({ id }) => id);

const byId = new Map(UNITS.map((each) => [each.id, each]));

/** The unit of that id. @throws RangeError when there is none */
export function unitOf(id: string): Unit {
	const found = byId.get(id);
	if (!found) throw new RangeError(`no unit ${id}`);
	return found;
}

function unit(id: string, quantity: Quantity, title: string, parts: number, others: string): Unit {
	return { id, quantity, title, parts, written: [id.replace('_', ''), ...others.split(' ')] };
}
