import { z } from 'zod';
import { names } from '#lib/core/words.ts';
import { list, sql, type Sql } from '#lib/engine/sql.ts';
import type { RepairOperation } from '../operation.ts';

const Params = z.object({
	correctTypos: z.boolean().meta({
		title: 'Correct typing errors of big providers',
		description:
			'Such as gmial.com for gmail.com. Only names that are no provider of their own are corrected.'
	})
});
type Params = z.infer<typeof Params>;

export const emails: RepairOperation<Params> = {
	id: 'emails',
	label: 'Write email addresses one way',
	explanation:
		'Writes addresses in small letters, without blanks, “mailto:” and the name around them. What is no address stays as it is, and is counted.',
	group: 'texts',
	takes: { least: 1, most: 10, kinds: ['text'], leavesProtected: false },
	params: Params,
	defaults: { correctTypos: false },
	change: ({ params, columns }) => {
		const read = columns.map(({ text }) => addressSql(text));
		const failing = columns.map(
			({ text }, i) => sql`(trim(${text}) <> '' AND ${read[i] ?? sql`NULL`} IS NULL)`
		);
		return {
			replace: columns.map((column, i) => {
				const address = read[i] ?? sql`NULL`;
				const value = params.correctTypos ? corrected(address) : address;
				return { column, value: sql`coalesce(${value}, ${column.text})` };
			}),
			failing: failing.reduce((any, one) => sql`${any} OR ${one}`)
		};
	},
	describe: ({ correctTypos }, columns) =>
		`Write ${names(columns.map((name) => `“${name}”`))} as plain email addresses${correctTypos ? ', with typing errors corrected' : ''}`
};

const ADDRESS = String.raw`[^@\s<>,;:"()]+@[^@\s<>,;:"()]+\.[^@\s<>,;:"().]+`;
/** Most addresses are written as they are read. */
const PLAIN_ADDRESS = String.raw`[a-z0-9._+-]+@[a-z0-9.-]+\.[a-z0-9-]+`;
/** What may stand around an address: blanks, marks that show nothing, quotes, and punctuation of a list. */
const AROUND = String.raw`[\s\p{Z}\x{200B}-\x{200F}\x{2060}\x{FEFF}'",;<>]`;
/** A name, and the address in angle brackets behind it. */
const BRACKETED = String.raw`^[^<>]*<([^<>@]+@[^<>@]+)>.*$`;

/** The address in a text, in small letters; NULL where there is none. */
function addressSql(text: Sql): Sql {
	const inside = sql`regexp_replace(${text}, ${BRACKETED}, ${String.raw`\1`})`;
	const bare = sql`regexp_replace(lower(${inside}), ${`^${AROUND}*(mailto:)?${AROUND}*|${AROUND}+[.]?$|[.]$`}, '', 'g')`;
	const read = sql`list_transform([${bare}], lambda v: CASE WHEN regexp_full_match(v, ${ADDRESS}) THEN v END)[1]`;
	return sql`CASE WHEN regexp_full_match(${text}, ${PLAIN_ADDRESS}) THEN ${text} ELSE ${read} END`;
}

/** Ways in which the names of big providers are mistyped, none of which is a provider. */
const TYPOS: Readonly<Record<string, readonly string[]>> = {
	'gmail.com': [
		...['gmial.com', 'gmai.com', 'gamil.com', 'gmal.com', 'gnail.com', 'gmaill.com', 'gmali.com', 'gmil.com'],
		...['gmail.con', 'gmail.cm', 'gmail.om', 'gmail.comm', 'gmail.cpm', 'gmail.vom', 'gmaul.com']
	],
	'hotmail.com': [
		...[
			'hotmial.com',
			'hotmai.com',
			'hotmal.com',
			'hotmil.com',
			'hotamil.com',
			'hotmaill.com',
			'hitmail.com'
		],
		...['hotmail.con', 'hotmail.cm', 'hotmail.om', 'hotmail.comm']
	],
	'outlook.com': ['outlok.com', 'outloook.com', 'outllook.com', 'outlook.con', 'outlook.cm', 'oulook.com'],
	'yahoo.com': ['yaho.com', 'yahooo.com', 'yhaoo.com', 'yaoo.com', 'yahoo.con', 'yahoo.cm', 'yahoo.comm'],
	'icloud.com': ['iclod.com', 'icoud.com', 'iclould.com', 'icloud.con', 'icloud.cm'],
	'aol.com': ['aol.con', 'aol.cm', 'aol.comm']
};

function corrected(address: Sql): Sql {
	const [local, domain] = [sql`split_part(${address}, '@', 1)`, sql`split_part(${address}, '@', 2)`];
	const branches = Object.entries(TYPOS).map(
		([provider, typos]) => sql`WHEN ${domain} IN ${list(typos)} THEN ${local} || ${`@${provider}`}`
	);
	return sql`CASE ${branches.reduce((all, branch) => sql`${all} ${branch}`)} ELSE ${address} END`;
}
