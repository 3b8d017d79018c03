import { below, seeded, type Random } from '#lib/core/random.ts';
import type { MadeFile } from './people-files.ts';
import { madeFile } from './people-files.ts';

/** Customers of a made shop of whom some stand there twice, and who they are. */
export interface MadeCustomers {
	readonly file: MadeFile;
	/** The person behind a customer id. */
	readonly entityOf: (customerId: string) => string;
	readonly planted: number;
}

interface Customer {
	readonly entity: number;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	birthDate: string;
	street: string;
	postcode: string;
	city: string;
}

const ROLES = [
	...(['customer', 'first_name', 'last_name', 'email', 'phone'] as const),
	...(['birth_date', 'street', 'postcode', 'city'] as const)
];
const FIRST_NAMES = 600;
const LAST_NAMES = 6000;
const STREETS = 3000;
const CITIES = 250;
const DOMAINS = ['gmail.com', 'yahoo.com', 'outlook.com', 'icloud.com', 'web.de', 'orange.fr', 'example.org'];
const SYLLABLES = [
	...['ba', 'be', 'bo', 'da', 'den', 'dor', 'el', 'far', 'ga', 'gri', 'ha', 'hol', 'is', 'jo', 'ka', 'ker'],
	...['la', 'len', 'lo', 'ma', 'mer', 'mi', 'na', 'nor', 'ol', 'pa', 'per', 'ra', 'rin', 'ro', 'sa', 'sen'],
	...['sto', 'ta', 'ter', 'ti', 'ul', 'va', 'ven', 'wil', 'win', 'ya', 'zan', 'zo']
] as const;

/**
 * A file of `count` customers, made from a seed. `share` of them are a second entry of somebody else, with one or two
 * things written otherwise, left out or new. One in eight shares a household with another: last name, street and place.
 * Nobody has the email or phone of somebody else.
 */
export function madeCustomers(count: number, share: number, seed: number): MadeCustomers {
	const random = seeded(seed);
	const planted = Math.round(count * share);
	const customers: Customer[] = [];
	while (customers.length < count - planted) {
		const other = customers.at(-1);
		const isHousehold = other !== undefined && random() < 0.125;
		customers.push(
			isHousehold ? relative(other, customers.length, random) : somebody(customers.length, random)
		);
	}
	const originals = customers.length;
	for (let i = 0; i < planted; i += 1) {
		// Every seventh is a third entry of somebody who stands there twice already.
		const from = i % 7 === 6 ? originals + i - 1 : below(random, originals);
		customers.push(rewritten(customers[from] as Customer, random));
	}
	const order = shuffled(customers, random);
	const entities = new Map(order.map(({ entity }, i) => [`${i + 1}`, `${entity}`]));
	const rows = order.map((c, i) => [
		...[`${i + 1}`, c.firstName, c.lastName, c.email, c.phone],
		...[c.birthDate, c.street, c.postcode, c.city]
	]);
	return {
		file: madeFile('s1', 'customers', ROLES, rows),
		entityOf: (customerId) => entities.get(customerId) ?? customerId,
		planted
	};
}

function somebody(entity: number, random: Random): Customer {
	const firstName = nameOf(1, common(random, FIRST_NAMES, 10));
	const lastName = nameOf(2, common(random, LAST_NAMES, 20));
	const city = common(random, CITIES, 5);
	const customer = {
		...{ entity, firstName, lastName, email: '' },
		phone: random() < 0.6 ? phone(random) : '',
		birthDate: random() < 0.7 ? birthDate(random) : '',
		street: `${1 + below(random, 150)} ${nameOf(3, below(random, STREETS))} Street`,
		postcode: String(10_000 + city * 13 + below(random, 13)),
		city: nameOf(4, city)
	};
	return { ...customer, email: random() < 0.85 ? emailOf(customer, random) : '' };
}

function relative(other: Customer, entity: number, random: Random): Customer {
	const made = { ...somebody(entity, random), lastName: other.lastName, street: other.street };
	return { ...made, postcode: other.postcode, city: other.city };
}

/** The same person once more, with one or two differences, and often another email or phone. */
function rewritten(original: Customer, random: Random): Customer {
	const copy = { ...original };
	const changes = 1 + below(random, 2);
	for (let i = 0; i < changes; i += 1) CHANGES[below(random, CHANGES.length)]?.(copy, random);
	// Equal emails and phones are joined before; most people who stand there twice gave another of either.
	if (random() < 0.8) copy.email = random() < 0.5 ? emailOf(copy, random) : '';
	if (random() < 0.7) copy.phone = random() < 0.5 ? phone(random) : '';
	return copy;
}

type Change = (customer: Customer, random: Random) => void;

const CHANGES: readonly Change[] = [
	(c, random) => (c.firstName = typo(c.firstName, random)),
	(c, random) => (c.lastName = typo(c.lastName, random)),
	(c, random) => (c.street = typo(c.street, random)),
	(c, random) => (c.city = typo(c.city, random)),
	(c, random) => (c.birthDate = typo(c.birthDate, random, '0123456789')),
	(c, random) => (c.postcode = typo(c.postcode, random, '0123456789')),
	(c) => ([c.firstName, c.lastName] = [c.lastName, c.firstName]),
	(c) => (c.firstName = c.firstName.slice(0, 1)),
	(c) => (c.firstName = c.firstName.toUpperCase()),
	(c) => (c.birthDate = ''),
	(c) => (c.street = ''),
	(c, random) => Object.assign(c, moved(random))
];

function moved(random: Random): Pick<Customer, 'street' | 'postcode' | 'city'> {
	const { street, postcode, city } = somebody(0, random);
	return { street, postcode, city };
}

/** One character changed, left out, put in, or changed with the next. */
function typo(text: string, random: Random, alphabet = 'abcdefghijklmnopqrstuvwxyz'): string {
	if (text.length < 2) return text;
	const at = 1 + below(random, text.length - 1);
	const letter = alphabet[below(random, alphabet.length)] ?? '';
	const [before, here, after] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
	switch (below(random, 4)) {
		case 0:
			return before + letter + after;
		case 1:
			return before + after;
		case 2:
			return before + letter + here + after;
		default:
			return before.slice(0, -1) + here + before.slice(-1) + after;
	}
}

function emailOf(
	{ firstName, lastName, birthDate }: Pick<Customer, 'firstName' | 'lastName' | 'birthDate'>,
	random: Random
): string {
	const [first, last] = [firstName.toLowerCase(), lastName.toLowerCase()];
	const number = `${birthDate.slice(2, 4)}${below(random, 100_000)}`;
	const forms = [`${first}.${last}${number}`, `${first.slice(0, 1)}${last}${number}`, `${first}${number}`];
	return `${forms[below(random, forms.length)] ?? first}@${DOMAINS[below(random, DOMAINS.length)] ?? ''}`;
}

function phone(random: Random): string {
	return `+1${2_000_000_000 + below(random, 8_000_000) * 1000 + below(random, 1000)}`.slice(0, 12);
}

function birthDate(random: Random): string {
	const [year, month, day] = [1930 + below(random, 75), 1 + below(random, 12), 1 + below(random, 28)];
	return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A number below a bound, of which the first are far more common, as names are (Zipf and Mandelbrot). */
function common(random: Random, bound: number, flat: number): number {
	return Math.floor(flat * ((bound + flat) / flat) ** random()) - flat;
}

/** A made word, always the same for a number; words of different kinds have different syllables. */
function nameOf(kind: number, number: number): string {
	const random = seeded(kind * 1_000_003 + number);
	const length = 2 + below(random, 2);
	const word = Array.from({ length }, () => SYLLABLES[below(random, SYLLABLES.length)] ?? '').join('');
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
	const all = [...items];
	for (let i = all.length - 1; i > 0; i -= 1) {
		const j = below(random, i + 1);
		[all[i], all[j]] = [all[j] as T, all[i] as T];
	}
	return all;
}
