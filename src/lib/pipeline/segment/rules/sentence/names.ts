import type { TestType } from '../schema.ts';
import type { Reader } from './reader.ts';
import { bracketed, keyOf, quoted } from './tokens.ts';

/** Something that a sentence may name. */
export interface Named {
	readonly id: string;
	readonly label: string;
	/** What its value is; null where it has none. */
	readonly type: TestType | null;
}

/** Where in a sentence names stand. */
export type Place = 'feature' | 'field' | 'segment';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/**
 * How names and what stands around them are told apart. `parting`: words of sentences; a name with one of them is written in
 * quotes. `following`: words that may come after a name; where a shorter name and one of these begin a longer one, that is
 * written in quotes.
 */
const PLACES: Readonly<Record<Place, Readonly<Record<'parting' | 'following', ReadonlySet<string>>>>> = {
	feature: {
		parting: words('is are was were has have had being that says and or nor not'),
		following: words('contains contain does do starts start ends end begins begin')
	},
	field: {
		parting: words(
			'is are was were and or nor not neither who whose with without then also all has have that'
		),
		following: words(
			'in of a per at more less fewer over above under below up exactly equal equals greater no none other between from known ' +
				'unknown empty missing being containing starting ending beginning contains contain does do starts ends begins before ' +
				'since until within during over every each true false yes an'
		)
	},
	segment: {
		parting: words('and or nor not neither who whose with then also everyone'),
		following: words('')
	}
};

const PLAIN_WORD = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}'’%&/+._-]*[\p{L}\p{N}\p{M}%+])?$/u;

/** The names of one kind of thing, each of one thing only. */
export class Names {
	readonly all: readonly Named[];
	readonly #byId: ReadonlyMap<string, Named>;
	readonly #byKey: ReadonlyMap<string, Named>;
	/** Those that need no quotes: their words, the most words first. */
	readonly #bare: readonly { readonly words: readonly string[]; readonly named: Named }[];
	readonly #isBare: ReadonlySet<string>;

	constructor(
		named: readonly Named[],
		readonly place: Place
	) {
		this.all = withUniqueLabels(named);
		this.#byId = new Map(this.all.map((each) => [each.id, each]));
		this.#byKey = new Map(this.all.map((each) => [keyOf(each.label), each]));
		const keys = new Set(this.#byKey.keys());
		this.#bare = this.all
			.filter(({ label }) => needsNoQuotes(label, keys, place))
			.map((each) => ({ words: keyOf(each.label).split(' '), named: each }))
			.sort((a, b) => b.words.length - a.words.length);
		this.#isBare = new Set(this.#bare.map((each) => each.named.id));
	}

	/** The name as it stands in a sentence; what has none stands with its id. */
	write(id: string): string {
		const named = this.#byId.get(id);
		if (!named) return bracketed(id);
		if (!this.#isBare.has(id)) return quoted(named.label);
		const label = named.label.trim().replace(/\s+/g, ' ');
		return this.place === 'feature' ? lowerFirst(label) : label;
	}

	/** What its value is; null where nobody knows. */
	typeOf(id: string): TestType | null {
		return this.#byId.get(id)?.type ?? null;
	}

	/** True for a name of several things, such as `Days since the last order`. */
	isPlural(id: string): boolean {
		return /^[\p{L}-]*[^s\P{L}]s(?!\S)/u.test(this.#byId.get(id)?.label ?? '');
	}

	/** Reads a name and answers the id. */
	read(reader: Reader): string {
		const token = reader.peek();
		const named = token?.kind === 'quote' ? this.#byKey.get(keyOf(token.text)) : undefined;
		if (token && (named || token.kind === 'id')) {
			reader.at += 1;
			return named?.id ?? token.text;
		}
		const bare = this.#bare.find(({ words }) => reader.takesQuietly(words.join(' ')));
		return bare?.named.id ?? reader.fail(...this.all.map(({ id }) => this.write(id)));
	}
}

/** Where two names are the same to a reader, the id stands behind each. */
function withUniqueLabels(named: readonly Named[]): readonly Named[] {
	const counts = new Map<string, number>();
	for (const { label } of named) counts.set(keyOf(label), (counts.get(keyOf(label)) ?? 0) + 1);
	const isTwice = ({ label }: Named) => (counts.get(keyOf(label)) ?? 0) > 1;
	if (!named.some(isTwice)) return named;
	return withUniqueLabels(
		named.map((each) => (isTwice(each) ? { ...each, label: `${each.label} (${each.id})` } : each))
	);
}

function needsNoQuotes(label: string, keys: ReadonlySet<string>, place: Place): boolean {
	const { parting, following } = PLACES[place];
	const parts = label.trim().split(/\s+/);
	if (!parts.every((word) => PLAIN_WORD.test(word) && !parting.has(keyOf(word)))) return false;
	const key = keyOf(label).split(' ');
	return !key.some((word, i) => i > 0 && following.has(word) && keys.has(key.slice(0, i).join(' ')));
}

/** A name that begins with a word of small letters but for the first begins small: `total spend`, but `NPS`. */
function lowerFirst(label: string): string {
	return /^\p{Lu}\p{Ll}/u.test(label) && keyOf(label.charAt(0)).length === 1
		? label.charAt(0).toLowerCase() + label.slice(1)
		: label;
}
