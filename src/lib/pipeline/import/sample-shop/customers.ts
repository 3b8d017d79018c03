import { addDays, type Day } from '#lib/core/days.ts';
import { below, type Random } from '#lib/core/random.ts';
import { LAST_DAY, csvOf, pick, recordOf, within, type Person } from './orders.ts';

const HEADER =
	'customer_number,email,first_name,last_name,phone,country,customer_since,email_consent,customer_group,tags';

/** People who are in the list twice, under a second address. */
export const DUPLICATE_PEOPLE = 60;
const WHOLESALE_EVERY = 125;
const STAFF_EVERY = 500;
/** People who signed up and never bought. */
const LEADS = 250;
const CONSENTS = ['subscribed', 'subscribed', 'subscribed', 'unsubscribed', 'never subscribed'] as const;

interface Entry {
	readonly person: Person;
	readonly number: number;
	readonly consent: string;
	readonly since: Day;
}

/**
 * The customer list of the shop: everybody who bought, people who never did, 24 wholesale customers, 6 of the staff, and
 * 60 people twice: same name and phone, another address.
 */
export function makeSampleCustomers(random: Random, buyers: readonly Person[]): string {
	const entries = [...buyers, ...leads(random)].map((person, i): Entry => {
		const since = addDays(person.lastDay, -within(random, [0, 500]));
		return { person, number: i + 1, consent: pick(random, CONSENTS), since };
	});
	const lines = entries.map((entry) => renderEntry(entry, entry.number, entry.person.email));
	const twice = entries
		.filter((_, i) => i % Math.floor(buyers.length / DUPLICATE_PEOPLE) === 7)
		.slice(0, DUPLICATE_PEOPLE);
	const copies = twice.map((entry, i) => {
		const email = entry.person.email.replace(/@example\.com$/, '@example.net');
		return renderEntry(entry, entries.length + 1 + i, email);
	});
	return csvOf([HEADER, ...lines, ...copies]);
}

function leads(random: Random): Person[] {
	return Array.from({ length: LEADS }, (_, i) => ({
		email: `lead.${i + 1}@example.com`,
		name: '',
		country: 'Germany',
		segment: '',
		lastDay: addDays(LAST_DAY, -below(random, 200))
	}));
}

function renderEntry({ person, number, consent, since }: Entry, id: number, email: string): string {
	const [first = '', ...rest] = person.name.split(' ');
	const isBuyer = person.segment !== '';
	const isWholesale = isBuyer && number % WHOLESALE_EVERY === 0;
	const isStaff = isBuyer && number % STAFF_EVERY === 3;
	return recordOf([
		`K${String(id).padStart(5, '0')}`,
		email,
		first,
		rest.join(' '),
		isBuyer ? `+49 30 555${String(number).padStart(5, '0')}` : '',
		person.country,
		since,
		consent,
		isWholesale ? 'Wholesale' : 'Retail',
		isStaff ? 'staff' : ''
	]);
}
