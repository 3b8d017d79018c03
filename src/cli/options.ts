import { parseArgs } from 'node:util';
import { AppError } from '#lib/core/errors.ts';
import { isDay } from '#lib/core/days.ts';
import { DATE_ORDERS } from '#lib/pipeline/import/schema.ts';
import { METHODS } from '#lib/pipeline/segment/methods/index.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';

/** What the command was asked to do. `null`: not given, so the recipe or the default holds. */
export interface Options {
	/** Order files, as written. */
	readonly files: readonly string[];
	readonly out: string;
	readonly recipe: string | null;
	readonly mapping: string | null;
	readonly dateOrder: (typeof DATE_ORDERS)[number] | null;
	readonly asOf: string | null;
	readonly method: string | null;
	readonly clusterCount: ClusteringParams['clusterCount'] | null;
	readonly seed: number | null;
}

/** The text of `--help`. */
export const HELP = `Customer segments from order files, without a browser.

Usage: npm run segment -- orders.csv [more.csv …] --out out/ [options]

  --out FOLDER        where to write (default: out)
  --recipe FILE       do what this recipe.json says, on these files
  --mapping LIST      which column means what, in every file:
                      customer=CustomerID,date=InvoiceDate,order_id=InvoiceNo,quantity=Quantity,unit_price=UnitPrice
  --date-order ORDER  ${DATE_ORDERS.join(', ')}: for dates such as 03/04/2011 that can be read two ways
  --as-of DAY         count orders before this day, such as 2011-12-10 (default: the day after the last order)
  --method NAME       ${METHODS.map((method) => method.id).join(', ')}
  --clusters N        auto, or 2 to 10 (default: auto)
  --seed N            a whole number from 0; the same seed gives the same segments (default: 1)
  --help              this text

It writes segments.csv, report.json, recipe.json, recipe.sql and set_aside.csv.
Files may be gzipped. Nothing is sent anywhere.
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
		out: filled('out', values.out) ?? 'out',
		recipe: filled('recipe', values.recipe),
		mapping: filled('mapping', values.mapping),
		dateOrder: oneOf('date-order', values['date-order'], DATE_ORDERS),
		asOf: dayOf(values['as-of']),
		method: oneOf(
			'method',
			values.method,
			METHODS.map((method) => method.id)
		),
		clusterCount: clusterCountOf(values.clusters),
		seed: seedOf(values.seed)
	};
}

const TEXT = { type: 'string' } as const;

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				out: TEXT,
				recipe: TEXT,
				mapping: TEXT,
				'date-order': TEXT,
				'as-of': TEXT,
				method: TEXT,
				clusters: TEXT,
				seed: TEXT,
				help: { type: 'boolean', short: 'h' }
			}
		});
	} catch (error) {
		throw usage(`${firstSentence((error as Error).message)}.`);
	}
}

function filled(name: string, value: string | undefined): string | null {
	if (value === undefined) return null;
	if (value.trim() === '') throw usage(`--${name} is empty.`);
	return value;
}

function oneOf<T extends string>(name: string, value: string | undefined, known: readonly T[]): T | null {
	if (value === undefined) return null;
	const found = known.find((item) => item === value);
	if (found === undefined) throw usage(`--${name} is “${value}”; it can be ${known.join(', ')}.`);
	return found;
}

function dayOf(value: string | undefined): string | null {
	if (value === undefined) return null;
	if (!isDay(value)) throw usage(`--as-of is “${value}”; a day such as 2011-12-10 is needed.`);
	return value;
}

function clusterCountOf(value: string | undefined): Options['clusterCount'] {
	if (value === undefined) return null;
	if (value === 'auto') return 'auto';
	const count = wholeNumber(value);
	if (count === null || count < 2 || count > 10) {
		throw usage(`--clusters is “${value}”; auto or a whole number from 2 to 10 is needed.`);
	}
	return count;
}

function seedOf(value: string | undefined): number | null {
	if (value === undefined) return null;
	const seed = wholeNumber(value);
	if (seed === null) throw usage(`--seed is “${value}”; a whole number from 0 is needed.`);
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

function usage(problem: string): AppError<'usage'> {
	return new AppError('usage', { problem });
}
