import { readPlainNumber } from '#lib/core/plain-number.ts';

/** What was typed into a field of numbers: the number, or why it is none. */
export type Typed = { readonly value: number | null } | { readonly error: string };

/** What a field takes, in the unit in which it is typed. */
export interface FieldRange {
	readonly low: number;
	readonly high: number;
	/** True where only whole numbers are. */
	readonly isWhole?: boolean;
	/** True where an empty field means something. */
	readonly isOptional?: boolean;
}

/** Reads a field of numbers; a comma may stand for the decimal point where it cannot part thousands. */
export function readNumber(
	text: string,
	{ low, high, isWhole = false, isOptional = false }: FieldRange
): Typed {
	if (text.trim() === '' && isOptional) return { value: null };
	const read = readPlainNumber(text, '.');
	if (read.kind === 'number') {
		const { value } = read;
		if (value >= low && value <= high && (!isWhole || Number.isInteger(value))) return { value };
	}
	return { error: `Needs a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}.` };
}

/** A share as the percentage that is typed, without the noise of binary fractions. */
export function toPercent(share: number): number {
	return Number((100 * share).toPrecision(12));
}

/** How much is left of a weight after some days. */
export function leftAfter(days: number, halfLifeDays: number): number {
	return 0.5 ** (days / halfLifeDays);
}

/** The curve of what is left from the as-of day back, as a path in a box. */
export function decayPath(
	halfLifeDays: number,
	spanDays: number,
	box: { readonly width: number; readonly height: number }
): string {
	const steps = 60;
	return Array.from({ length: steps + 1 }, (_, i) => {
		const x = (i * box.width) / steps;
		const y = box.height * (1 - leftAfter((i * spanDays) / steps, halfLifeDays));
		return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
	}).join('');
}
