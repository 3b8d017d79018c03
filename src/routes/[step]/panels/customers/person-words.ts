import type { Day } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import type { PersonAccount } from '#lib/pipeline/clean/identity/explain.ts';
import type { ConsentState, Person } from '#lib/pipeline/clean/person.ts';
import { accountWords } from '../people/people-words.ts';

/** One line of what is known of a customer; `note` stands behind it, smaller. */
export interface Fact {
	readonly term: string;
	readonly text: string;
	readonly note?: string;
}

/** An account that a customer has, and the files it stands in. */
export interface AccountFact {
	readonly account: string;
	readonly text: string;
	readonly files: string;
}

const CONSENT_WORDS: Readonly<Record<ConsentState, string>> = {
	subscribed: 'Subscribed',
	unsubscribed: 'Unsubscribed',
	never_subscribed: 'Never subscribed',
	cleaned: 'Cannot be reached',
	pending: 'Not confirmed yet'
};

/**
 * What the files say of a customer besides the orders; what nobody knows is left out, and so is an email that stands
 * among the texts `shown` above.
 */
export function personFacts(person: Person, shown: readonly string[], format: Format): Fact[] {
	const { email, phone, city, homeStore, homeChannel, homeRegion, regionSource } = person;
	const { emailConsent, smsConsent, consentedOn } = person;
	const isShown = email !== null && shown.some((text) => text.toLowerCase() === email.toLowerCase());
	const since = consentedOn === null ? undefined : `since ${format.day(consentedOn as Day)}`;
	const facts: { term: string; text: string | null; note?: string | undefined }[] = [
		{ term: 'Email', text: isShown ? null : email },
		{ term: 'Phone', text: phone },
		{ term: 'City', text: city === homeRegion ? null : city },
		{
			term: 'Region',
			text: homeRegion,
			note: regionSource === 'postcode' ? 'from the postcode' : undefined
		},
		{ term: 'Home store', text: homeStore },
		{ term: 'Home channel', text: homeChannel },
		{ term: 'Email consent', text: emailConsent && CONSENT_WORDS[emailConsent], note: since },
		{
			term: 'SMS consent',
			text: smsConsent && CONSENT_WORDS[smsConsent],
			note: emailConsent === null ? since : undefined
		}
	];
	return facts.flatMap(({ term, text, note }) =>
		text === null ? [] : [{ term, text, ...(note === undefined ? {} : { note }) }]
	);
}

/** The accounts of a customer with the names of their files. */
export function accountFacts(
	accounts: readonly PersonAccount[],
	fileNameOf: (source: string) => string
): AccountFact[] {
	return accounts.map((account) => ({
		account: account.account,
		text: accountWords(account, fileNameOf),
		files: [...new Set(account.sources.map(fileNameOf))].join(', ')
	}));
}

/** In how many files a customer is, and under how many names. */
export function accountsTitle(accounts: readonly PersonAccount[], format: Format): string {
	const files = new Set(accounts.flatMap(({ sources }) => sources)).size;
	const inFiles = files === 1 ? 'in one file' : `in ${format.count(files)} files`;
	return accounts.length === 1
		? `One account, ${inFiles}`
		: `${format.count(accounts.length)} accounts, ${inFiles}`;
}
