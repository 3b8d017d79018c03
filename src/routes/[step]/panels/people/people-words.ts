import type { Format } from '#lib/core/format.ts';
import type { AccountLink, PersonAccount, PersonLinkKind } from '#lib/pipeline/clean/identity/explain.ts';
import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { Nobody } from '#lib/pipeline/clean/identity/overlap.ts';
import {
	IDENTITY_KEYS,
	type CleanResult,
	type IdentityKey,
	type IdentityParams,
	type IdentityResult,
	type SurvivorRule
} from '#lib/pipeline/clean/schema.ts';
import { OWN_IDS, type SourceParams } from '#lib/pipeline/import/schema.ts';
import type { Finding } from '#lib/session/findings.ts';

/** What a kind of key is called: one, and several. */
export const KEY_WORDS: Readonly<
	Record<IdentityKey | PersonLinkKind, { readonly one: string; readonly many: string }>
> = {
	id: { one: 'customer id', many: 'customer ids' },
	email: { one: 'email', many: 'emails' },
	phone: { one: 'phone', many: 'phones' },
	card: { one: 'card', many: 'cards' },
	name_postcode: { one: 'name with postcode', many: 'names with postcode' },
	merge: { one: 'merge', many: 'merges' }
};

/** The keys that can be switched. */
export const SWITCHED_KEYS = IDENTITY_KEYS.filter((key) => key !== 'id');
export type SwitchedKey = (typeof SWITCHED_KEYS)[number];

/** What makes two values of a key the same. */
export const KEY_EXPLANATIONS: Readonly<Record<SwitchedKey, string>> = {
	email: 'In any case of letters. Placeholders such as none@none do not count.',
	phone: 'However it is written, with its country code.',
	card: 'Loyalty cards: letters and digits.',
	name_postcode: 'Without accents and in any case of letters. Weak: leave it off where you can.'
};

/** Which of several values a person can keep. */
export const SURVIVOR_OPTIONS: readonly { readonly value: SurvivorRule; readonly label: string }[] = [
	{ value: 'newest', label: 'Newest' },
	{ value: 'most_complete', label: 'Most complete' },
	{ value: 'source_order', label: 'Trusted source' }
];

/** What each of these means. */
export const SURVIVOR_EXPLANATIONS: Readonly<Record<SurvivorRule, string>> = {
	newest: 'The value that was written last.',
	most_complete: 'The values of the entry with the most fields filled in.',
	source_order: 'The value of the source that stands highest in the list.'
};

/** How many people there are, and how many are in several sources; or why nobody could be joined. */
export function peopleFinding(
	{ rowsRead, identity }: Pick<CleanResult, 'rowsRead' | 'identity'>,
	lists: readonly SourceList[],
	params: IdentityParams,
	format: Format
): Finding {
	if (identity.joinedPeople === 0) {
		const finding = nobodyFinding(identity, lists, params);
		return identity.acrossSources > 0 ? equalIdFinding(identity, lists, finding, format) : finding;
	}
	const people = `${format.count(identity.people)} ${identity.people === 1 ? 'person' : 'people'}`;
	const from = lists.length > 1 ? `, ${format.count(lists.length)} sources` : '';
	const { count, where } =
		identity.acrossSources > 0
			? { count: identity.acrossSources, where: 'in two sources or more' }
			: { count: identity.joinedPeople, where: 'joined from two accounts or more' };
	return {
		title: `${format.count(rowsRead)} rows${from}, ${people}. ${format.count(count)} of them ${count === 1 ? 'is' : 'are'} ${where}.`,
		sub: 'Who is who, why, and how to take it apart. A cut stays cut at the next import.'
	};
}

/** Nobody has two accounts, and yet people are in several sources: those give one account the same id. */
function equalIdFinding(
	{ acrossSources: count, keys }: IdentityResult,
	lists: readonly SourceList[],
	{ sub }: Finding,
	format: Format
): Finding {
	const where = lists.length === 2 ? 'both sources' : 'two sources or more';
	const who = count === 1 ? '1 person is' : `${format.count(count)} people are`;
	const key = keys.find(({ key: each }) => each === 'id') ?? keys[0];
	return { title: `${who} in ${where}, by equal ${KEY_WORDS[key?.key ?? 'id'].one}.`, sub };
}

function nobodyFinding(
	{ keys }: IdentityResult,
	lists: readonly SourceList[],
	params: IdentityParams
): Finding {
	const title = 'Every customer id stands for itself.';
	const found = keys.filter(({ key }) => key !== 'id').map(({ key }) => KEY_WORDS[key].one);
	if (found.length > 0) return { title, sub: `No two accounts have ${anyOf(found)} in common.` };
	const sources = lists.flatMap((list) => list.sources);
	const columns = SWITCHED_KEYS.filter((key) => sources.some((source) => hasKey(source, key)));
	const off = columns.filter((key) => key !== 'name_postcode' && !params.keys[key]);
	if (off.length > 0) {
		const names = off.map((key) => KEY_WORDS[key].one).join(' and ');
		return {
			title,
			sub: `The files have a column for ${names}, but people are not joined by it. See below.`
		};
	}
	const sub =
		lists.length > 1
			? 'To join them, two files need an email, phone or card column in common.'
			: 'To join them, add another file, with an email, phone or card column.';
	return { title, sub };
}

function hasKey({ mapping }: SourceParams, key: IdentityKey): boolean {
	if (key === 'id') return mapping.customer !== undefined;
	if (key !== 'name_postcode') return mapping[key] !== undefined;
	return mapping.postcode !== undefined && (mapping.name ?? mapping.last_name) !== undefined;
}

function anyOf(names: readonly string[]): string {
	const last = names.at(-1) ?? '';
	const article = /^[aeio]/.test(names[0] ?? '') ? 'an' : 'a';
	return names.length === 1 ? `${article} ${last}` : `${article} ${names.slice(0, -1).join(', ')} or ${last}`;
}

/** Half of the smallest coin: sums of so little difference are equal. */
const NOTHING = 0.005;

/** Whether money by account and by person is the same, as a sentence. */
export function proofTitle(
	{ accounts, people, revenueByAccount, revenueByPerson }: IdentityResult,
	format: Format
): { readonly title: string; readonly isEqual: boolean } {
	if (revenueByAccount === null || revenueByPerson === null) {
		return { title: `${format.count(accounts)} accounts are ${format.count(people)} people`, isEqual: true };
	}
	const isEqual = Math.abs(revenueByAccount - revenueByPerson) < NOTHING;
	const money = format.money(revenueByPerson, 2);
	const title = isEqual
		? `Nothing is lost: by account or by person, it is ${money}`
		: `${format.money(revenueByAccount, 2)} by account, and ${money} by person`;
	return { title, isEqual };
}

/** The system that gave out an id, in words. */
export function systemWords(system: string | null): string {
	if (system === null || system === OWN_IDS) return 'Customer';
	const [, number] = /^own-(\d+)$/.exec(system) ?? [];
	if (number !== undefined) return `Numbering ${number}`;
	return system.charAt(0).toUpperCase() + system.slice(1).replaceAll('_', ' ');
}

/** An account as people know it: “Shopify 72001”, an email, a phone, “card 1234”. */
export function accountWords(
	{ account, kind, system, name }: Pick<PersonAccount, 'account' | 'kind' | 'system' | 'name'>,
	fileNameOf: (source: string) => string
): string {
	if (kind === 'id') return `${systemWords(system)} ${name}`;
	if (kind === 'card') return `Card ${name}`;
	if (kind !== 'row') return name;
	const [, source = '', row = name] = account.split(':');
	return `Row ${row} of ${fileNameOf(source)}`;
}

/** The account of an id such as `email:anna@x.com`, in words. */
export function accountTextWords(account: string, fileNameOf: (source: string) => string): string {
	const [kind = '', ...rest] = account.split(':');
	const [system = '', ...id] = rest;
	// A colon in the name of a system is escaped, since it parts the system from the id.
	const plain = system.replaceAll('%3A', ':').replaceAll('%25', '%');
	if (kind === 'id') return `${systemWords(plain)} ${id.join(':')}`;
	const name = rest.join(':');
	const known = kind === 'card' || kind === 'row' ? kind : 'email';
	return accountWords({ account, kind: known, system: null, name }, fileNameOf);
}

/** How many accounts of how many belong to nobody, and which. */
export function nobodyWords(
	{ count, examples }: Nobody,
	fileNameOf: (source: string) => string,
	format: Format
): string {
	const listed = examples.map((account) => accountTextWords(account, fileNameOf)).join(', ');
	const more = count > examples.length ? ` and ${format.count(count - examples.length)} more` : '';
	return `${format.count(count)} of them ${count === 1 ? 'belongs' : 'belong'} to nobody: ${listed}${more}`;
}

/** How many accounts a person has, in how many sources. */
export function personWords(
	accounts: readonly PersonAccount[],
	lists: readonly SourceList[],
	format: Format
): string {
	const files = new Set(accounts.flatMap((account) => account.sources));
	const sources = lists.filter((list) => list.sources.some(({ id }) => files.has(id))).length;
	const have = accounts.length === 1 ? '1 account' : `${format.count(accounts.length)} accounts`;
	return `${have} in ${sources === 1 ? '1 source' : `${format.count(sources)} sources`}.`;
}

/** Where an account stands: its files, and in how many of their rows. */
export function placeWords(
	{ sources, recordCount }: Pick<PersonAccount, 'sources' | 'recordCount'>,
	fileNameOf: (source: string) => string,
	format: Format
): string {
	const files = sources.slice(0, 3).map(fileNameOf).join(', ');
	const more = sources.length > 3 ? ` and ${format.count(sources.length - 3)} more` : '';
	return `${format.count(recordCount)} ${recordCount === 1 ? 'row' : 'rows'} of ${files}${more}`;
}

/** A key with its kind: “email anna@x.com”. A name and its postcode are parted by a comma. */
export function keyWords({ kind, value }: Pick<AccountLink, 'kind' | 'value'>): string {
	if (kind === 'merge') return 'your merge';
	return `${KEY_WORDS[kind].one} ${value.replace('|', ', ')}`;
}

/** A key with its kind behind it: “+15550100, phone”. */
export function valueWords({ kind, value }: Pick<AccountLink, 'kind' | 'value'>): string {
	if (kind === 'merge') return 'merged by you';
	return `${value.replace('|', ', ')}, ${KEY_WORDS[kind].one}`;
}

/** What joins nobody, as a title. */
export function sharedTitle(keys: number, groups: number, format: Format): string {
	if (keys === 1) return '1 key joins nobody, because too many have it';
	if (keys > 1) return `${format.count(keys)} keys join nobody, because too many have them`;
	if (groups === 0) return 'Keys that too many have are used, as you said';
	return `${groups === 1 ? '1 group is' : `${format.count(groups)} groups are`} too large for one person`;
}

/** Why a link joins, or why it does not. */
export function linkWords(link: Pick<AccountLink, 'kind' | 'value' | 'state' | 'sharedWith'>): string {
	if (link.kind === 'merge') return 'Merged by you';
	const key = keyWords(link);
	switch (link.state) {
		case 'joins':
			return link.sharedWith.length > 0 ? `Same ${key}` : `${sentence(key)}, which no other account has`;
		case 'alone':
			return `${sentence(key)}, which no other account has`;
		case 'shared':
			return `${sentence(key)} joins nobody: too many have it`;
		case 'cut':
			return `${sentence(key)}: cut by you`;
		case 'held_back':
			return `${sentence(key)} joins nobody: the group would be too large`;
	}
}

/** What a cut does: who stays together and why, or which people there are then. */
export function cutWords(
	people: readonly (readonly PersonAccount[])[],
	stillJoinedBy: readonly Pick<AccountLink, 'kind' | 'value'>[],
	nameOf: (account: PersonAccount) => string
): string {
	if (people.length <= 1) {
		const by = stillJoinedBy.slice(0, 2).map(keyWords);
		return by.length === 0 ? 'They stay one person.' : `They stay joined by ${by.join(' and ')}.`;
	}
	const [, ...apart] = people;
	const [only] = apart;
	if (apart.length === 1 && only) {
		const names = only.slice(0, 3).map(nameOf).join(', ');
		const more = only.length > 3 ? ` and ${only.length - 3} more` : '';
		return `${names}${more} will be a person of ${only.length === 1 ? 'its' : 'their'} own.`;
	}
	return `They will be ${people.length} people.`;
}

/** What was done, as a sentence: “1 link is cut.” or “1 merge is taken back.” */
export function cutDone(links: number, merges: number): string {
	const cut = links === 1 ? '1 link is cut' : `${links} links are cut`;
	const taken = merges === 1 ? '1 merge is taken back' : `${merges} merges are taken back`;
	if (merges === 0) return `${cut}.`;
	return links === 0 ? `${taken}.` : `${cut}, ${taken}.`;
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Countries by their names in the language of the page, for phone numbers that name none. */
export function countryOptions(
	codes: readonly string[],
	locale?: string
): { readonly value: string; readonly label: string; readonly hint: string }[] {
	const names = new Intl.DisplayNames(locale, { type: 'region' });
	return codes
		.map((code) => ({ value: code, label: names.of(code) ?? code, hint: code }))
		.toSorted((a, b) => a.label.localeCompare(b.label, locale));
}

/** A whole number that was typed into a limit, or what is needed instead. */
export function limitOf(
	text: string,
	least: number
): { readonly value: number } | { readonly error: string } {
	const value = Number(text);
	if (text.trim() !== '' && Number.isInteger(value) && value >= least) return { value };
	return { error: `Found “${text}”, needed a whole number from ${least} up.` };
}
