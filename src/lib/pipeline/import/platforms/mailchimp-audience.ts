import type { Role } from '../schema.ts';
import type { NamedFile, PlatformPreset } from './platform.ts';

const STATES = /(?<![a-z])(un|non|not|never)?[ _-]*subscribed(?![a-z])|(?<![a-z])cleaned(?![a-z])/g;

/**
 * The audience of Mailchimp: an archive with one file per state of consent, which stands in the name of the file alone.
 * The birthday is a month and a day without a year, so it is no date of birth.
 */
export const mailchimpAudience: PlatformPreset = {
	id: 'mailchimp-audience',
	label: 'Mailchimp audience',
	kind: 'customers',
	requires: ['Email Address'],
	distinctive: ['MEMBER_RATING', 'OPTIN_TIME', 'CONFIRM_TIME', 'LEID', 'EUID'],
	mapping: {
		country: ['CC'],
		email: ['Email Address'],
		first_name: ['First Name'],
		last_name: ['Last Name'],
		phone: ['Phone Number', 'Phone'],
		tags: ['TAGS'],
		region: ['REGION'],
		consented_at: ['CONFIRM_TIME', 'OPTIN_TIME'],
		updated_at: ['LAST_CHANGED']
	},
	reading: { dateOrder: 'ymd', orderFieldsOnFirstRow: false },
	constants: consentOf,
	note: 'The state of consent is in the name of the file, such as subscribed or cleaned. In a renamed file it is not known.'
};

/** Columns that only people who left, or whose mail bounced, have say more than a name that somebody may have changed. */
function consentOf({ fileName, columns }: NamedFile): Partial<Record<Role, string>> {
	const upper = columns.map((name) => name.toUpperCase());
	if (upper.includes('UNSUB_TIME')) return { email_consent: 'unsubscribed' };
	if (upper.includes('CLEAN_TIME')) return { email_consent: 'cleaned' };
	const [state, ...others] = statesIn(fileName.split(/[/\\]/).at(-1) ?? '');
	return state === undefined || others.length > 0 ? {} : { email_consent: state };
}

/** The different states that a name speaks of; with two, it tells none. */
function statesIn(name: string): string[] {
	const states = [...name.toLowerCase().matchAll(STATES)].map(([word, prefix]) => {
		if (word === 'cleaned') return word;
		if (prefix === undefined) return 'subscribed';
		return prefix === 'un' ? 'unsubscribed' : 'nonsubscribed';
	});
	return [...new Set(states)];
}
