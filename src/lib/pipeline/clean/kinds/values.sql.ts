import { join, list, sql, type Sql } from '#lib/engine/sql.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';
import { plainText } from '../operations/word-rule.ts';
import { dateSql, numberSql } from '../typing.ts';

/** How a text of a file becomes a value of a canonical column; NULL when it is empty or cannot be read. */
export interface ValueType {
	readonly sqlType: 'VARCHAR' | 'DECIMAL(18,4)' | 'BIGINT' | 'INTEGER' | 'DATE' | 'TIMESTAMP';
	/** The value of a text. A `moment` is read elsewhere, because it may be moved to another time zone. */
	readonly read: (text: Sql, source: SourceParams) => Sql;
}

/** As it is written, without blanks around it. */
export const text: ValueType = { sqlType: 'VARCHAR', read: filled };

/** In lower case. */
export const word: ValueType = { sqlType: 'VARCHAR', read: (value) => sql`nullif(${plainText(value)}, '')` };

/** An email address: in lower case; an address without @ is none. */
export const email: ValueType = {
	sqlType: 'VARCHAR',
	read: (value) => sql`CASE WHEN contains(${value}, '@') THEN ${plainText(unguarded(value))} END`
};

/** A postcode, phone or other code: one leading apostrophe, with which spreadsheets keep texts as texts, is no part of it. */
export const code: ValueType = { sqlType: 'VARCHAR', read: (value) => filled(unguarded(value)) };

export const decimal: ValueType = {
	sqlType: 'DECIMAL(18,4)',
	read: (value, { reading }) => numberSql(value, reading.decimalMark)
};

export const whole: ValueType = {
	sqlType: 'BIGINT',
	read: (value, source) => sql`try_cast(${decimal.read(value, source)} AS BIGINT)`
};

export const integer: ValueType = {
	sqlType: 'INTEGER',
	read: (value, source) => sql`try_cast(${decimal.read(value, source)} AS INTEGER)`
};

export const moment: ValueType = {
	sqlType: 'TIMESTAMP',
	read: (value, { reading }) => dateSql(value, reading.dateOrder)
};

/** A day, or the first day of a month (`2025-01`). */
export const day: ValueType = {
	sqlType: 'DATE',
	read: (value, source) => {
		const month = sql`CASE WHEN regexp_full_match(trim(${value}), ${String.raw`\d{4}-\d{1,2}`}) THEN try_cast(trim(${value}) || '-01' AS DATE) END`;
		return sql`coalesce(${moment.read(value, source)}::DATE, ${month})`;
	}
};

/** What platforms call the states of a consent, in lower case, with blanks for `_` and `-`. */
const CONSENTS = {
	subscribed: [
		...['subscribed', 'yes', 'y', 'true', 't', '1', 'on', 'ja', 'oui', 'si', 'sí', 'sim'],
		...[
			'opt in',
			'opted in',
			'optin',
			'single opt in',
			'double opt in',
			'confirmed opt in',
			'explicit',
			'implicit'
		],
		...['confirmed', 'granted', 'consented', 'accepted', 'accepts marketing', 'active', 'marketing contact']
	],
	// A plain no does not say whether there ever was a yes: the stricter reading is that it was taken back.
	unsubscribed: [
		...['unsubscribed', 'unsubscribe', 'no', 'n', 'false', 'f', '0', 'off', 'nein', 'non', 'não', 'nao'],
		...[
			'opt out',
			'opted out',
			'optout',
			'withdrawn',
			'revoked',
			'declined',
			'denied',
			'rejected',
			'suppressed'
		],
		...['do not contact', 'complained', 'spam', 'inactive', 'archived', 'non marketing contact']
	],
	never_subscribed: [
		...[
			'never subscribed',
			'not subscribed',
			'non subscribed',
			'nonsubscribed',
			'notsubscribed',
			'not opted in'
		],
		...['transactional', 'no consent', 'not set']
	],
	cleaned: ['cleaned', 'bounced', 'hard bounced', 'hard bounce', 'invalid', 'undeliverable'],
	pending: [
		'pending',
		'unconfirmed',
		'pending confirmation',
		'awaiting confirmation',
		'double opt in pending',
		'invited'
	]
} as const;

/** `subscribed`, `unsubscribed`, `never_subscribed`, `cleaned` or `pending`; NULL when it is unknown. */
export const consent: ValueType = {
	sqlType: 'VARCHAR',
	read: (value) => wordFor(value, CONSENTS, sql`NULL`)
};

/** What sending tools call what came back, written as for consents. */
const ACTIONS = {
	sent: ['sent', 'send', 'email sent', 'sms sent', 'sends', 'processed', 'received email', 'received sms'],
	delivered: ['delivered', 'delivery', 'email delivered', 'successful delivery'],
	opened: ['opened', 'open', 'opens', 'email opened', 'unique open', 'opened email', 'first open', 'read'],
	clicked: [
		'clicked',
		'click',
		'clicks',
		'email clicked',
		'unique click',
		'clicked email',
		'link clicked',
		'clicked sms'
	],
	bounced: [
		...['bounced', 'bounce', 'hard bounce', 'soft bounce', 'hard bounced', 'soft bounced', 'bounced email'],
		...['email bounced', 'undelivered', 'failed', 'dropped', 'blocked', 'rejected']
	],
	unsubscribed: [
		'unsubscribed',
		'unsubscribe',
		'unsub',
		'opt out',
		'opted out',
		'unsubscribed from email marketing'
	],
	complained: [
		...[
			'complained',
			'complaint',
			'spam',
			'spam complaint',
			'spam report',
			'spamreport',
			'abuse',
			'abuse report'
		],
		...['marked as spam', 'marked email as spam']
	]
} as const;

/** `sent`, `delivered`, `opened`, `clicked`, `bounced`, `unsubscribed`, `complained`, else as it is written, in lower case. */
export const action: ValueType = {
	sqlType: 'VARCHAR',
	read: (value) => wordFor(value, ACTIONS, sql`nullif(${plainText(value)}, '')`)
};

function filled(value: Sql): Sql {
	return sql`nullif(trim(${value}), '')`;
}

function unguarded(value: Sql): Sql {
	return sql`CASE WHEN starts_with(ltrim(${value}), '''') THEN substr(ltrim(${value}), 2) ELSE ${value} END`;
}

function wordFor(value: Sql, words: Readonly<Record<string, readonly string[]>>, otherwise: Sql): Sql {
	const spaced = sql`regexp_replace(${plainText(value)}, '[-_ ]+', ' ', 'g')`;
	const branches = Object.entries(words).map(
		([name, spellings]) => sql`WHEN ${spaced} IN ${list(spellings)} THEN ${name}`
	);
	return sql`CASE ${join(branches, '\n')} ELSE ${otherwise} END`;
}
