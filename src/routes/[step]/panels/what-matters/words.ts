import { addDays } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import {
	LEAK_AT,
	LEAST_EACH,
	MOST_MISSING,
	SHORT_LIST,
	type Driver,
	type DriversLack,
	type DriversResult,
	type DriverUnit,
	type Horizon,
	type LeftOut,
	type Outcome,
	type Tenth
} from '#lib/pipeline/segment/drivers/schema.ts';
import type { Finding } from '#lib/session/findings.ts';
import { featureAmount, featureValue } from '../feature-words.ts';

/** What can be asked, as the choice says it, and as the end of “tells most about …”. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, { readonly choice: string; readonly about: string }>> = {
	repeat: { choice: 'Who buys again', about: 'who buys again' },
	value: { choice: 'How much they spend next', about: 'how much customers spend next' },
	response: { choice: 'Who clicks', about: 'who clicks' }
};

/** True where the outcome is told better than by chance. */
export function isTold({ skill, isBinary }: Pick<DriversResult, 'skill' | 'isBinary'>): boolean {
	return skill.low > (isBinary ? 0.5 : 0);
}

/** Every feature, counted once: `all` is the sum of `weighed`, `aside` and `leftOut`. */
export interface DriverCounts {
	readonly all: number;
	/** Took part in the weighing; near-copies together. */
	readonly weighed: number;
	/** The weighed ones with near-copies counted as one. */
	readonly groups: number;
	/** Groups that add something of their own. */
	readonly above: number;
	/** Looked at alone only: too good to be true, or the same for all who were weighed. */
	readonly aside: number;
	/** Could not be weighed. */
	readonly leftOut: number;
}

/** How many features there are, and what became of them. */
export function countDrivers({
	units,
	drivers,
	leftOut
}: Pick<DriversResult, 'units' | 'drivers' | 'leftOut'>): DriverCounts {
	const weighed = units.reduce((sum, { features }) => sum + features.length, 0);
	return {
		all: drivers.length + leftOut.length,
		weighed,
		groups: units.length,
		above: units.filter(({ isAboveChance }) => isAboveChance).length,
		aside: drivers.length - weighed,
		leftOut: leftOut.length
	};
}

/** The counts in words, which add up. */
export function countWords({ all, weighed, groups, aside, leftOut }: DriverCounts): string {
	const others = [
		...(aside > 0 ? [`${aside} set aside`] : []),
		...(leftOut > 0 ? [`${leftOut} left out, which the end of the page explains`] : [])
	];
	const total = `${all} features: ${[`${weighed} weighed`, ...others].join(', ')}.`;
	if (groups === weighed) return total;
	return `${total} The ${weighed} are ${groups} when near-copies, which say nearly the same, count as one.`;
}

/** The sentence of the screen, and whom and which days it is of. */
export function driversFinding(result: DriversResult, asked: Horizon, format: Format): Finding {
	const sub = [followed(result, format), shortened(result, asked, format)]
		.filter((text) => text !== '')
		.join(' ');
	const { about } = OUTCOME_WORDS[result.outcome];
	const [first] = result.units;
	const label = result.drivers.find(({ id }) => id === first?.features[0])?.label;
	if (!isTold(result) || first === undefined || label === undefined)
		return { title: `Hardly better than chance: nothing here tells ${about}.`, sub };
	if (!first.isAboveChance)
		return { title: `No feature stands out: what tells ${about} is shared by several.`, sub };
	const copies = first.features.length > 1 ? ', with what is nearly the same,' : '';
	return { title: `${label}${copies} tells most about ${about}.`, sub };
}

function followed(
	{ outcome, customers, withOutcome, base, day, horizon }: DriversResult,
	format: Format
): string {
	const who =
		outcome === 'response'
			? `Of ${format.count(customers)} customers who were sent something in the ${horizon} days from ${format.day(day)}`
			: `Of ${format.count(customers)} customers with an order before ${format.day(day)}`;
	const did = {
		repeat: `bought again in the ${horizon} days after`,
		value: `spent something in the ${horizon} days after`,
		response: 'clicked'
	}[outcome];
	const share = outcome === 'value' ? withOutcome / customers : base.value;
	return `${who}, ${format.count(withOutcome)} ${did}: ${format.percent(share)}.`;
}

/** Why fewer days are followed than could be asked for. */
function shortened({ horizon, until }: DriversResult, asked: Horizon, format: Format): string {
	if (horizon >= asked) return '';
	return `${asked} days would need more history: they end on ${format.day(addDays(until, -1))}.`;
}

/** Which days can be followed, where the history is too short for all. */
export function horizonHint(
	horizons: readonly Horizon[],
	first: string,
	last: string,
	format: Format
): string {
	const most = horizons.at(-1);
	if (most === undefined || most === 90) return '';
	return `Orders run from ${format.day(first)} to ${format.day(last)}, so at most ${most} days are followed: there has to be as much history before.`;
}

/** Why there is no answer, and what it takes. */
export function lackWords(lack: DriversLack, format: Format): { title: string; text: string } {
	switch (lack.kind) {
		case 'history':
			return {
				title: 'The history is too short to look back',
				text: `It runs from ${format.day(lack.first)} to ${format.day(lack.last)}, ${format.days(lack.days)}. It takes ${format.days(lack.needed)}: half to describe customers, half to see what they did.`
			};
		case 'amounts':
			return {
				title: 'No file tells what was paid',
				text: 'To weigh what tells how much customers spend, an orders file needs a column of amounts.'
			};
		case 'sends':
			return {
				title: 'No file tells who was sent what',
				text: 'To weigh what tells who clicks, add a file of sends: messages to people, and what came back.'
			};
		case 'few':
			return {
				title: 'Too few customers to tell them apart',
				text: `Of ${format.count(lack.customers)} customers, ${format.count(lack.withOutcome)} did it. It takes at least ${LEAST_EACH} who did and ${LEAST_EACH} who did not.`
			};
		case 'features':
			return {
				title: 'Customers did not differ then',
				text: 'On that day every feature had the same value for everyone.'
			};
	}
}

/** How well the outcome can be told, as a judgement and as what the number means. */
export function skillWords(
	{ skill, isBinary, outcome }: DriversResult,
	format: Format
): { grade: string; meaning: string } {
	if (!isBinary) {
		const share = format.percent(Math.max(0, skill.value));
		return {
			grade: band(skill.low <= 0 ? 0 : skill.value, [0.1, 0.3, 0.5]),
			meaning: `${share} of the differences between customers, on a log scale of money, are explained.`
		};
	}
	const did = outcome === 'response' ? 'clicked' : 'bought again';
	return {
		grade: band(skill.low <= 0.5 ? 0 : skill.value, [0.6, 0.7, 0.8]),
		meaning: `Shown one customer who ${did} and one who did not, it picks the right one ${format.count(skill.value * 100)} times in 100.`
	};
}

function band(value: number, [some, fair, good]: readonly [number, number, number]): string {
	if (value <= 0) return 'Hardly better than chance';
	if (value < some) return 'Barely';
	if (value < fair) return 'Somewhat';
	return value < good ? 'Fairly well' : 'Well';
}

/** Why a feature is suggested. */
export function listedWords(
	driver: Driver,
	unit: DriverUnit,
	isBinary: boolean,
	labelOf: (id: string) => string,
	format: Format
): string {
	const lost = `${isBinary ? 'AUC' : 'R²'} ${smallNumber(unit.importance.value, format)}`;
	const others = unit.features.filter((id) => id !== driver.id).map(labelOf);
	if (others.length === 0) return `Without it ${lost} is lost, more than by chance.`;
	const isPair = others.length === 1;
	const why = {
		'tells-most': 'tells most of them',
		'less-missing': 'is known of more customers',
		'not-sensitive': 'is not sensitive'
	}[unit.because ?? 'tells-most'];
	const alone =
		driver.importance === null
			? ''
			: ` Without it alone, ${smallNumber(driver.importance.value, format)}: ${isPair ? 'the other stands' : 'the others stand'} in for it.`;
	return `Without it and its ${isPair ? 'near-copy' : 'near-copies'} (${others.join(', ')}) ${lost} is lost, more than by chance.${alone} It speaks for ${isPair ? 'both' : 'all of them'}, for it ${why}.`;
}

/** Why a feature is not suggested; empty where it is. */
export function refusalWords(
	driver: Driver,
	isBinary: boolean,
	labelOf: (id: string) => string,
	format: Format
): string {
	const { verdict, missing, alone } = driver;
	switch (verdict.kind) {
		case 'listed':
			return '';
		case 'copy':
			return `Nearly the same as ${labelOf(verdict.of)}.`;
		case 'chance':
			return 'Not better than chance, neither alone nor beside the others.';
		case 'shared':
			return `Adds nothing beyond the others: alone it tells something (${aloneWords(driver, isBinary, format)}).`;
		case 'leak':
			return `It tells too much to be true: ${isBinary ? 'AUC' : 'a correlation of'} ${format.decimal(alone, 2)} on its own, from ${format.decimal(LEAK_AT, 2)} on. It may be made of the outcome.`;
		case 'constant':
			return 'Everyone has the same value.';
		case 'sensitive':
			return 'Sensitive: it tells of a person’s nature.';
		case 'missing':
			return `Missing for ${format.percent(missing)} of customers; at most ${format.percent(MOST_MISSING)} may be.`;
		case 'beyond':
			return `It matters less than the ${SHORT_LIST} on the list.`;
	}
}

/** What a feature tells on its own, by the measure that shows it. */
function aloneWords(
	{ alone, spearman, pearson, information }: Driver,
	isBinary: boolean,
	format: Format
): string {
	const leavesOutNothing = ({ low, high }: Driver['spearman']) => low > 0 || high < 0;
	if (leavesOutNothing(spearman))
		return `${isBinary ? 'AUC' : 'a correlation of'} ${format.decimal(alone, 2)}`;
	if (leavesOutNothing(pearson)) return `a correlation of ${format.decimal(pearson.value, 2)}`;
	return `${format.decimal(information.bits, 3)} bits of information`;
}

/** The verdict in a word or two, for a table. */
export function verdictWord({ verdict }: Driver): string {
	return {
		listed: 'Suggested',
		copy: 'Near-copy',
		chance: 'No better than chance',
		shared: 'Adds nothing more',
		leak: 'Too good to be true',
		constant: 'Same for all',
		sensitive: 'Sensitive',
		missing: 'Often missing',
		beyond: 'Matters less'
	}[verdict.kind];
}

/** The values of a tenth: `12 to 30 days`. */
export function tenthWords(driver: Pick<Driver, 'id' | 'unit'>, { from, to }: Tenth, format: Format): string {
	if (from === null || to === null) return 'No value';
	if (from === to) return featureAmount(driver, from, format);
	return `${featureValue(driver.id, from, format, [driver])} to ${featureAmount(driver, to, format)}`;
}

/** What the tenths of a feature show, in a sentence. */
export function tenthsFinding(
	driver: Driver,
	{ outcome }: DriversResult,
	text: (value: number) => string,
	format: Format
): string {
	const known = driver.tenths.filter(({ from }) => from !== null);
	if (known.length < 2) return `${driver.label} is the same for nearly everyone`;
	const [low, high] = [least(known), known.toSorted((a, b) => b.outcome.value - a.outcome.value)[0]];
	if (!low || !high) return driver.label;
	const did = { repeat: 'bought again', value: 'was spent on average', response: 'clicked' }[outcome];
	const [most, few] = [high, low].map((tenth) => tenthWords(driver, tenth, format));
	return `${driver.label}: at ${most ?? ''}, ${text(high.outcome.value)} ${did}; at ${few ?? ''}, ${text(low.outcome.value)}`;
}

function least(tenths: readonly Tenth[]): Tenth | undefined {
	return tenths.toSorted((a, b) => a.outcome.value - b.outcome.value)[0];
}

/** Why features took no part: a line for each reason. */
export function leftOutLines(leftOut: readonly LeftOut[]): { title: string; text: string }[] {
	const of = (why: LeftOut['why']) => leftOut.filter((each) => each.why === why);
	const named = (features: readonly LeftOut[]) => textList(features.map(({ label }) => label));
	const lines: { title: string; text: string }[] = [];
	const [own, constant, text, unavailable] = [of('own'), of('constant'), of('text'), of('unavailable')];
	if (own.length > 0) {
		lines.push({
			title: 'Numbers of saved queries',
			text: `${named(own)}. They are of today, so they know what happened afterwards.`
		});
	}
	if (constant.length > 0) lines.push({ title: 'The same for everyone', text: `${named(constant)}.` });
	if (text.length > 0)
		lines.push({ title: 'Texts and days', text: `${named(text)}. Only numbers are weighed.` });
	const needs = new Map<string, LeftOut[]>();
	for (const each of unavailable) {
		const key = textList(each.needs);
		needs.set(key, [...(needs.get(key) ?? []), each]);
	}
	for (const [need, features] of needs) lines.push({ title: `Needs ${need}`, text: `${named(features)}.` });
	return lines;
}

/** A small number of three digits; what rounds to nothing has no sign. */
export function smallNumber(value: number, format: Format): string {
	return format.decimal(Math.abs(value) < 0.0005 ? 0 : value, 3);
}

/** A list in words: `a, b and c`. */
export function textList(texts: readonly string[]): string {
	return texts.length < 2 ? (texts[0] ?? '') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
