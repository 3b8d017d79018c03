import type { Format } from '#lib/core/format.ts';
import type { ListAudit, ListEffect, KeyAudit, SourcesAudit } from '#lib/pipeline/clean/audit/sources.ts';
import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import { roleWords } from '#lib/pipeline/import/roles.ts';
import { OWN_IDS, type SourceNotes } from '#lib/pipeline/import/schema.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';
import type { Freshness } from '#lib/session/freshness.ts';

const DAYS_PER_MONTH = 30.4375;
const DAYS_PER_YEAR = 365.25;
/** Up to so many days an age is told in days, and up to so many months in months. */
const MOST_DAYS = 60;
const MOST_MONTHS = 24;

/** A length of time as people say it: “12 days”, “20 months”, “3.5 years”. */
export function ageWords(days: number, format: Format): string {
	if (days <= MOST_DAYS) return format.days(days);
	const months = Math.round(days / DAYS_PER_MONTH);
	if (months <= MOST_MONTHS) return `${format.count(months)} months`;
	return `${format.decimal(days / DAYS_PER_YEAR, 1)} years`;
}

/** The name of a list: that of its newest file, and how many others it has. */
export function listName({ sources }: SourceList): string {
	const [first, ...others] = sources;
	return others.length === 0 ? first.fileName : `${first.fileName} and ${others.length} more`;
}

/** How fresh a list is, in a few words, and how it shows. */
export function freshnessChip(
	{ state, ageDays, maxAgeDays }: Freshness,
	format: Format
): { readonly kind: 'trust' | 'care' | 'neutral'; readonly text: string } {
	const age = ageDays === null ? '' : ageWords(Math.abs(ageDays), format);
	switch (state) {
		case 'fresh':
			return { kind: 'trust', text: ageDays === 0 ? 'Of today' : `${age} old` };
		case 'stale':
			return { kind: 'care', text: `${age} old, limit ${ageWords(maxAgeDays ?? 0, format)}` };
		case 'unlimited':
			return { kind: 'neutral', text: ageDays === 0 ? 'Of today' : `${age} old` };
		case 'ahead':
			return { kind: 'care', text: `Dated ${age} ahead` };
		case 'undated':
			return { kind: 'neutral', text: 'No dates' };
	}
}

/** What the screen opens with. `audit` null: it is still being looked at. */
export function sourcesFinding(
	ages: readonly Freshness[],
	audit: SourcesAudit | null,
	format: Format
): Finding {
	const count = ages.length;
	const oldest = Math.max(-1, ...ages.map(({ ageDays }) => ageDays ?? -1));
	const age = oldest < 0 ? '' : oldest === 0 ? 'of today' : `${ageWords(oldest, format)} old`;
	const first =
		count === 1
			? `One source${age && `, ${age}`}.`
			: `${numberWord(count)} sources${age && `, the oldest ${age}`}.`;
	return {
		title: [first, audit && peopleWords(audit, format)].filter(Boolean).join(' '),
		sub: limitWords(ages)
	};
}

function peopleWords({ lists, people, everywhere }: SourcesAudit, format: Format): string {
	const about = lists.filter(({ effect }) => effect !== null).length;
	if (about === 0) return '';
	if (about === 1) return `${lists.length === 1 ? 'It' : 'One'} knows ${format.count(people)} people.`;
	const all = about === 2 ? 'both' : 'all of them';
	const who = about === lists.length ? all : `all ${numberWord(about).toLowerCase()} that name people`;
	if (everywhere === 0) return `None of ${format.count(people)} people is in ${who}.`;
	return `${format.count(everywhere)} of ${format.count(people)} people are in ${who}.`;
}

function limitWords(ages: readonly Freshness[]): string {
	const stale = ages.filter(({ state }) => state === 'stale').length;
	if (stale > 0)
		return `${numberWord(stale)} ${stale === 1 ? 'is' : 'are'} older than you allow. What rests on old data says so.`;
	if (ages.every(({ maxAgeDays }) => maxAgeDays === null)) {
		return 'Say how old each may be, and you are told when it is time for a new export.';
	}
	return 'None is older than you allow.';
}

/** What would be gone without a list. `isOnly`: there is no other. */
export function lossWords({ effect, fields, list }: ListAudit, isOnly: boolean, format: Format): string {
	if (effect === null) return 'It names nobody: no customer would be lost without it.';
	if (isOnly) return 'It is the only source: every customer comes from it.';
	const facts = fields.filter(({ isOnlyHere }) => isOnlyHere);
	const known = joined(facts.map(({ role }) => inSentence(roleWords(role, list.kind).label)));
	const lost = joined(lostParts(effect, format));
	return [
		lost === '' ? 'Without it nobody would be lost.' : `Without it you would lose ${lost}.`,
		known === '' ? '' : `Only it knows of people: ${known}.`
	]
		.filter(Boolean)
		.join(' ');
}

function lostParts({ orders, revenue, buyersOnlyHere, onlyHere }: ListEffect, format: Format): string[] {
	const money = revenue ? ` of ${format.money(revenue)}` : '';
	return [
		...(orders > 0 ? [`${counted(orders, 'order', 'orders', format)}${money}`] : []),
		...(buyersOnlyHere > 0
			? [counted(buyersOnlyHere, 'customer who buys nowhere else', 'customers who buy nowhere else', format)]
			: []),
		...(onlyHere > 0
			? [counted(onlyHere, 'person who is in no other source', 'people who are in no other source', format)]
			: [])
	];
}

/** The name of a key: “Customer id of shopify”, “Email”. */
export function keyName({ kind, system }: Pick<KeyAudit, 'kind' | 'system'>): string {
	if (kind !== 'id') return { email: 'Email', phone: 'Phone', card: 'Loyalty card' }[kind];
	return system === null || system === OWN_IDS ? 'Your own customer id' : `Customer id of ${system}`;
}

/** The lawful bases of the GDPR, article 6 (1), as a choice. */
export const BASIS_OPTIONS: readonly { readonly value: string; readonly label: string }[] = [
	{ value: '', label: 'Not noted' },
	{ value: 'consent', label: 'Consent (a)' },
	{ value: 'contract', label: 'Contract (b)' },
	{ value: 'legal_obligation', label: 'Legal obligation (c)' },
	{ value: 'vital_interests', label: 'Vital interests (d)' },
	{ value: 'public_task', label: 'Public task (e)' },
	{ value: 'legitimate_interests', label: 'Legitimate interests (f)' }
];

/** What is noted, in one line. */
export function notesWords(
	{ origin, purpose, lawfulBasis, maxAgeDays }: SourceNotes,
	format: Format
): string {
	const basis = BASIS_OPTIONS.find(({ value }) => value === lawfulBasis)?.label;
	const parts = [
		...(origin === '' ? [] : [`from ${origin}`]),
		...(purpose === '' ? [] : [`for ${purpose}`]),
		...(basis === undefined ? [] : [basis.toLowerCase()]),
		...(maxAgeDays === null ? [] : [`at most ${format.days(maxAgeDays)} old`])
	];
	return parts.length === 0 ? 'nothing noted yet' : parts.join(', ');
}

/** What a typed age means: null for any age, `undefined` for what is no age from 1 to 3650 days. */
export function parseAge(text: string): number | null | undefined {
	if (text.trim() === '') return null;
	const days = Number(text);
	return Number.isInteger(days) && days >= 1 && days <= 3650 ? days : undefined;
}

/** A label inside a sentence: small, but for abbreviations such as SMS. */
function inSentence(label: string): string {
	return /^[A-Z](?![A-Z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function counted(n: number, one: string, many: string, format: Format): string {
	return `${format.count(n)} ${n === 1 ? one : many}`;
}

function joined(parts: readonly string[]): string {
	return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
