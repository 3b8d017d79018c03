import { parseArgs } from 'node:util';
import { AppError } from '#lib/core/errors.ts';
import { isDay } from '#lib/core/days.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';
import { DATE_ORDERS } from '#lib/pipeline/import/schema.ts';
import { METHODS } from '#lib/pipeline/segment/methods/index.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';

/** What the command was asked to do. `null`: not given, so the recipe or the default holds. */
export interface Options {
	/** Order files, as written. */
	readonly files: readonly string[];
	/** Files that are newer exports of lists among `files`. */
	readonly newer: readonly string[];
	/** Folder with the results of an earlier run, to say who moved since. */
	readonly since: string | null;
	readonly out: string;
	readonly recipe: string | null;
	readonly mapping: string | null;
	readonly dateOrder: (typeof DATE_ORDERS)[number] | null;
	readonly decimalMark: '.' | ',' | null;
	/** Code of the one currency that counts. */
	readonly currency: string | null;
	readonly timeZone: string | null;
	readonly asOf: string | null;
	readonly method: string | null;
	/** Ids of text features that the method compares. */
	readonly categories: readonly string[] | null;
	readonly clusterCount: ClusteringParams['clusterCount'] | null;
	readonly seed: number | null;
}

/** The text of `--help`. */
export const HELP = `Customer segments from order files, without a browser.

Usage: npm run segment -- orders.csv [customers.csv export.zip book.xlsx …] --out out/ [options]

  --out FOLDER        where to write (default: out)
  --newer FILE        a newer export of a list above, any number of times: what both have counts as the newer has it
  --since FOLDER      results of an earlier run: says who is new, who left, and who moved from where to where
  --recipe FILE       do what this recipe.json says, on these files
  --mapping LIST      which column means what, in every file:
                      customer=CustomerID,date=InvoiceDate,order_id=InvoiceNo,quantity=Quantity,unit_price=UnitPrice
  --date-order ORDER  ${DATE_ORDERS.join(', ')}: for dates such as 03/04/2011 that can be read two ways
  --decimal-mark MARK . or , for numbers such as 1.234 that can be read two ways
  --currency CODE     the currency that counts, such as EUR, where the files have several
  --time-zone NAME    where times with an offset are moved to, such as Europe/Vienna (default: as written)
  --as-of DAY         count orders before this day, such as 2011-12-10 (default: the day after the last order)
  --method NAME       ${METHODS.map((method) => method.id).join(', ')}
  --categories LIST   texts that k-prototypes compares or stages splits by, such as preferred_channel,region
                      (default: favourite_category for k-prototypes, lifecycle_stage for stages)
  --clusters N        auto, or 2 to 10 (default: auto)
  --seed N            a whole number from 0; the same seed gives the same segments (default: 1)
  --help              this text

It writes segments.csv, report.json, recipe.json, recipe.sql, set_aside.csv and a file per saved segment and per segment of your own, with
segment_members.csv and, where the recipe has an order of priority, assigned.csv; with --since also moved.csv and changes.json.
Files may be CSV, Excel, Parquet or JSON lines, gzipped or in a zip. Nothing is sent anywhere.
`;

/**
 * Reads the arguments after the name of the command; `'help'` when help was asked for.
 * @throws `usage` naming the argument, the value found and the values needed
 */
export function parseOptions(args: readonly string[]): Options | 'help' {
	const { values, positionals } = parse(args);
	if (values.help === true) return 'help';
	if (positionals.length === 0) throw usage('No order file was named: at least one CSV is needed.');
	return {
		files: positionals,
		newer: (values.newer ?? []).map((file) => filled('newer', file) ?? file),
		since: filled('since', values.since),
		out: filled('out', values.out) ?? 'out',
		recipe: filled('recipe', values.recipe),
		mapping: mappingOf(values.mapping),
		dateOrder: oneOf('date-order', values['date-order'], DATE_ORDERS),
		decimalMark: oneOf('decimal-mark', values['decimal-mark'], ['.', ',']),
		currency: filled('currency', values.currency)?.toUpperCase() ?? null,
		timeZone: timeZoneOf(values['time-zone']),
		asOf: dayOf(values['as-of']),
		method: oneOf('method', values.method, METHOD_IDS),
		categories: categoriesOf(values.categories),
		clusterCount: clusterCountOf(values.clusters),
		seed: seedOf(values.seed)
	};
}

/** As many as a recipe holds. */
const MOST_CATEGORIES = 5;

/** Texts that customers may be compared on: every one but days. */
const TEXTS = DEFINITIONS.filter(({ kind, id }) => kind === 'text' && !id.endsWith('_on')).map(
	({ id }) => id
);

const METHOD_IDS = METHODS.map((method) => method.id);

/** What the value of each option may be. */
const NEEDS = {
	out: 'a folder',
	newer: 'the path of a file',
	since: 'the folder of an earlier run',
	recipe: 'the path of a recipe.json',
	mapping: 'a list such as customer=CustomerID,date=InvoiceDate',
	'date-order': `one of ${DATE_ORDERS.join(', ')}`,
	'decimal-mark': '. or ,',
	currency: 'a code such as EUR',
	'time-zone': 'a name such as Europe/Vienna',
	'as-of': 'a day such as 2011-12-10',
	method: `one of ${METHOD_IDS.join(', ')}`,
	categories: `at most ${MOST_CATEGORIES} of ${TEXTS.join(', ')}`,
	clusters: 'auto or a whole number from 2 to 10',
	seed: 'a whole number from 0'
} as const;

type ValueOption = keyof typeof NEEDS;

const TEXT = { type: 'string' } as const;

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: bindValues(args),
			allowPositionals: true,
			options: {
				out: TEXT,
				newer: { type: 'string', multiple: true },
				since: TEXT,
				recipe: TEXT,
				mapping: TEXT,
				'date-order': TEXT,
				'decimal-mark': TEXT,
				currency: TEXT,
				'time-zone': TEXT,
				'as-of': TEXT,
				method: TEXT,
				categories: TEXT,
				clusters: TEXT,
				seed: TEXT,
				help: { type: 'boolean', short: 'h' }
			}
		});
	} catch (error) {
		throw error instanceof AppError ? error : usage(`${firstSentence((error as Error).message)}.`);
	}
}

/**
 * The arguments with negative numbers bound to their options, as in `--seed=-1`: the argument parser takes what starts
 * with a dash for an option.
 * @throws `usage` for an option without a value
 */
function bindValues(args: readonly string[]): string[] {
	const bound: string[] = [];
	for (let i = 0; i < args.length; i += 1) {
		const arg = args[i] as string;
		if (arg === '--') return [...bound, ...args.slice(i)];
		const option = valueOption(arg);
		if (option === null) {
			bound.push(arg);
			continue;
		}
		const value = args[(i += 1)];
		if (value === undefined || /^-[^\d]/.test(value)) {
			throw usage(`--${option} has no value; ${NEEDS[option]} is needed.`);
		}
		bound.push(`${arg}=${value}`);
	}
	return bound;
}

function valueOption(arg: string): ValueOption | null {
	const name = arg.replace(/^--/, '');
	return name !== arg && Object.hasOwn(NEEDS, name) ? (name as ValueOption) : null;
}

function filled(option: ValueOption, value: string | undefined): string | null {
	if (value === undefined) return null;
	if (value.trim() === '') throw usage(`--${option} is empty; ${NEEDS[option]} is needed.`);
	return value;
}

function mappingOf(value: string | undefined): string | null {
	const list = filled('mapping', value);
	// Column names may hold commas, so only what stands before the first `=` must be free of them.
	if (list !== null && !/^[^=,]*=/.test(list)) throw refused('mapping', list);
	return list;
}

function oneOf<T extends string>(
	option: ValueOption,
	value: string | undefined,
	known: readonly T[]
): T | null {
	if (value === undefined) return null;
	const found = known.find((item) => item === value);
	if (found === undefined) throw refused(option, value);
	return found;
}

function timeZoneOf(value: string | undefined): string | null {
	const name = filled('time-zone', value);
	if (name === null) return null;
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
	} catch (error) {
		throw error instanceof RangeError ? refused('time-zone', name) : error;
	}
}

function dayOf(value: string | undefined): string | null {
	if (value === undefined) return null;
	if (!isDay(value)) throw refused('as-of', value);
	return value;
}

function categoriesOf(value: string | undefined): readonly string[] | null {
	const list = filled('categories', value);
	if (list === null) return null;
	const found = [...new Set(list.split(',').map((each) => each.trim()))];
	if (found.length > MOST_CATEGORIES || found.some((each) => !TEXTS.includes(each))) {
		throw refused('categories', list);
	}
	return found;
}

function clusterCountOf(value: string | undefined): Options['clusterCount'] {
	if (value === undefined) return null;
	if (value === 'auto') return 'auto';
	const count = wholeNumber(value);
	if (count === null || count < 2 || count > 10) throw refused('clusters', value);
	return count;
}

function seedOf(value: string | undefined): number | null {
	if (value === undefined) return null;
	const seed = wholeNumber(value);
	if (seed === null) throw refused('seed', value);
	return seed;
}

function wholeNumber(text: string): number | null {
	const value = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(value) ? value : null;
}

/** The part of a message of the argument parser that says what is wrong, without its advice. */
function firstSentence(message: string): string {
	return (message.split(/\.\s|\n/)[0] ?? message).replace(/\.$/, '');
}

function refused(option: ValueOption, value: string): AppError<'usage'> {
	return usage(`--${option} is “${value}”; ${NEEDS[option]} is needed.`);
}

function usage(problem: string): AppError<'usage'> {
	return new AppError('usage', { problem });
}
