import { z } from 'zod';
import { sql, type Sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';
import { anyFails, isBlank, subject, requiredParam, severityParam } from '../rules.ts';

const Params = z.object({ required: requiredParam, severity: severityParam });
type Params = z.infer<typeof Params>;

export const ruleEmail: RepairOperation<Params> = {
	id: 'rule_email',
	label: 'Emails have the form of an email',
	explanation:
		'A name, one @, and a domain with a dot. Blanks around it do not count. Whether the mailbox exists cannot be told from a file.',
	group: 'rules',
	takes: { least: 1, most: 10, kinds: ['text'], leavesProtected: false },
	params: Params,
	defaults: { required: false, severity: 'warn' },
	severity: ({ severity }) => severity,
	change: ({ params, columns }) => ({
		failing: anyFails(columns, (text) =>
			params.required ? sql`NOT ${isEmail(text)}` : sql`NOT ${isEmail(text)} AND NOT ${isBlank(text)}`
		)
	}),
	describe: ({ required }, columns) =>
		`${subject(columns)} ${required ? 'filled and ' : ''}in the form of an email`
};

/**
 * An address as sending tools take it: the dot-atom of RFC 5322 §3.2.3 (letters of all alphabets, as RFC 6531 allows)
 * before the @, labels of letters, digits and inner hyphens behind it, and a last label of two letters or more or an
 * internationalised one. Quoted local parts and addresses in brackets, which no shop takes, do not pass.
 */
const LOCAL = String.raw`[\p{L}\p{N}!#$%&'*+/=?^_{|}~\x{60}-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_{|}~\x{60}-]+)*`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?`;
const AROUND = String.raw`[\s\p{Z}]*`;
const LAST_LABEL = String.raw`(?:[\p{L}\p{M}]{2,}|xn--[a-zA-Z0-9-]+)`;

/** Most addresses; it saves the long way, which knows all alphabets. */
const PLAIN = String.raw`[a-zA-Z0-9_+-]+(?:\.[a-zA-Z0-9_+-]+)*@(?:[a-zA-Z0-9]+\.)+[a-zA-Z]{2,}`;

/** RFC 5321 §4.5.3.1: at most 64 bytes before the @ and 254 in all. */
function isEmail(text: Sql): Sql {
	const isShort = sql`strlen(trim(${text})) <= 254 AND position('@' IN trim(${text})) <= 65`;
	const written = `${AROUND}${LOCAL}@(?:${LABEL}\\.)+${LAST_LABEL}${AROUND}`;
	return sql`(${isShort} AND (regexp_full_match(${text}, ${PLAIN}) OR regexp_full_match(${text}, ${written})))`;
}
