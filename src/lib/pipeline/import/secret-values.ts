/** A payment card number: a length and prefix that issuers use, and a check digit (ISO/IEC 7812-1, Luhn) that is right. */
export function isCardNumber(text: string): boolean {
	const trimmed = text.trim();
	if (!/^\d(?:[ -]?\d){13,18}$/.test(trimmed)) return false;
	const digits = trimmed.replace(/\D/g, '');
	return ISSUERS.some((issuer) => issuer.test(digits)) && hasLuhnDigit(digits);
}

/**
 * Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, by prefix and length. Visa numbers of
 * 13 digits are long out of use, and would be taken for order numbers or the other way round.
 */
const ISSUERS = [
	/^4(\d{15}|\d{18})$/,
	/^(5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
	/^3[47]\d{13}$/,
	/^(6011|64[4-9]\d|65\d{2})\d{12}$/,
	/^3(0[0-5]|[689]\d)\d{11}$/,
	/^35(2[89]|[3-8]\d)\d{12}$/,
	/^62\d{14,17}$/,
	/^(5018|5020|5038|5893|6304|6759|676[1-3])\d{12,15}$/
];

function hasLuhnDigit(digits: string): boolean {
	let sum = 0;
	for (let i = 0; i < digits.length; i += 1) {
		const digit = Number(digits[digits.length - 1 - i]);
		const doubled = i % 2 === 1 ? 2 * digit : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}

/** An IBAN whose check digits are right (ISO 13616, ISO 7064 mod 97-10), with or without blanks. */
export function isIban(text: string): boolean {
	const bare = text.replace(/ /g, '').toUpperCase();
	if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(bare)) return false;
	let remainder = 0;
	for (const char of bare.slice(4) + bare.slice(0, 4)) {
		const value = parseInt(char, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder === 1;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IP_V4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
/** An address of version 4 or 6 of the internet protocol. `1.2.3.4` counts, too; a column tells it from a version. */
export function isIpAddress(text: string): boolean {
	const trimmed = text.trim();
	return IP_V4.test(trimmed) || isIpV6(trimmed);
}

/** Eight groups of hexadecimal digits, or fewer with `::` for those that are zero (RFC 4291, section 2.2). */
function isIpV6(text: string): boolean {
	if (!/^[\da-f:]{2,39}$/i.test(text) || text.split('::').length > 2) return false;
	const groups = text.split(':').filter((group) => group !== '');
	const isComplete = text.includes('::') ? groups.length < 8 : groups.length === 8;
	return isComplete && groups.length > 0 && groups.every((group) => group.length <= 4);
}

/** True for an IP address that cannot be a version number such as `2.10.3.1`. */
export function isPlainlyIpAddress(text: string): boolean {
	return isIpAddress(text) && (text.includes(':') || text.split('.').some((octet) => Number(octet) >= 64));
}

const PASSWORD_HASHES = [
	/^\$(?:2[abxy]|1|5|6|y|P|H|argon2(?:id|i|d)|pbkdf2[\w-]*|scrypt)\$/,
	/^(?:pbkdf2|bcrypt|argon2|scrypt)[\w-]*\$/i,
	/^[\da-f]{32,64}:[\w$+/=-]{8,}(?::\d+)?$/i,
	/^\{(?:SSHA|SHA|MD5|CRYPT)\d*\}/i
];

/** A stored password: bcrypt, Argon2, PHPass, crypt, PBKDF2, LDAP and `hash:salt` notations. */
export function isPasswordHash(text: string): boolean {
	const trimmed = text.trim();
	return PASSWORD_HASHES.some((hash) => hash.test(trimmed));
}

const TOKENS = [
	/^eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*$/,
	/^(?:[sprw]k|whsec|rk)_(?:live|test)_\w{10,}$/,
	/^(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|shp(?:at|ca|pa|ss)_|AKIA|ya29\.|SG\.)[\w.-]{10,}$/,
	/^Bearer\s+\S{10,}$/i
];

/** A key that opens an account by itself: signed tokens and the API keys of well-known services. */
export function isToken(text: string): boolean {
	const trimmed = text.trim();
	return TOKENS.some((token) => token.test(trimmed));
}

/** Long and random: at least 20 letters and digits without a blank, both kinds among them. */
export function isLongRandom(text: string): boolean {
	const trimmed = text.trim();
	return /^[\w+/=.~-]{20,}$/.test(trimmed) && /\d/.test(trimmed) && /[a-z]/i.test(trimmed);
}

/**
 * A text in which whatever may be a card, an account, an address of a machine or a key is replaced by `…`: runs of nine
 * digits or more (their last four stay), IP addresses, and long mixtures of letters and digits. E-mail addresses stay.
 */
export function scrubbed(text: string): string {
	return text.replace(SUSPECTS, (found) => {
		if (/[\w.]@[\w.]/.test(found)) return found;
		if (isIpAddress(found)) return '…';
		const digits = found.replace(/[ .-]/g, '');
		if (/^\d{9,}$/.test(digits)) return `…${digits.slice(-4)}`;
		return isLongRandom(found) || isIban(found) ? '…' : found;
	});
}

/** Pieces to look at: numbers with blanks between their digits, else what stands between blanks and delimiters. */
const SUSPECTS = /(?<![\w@.])\d(?:[ -]?\d){8,}(?![\w@])|[\w@+/=.:~$-]{7,}/g;
