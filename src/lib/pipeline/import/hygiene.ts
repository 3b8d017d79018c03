import { columnWords } from './column-words.ts';
import type { WithheldColumn } from './schema.ts';
import {
	isCardNumber,
	isIban,
	isIpAddress,
	isLongRandom,
	isPasswordHash,
	isPlainlyIpAddress,
	isToken
} from './secret-values.ts';

export { sensitiveKind } from './sensitive.ts';

type Finding = Omit<WithheldColumn, 'column'>;
type Rule = (words: string, filled: readonly string[]) => Finding | null;

/**
 * The columns whose content must not be kept, by their names or by what their cells hold. `records` are sampled rows.
 * Card numbers and bank accounts are masked down to their last four characters; all else is dropped. What tells nothing by
 * itself stays: the last four digits and the brand of a card, ids such as `card_1Abc`, numbers of loyalty and gift cards.
 */
export function findWithheld(
	columns: readonly { readonly name: string; readonly index: number }[],
	records: readonly (readonly string[])[]
): WithheldColumn[] {
	return columns.flatMap(({ name, index }) => {
		const words = columnWords(name);
		const filled = records.map((record) => (record[index] ?? '').trim()).filter((value) => value !== '');
		const finding = RULES.reduce<Finding | null>((found, rule) => found ?? rule(words, filled), null);
		return finding === null ? [] : [{ column: name, ...finding }];
	});
}

const PASSWORD_NAME =
	/ (password|passwords|passwd|pwd|passphrase|passwort|kennwort|passwordhash|hashed pass|pass hash|mot de passe|contrasena|senha|wachtwoord|parola d ordine) /;
const SECRET_NAME =
	/ (rp token|rptoken|api key|apikey|api secret|client secret|secret key|secret|access key|private key|auth key|authkey|session key|session secret|csrf|xsrf|jwt|bearer|refresh token|totp|otp secret|2fa secret|mfa secret|card fingerprint|fingerprint) /;
const TOKEN_NAME = / (\w+ )?(token|accesstoken|sessiontoken|authtoken|apitoken)( hash| secret)? $/;
const SECURITY_CODE_NAME = / (cvv|cvv2|cvc|cvc2|card security code|kartenprufnummer|cryptogramme) /;
const CARD_NAME =
	/ (credit card( number| no| nr| num)?|creditcard( number)?|debit card( number| no| nr| num)?|cc (number|num|no)|ccnumber|ccnum|primary account number|kreditkartennummer|kreditkarte|numero de carte( bancaire)?|carte bancaire|numero de tarjeta|tarjeta de credito|carta di credito|creditcardnummer) /;
const MAYBE_CARD_NAME = / (card (number|no|nr|num)|cardnumber|cardno|pan|pan number|kartennummer) /;
const HARMLESS_CARD_NAME =
	/ (last ?4|last ?four|last digits|suffix|brand|type|id|exp|expiry|expires|expiration|month|year|bin|name|holder|gift|loyalty|member|membership|club|bonus|store|customer|funding|country|address|zip|issuer|status|fee|fees) /;
const BANK_NAME =
	/ (iban|bank account( number| no)?|bankaccount|account iban|bankverbindung|kontonummer|bankkonto|compte bancaire|cuenta bancaria|conto corrente|numero de cuenta bancaria|rekeningnummer|bankrekening) /;
const NATIONAL_ID_NAME =
	/ (ssn|social security( number| no)?|sozialversicherungsnummer|sozialversicherungs nr|national id( number)?|nationalid|national identity( number)?|national insurance( number)?|nino|passport( number| no| nr| id)|passportnumber|passnummer|reisepassnummer|ausweisnummer|personalausweis(nummer)?|identity card( number)?|id card number|personal identification number|personnummer|personnr|cpf|curp|aadhaar|aadhar|dni|nie|codice fiscale|codicefiscale|bsn|burgerservicenummer|numero de securite sociale|securite sociale|social insurance number|driver s? ?licen[cs]e( number| no)?|drivers licen[cs]e( number| no)?|fuhrerscheinnummer|pesel|rodne cislo|tax file number) /;
const IP_NAME =
	/ (ip|ips|ipaddress|ip address|ip adresse|adresse ip|direccion ip|indirizzo ip|ip adres|ip addr|ipv4|ipv6|remote addr) /;
/** What people type freely; nothing else is worth the loss of a whole column. */
const FREE_TEXT_NAME =
	/ (note|notes|comment|comments|remark|remarks|memo|message|messages|bemerkung|notiz|kommentar|remarque|nota|notas|opmerking) /;
const DERIVED_FROM_IP = / ip (country|city|region|state|location|timezone|count|risk|score|type) /;

/** In order: the first that holds names the reason. */
const RULES: readonly Rule[] = [
	(words, filled) =>
		PASSWORD_NAME.test(words) || most(filled, isPasswordHash, 0.5) ? dropped('password') : null,
	(words, filled) =>
		SECRET_NAME.test(words) || isTokenColumn(words, filled) || most(filled, isToken, 0.5)
			? dropped('token')
			: null,
	(words) =>
		SECURITY_CODE_NAME.test(words) && !/ (status|check|result|match) /.test(words)
			? dropped('card_number')
			: null,
	(words, filled) => (isCardColumn(words, filled) ? masked('card_number') : null),
	(words, filled) => (FREE_TEXT_NAME.test(words) && filled.some(holdsCard) ? dropped('card_number') : null),
	(words, filled) => (BANK_NAME.test(words) || most(filled, isIban, 0.5) ? masked('bank_account') : null),
	(words) => (NATIONAL_ID_NAME.test(words) ? dropped('national_id') : null),
	(words, filled) => (isIpColumn(words, filled) ? dropped('ip_address') : null)
];

function dropped(reason: WithheldColumn['reason']): Finding {
	return { reason, action: 'dropped' };
}

function masked(reason: WithheldColumn['reason']): Finding {
	return { reason, action: 'masked' };
}

function most(filled: readonly string[], test: (value: string) => boolean, share: number): boolean {
	return filled.length > 0 && filled.filter(test).length >= share * filled.length;
}

/** True for a text with a card number in it, written in groups or as 16 digits. */
function holdsCard(value: string): boolean {
	return [...value.matchAll(/(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)/g)].some(([number]) =>
		isCardNumber(number)
	);
}

/** A column called a token is one unless its cells are short, such as numbers of arcade tokens. */
function isTokenColumn(words: string, filled: readonly string[]): boolean {
	return TOKEN_NAME.test(words) && (filled.length === 0 || most(filled, isSecretLike, 0.5));
}

function isSecretLike(value: string): boolean {
	return isLongRandom(value) || /^[\da-f]{16,}$/i.test(value);
}

function isCardColumn(words: string, filled: readonly string[]): boolean {
	const hasCards = most(filled, isCardNumber, 0.5);
	// One number may pass the check by chance, as one in ten does; two different ones hardly ever.
	const cards = new Set(filled.filter(isCardNumber));
	const isGrouped = filled.some((value) => isCardNumber(value) && /[ -]/.test(value));
	if (hasCards && (cards.size > 1 || isGrouped || CARD_NAME.test(words) || MAYBE_CARD_NAME.test(words)))
		return true;
	if (HARMLESS_CARD_NAME.test(words)) return false;
	if (CARD_NAME.test(words)) return filled.length === 0 || most(filled, isNumberOfCard, 0.5);
	return MAYBE_CARD_NAME.test(words) && most(filled, isNumberOfCard, 0.5);
}

/** Twelve digits or more, some of which may be hidden already. */
function isNumberOfCard(value: string): boolean {
	return /^[\dx*•#](?:[ -]?[\dx*•#]){11,18}$/i.test(value) && /\d/.test(value);
}

function isIpColumn(words: string, filled: readonly string[]): boolean {
	if (most(filled, isIpAddress, 0.9) && most(filled, isPlainlyIpAddress, 0.5)) return true;
	if (!IP_NAME.test(words) || DERIVED_FROM_IP.test(words)) return false;
	return filled.length === 0 || filled.some(isIpAddress);
}
