const EXPONENT_FORM = /^(-?)(\d+)(?:\.(\d*))?e([+-]\d+)$/i;
const MAX_ZEROS = 40;

/** The shortest decimal text that gives this number back, without an exponent where that is not absurdly long. */
export function numberText(value: number): string {
	const text = String(value);
	const parts = text.includes('e') ? EXPONENT_FORM.exec(text) : null;
	if (parts === null) return text;
	const [, sign = '', whole = '', fraction = '', power = ''] = parts;
	const exponent = Number(power);
	if (Math.abs(exponent) > MAX_ZEROS) return text;
	const digits = whole + fraction;
	if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
	return sign + digits.padEnd(exponent + 1, '0');
}

/** The shortest text of a number of 32 bits: 0.1, not 0.10000000149011612. */
export function singleText(value: number): string {
	for (let digits = 6; digits < 9; digits += 1) {
		const short = Number(value.toPrecision(digits));
		if (Math.fround(short) === value) return numberText(short);
	}
	return numberText(value);
}

/** A whole number times 10^−scale, digit for digit. */
export function decimalText(unscaled: bigint, scale: number): string {
	if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
	const sign = unscaled < 0n ? '-' : '';
	const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
	return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
