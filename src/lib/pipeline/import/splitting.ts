import { breathe } from '#lib/core/pause.ts';
import type { Quoting } from './fields.ts';
import { columnKinds, headerEvidence } from './header-evidence.ts';
import { commonestCount, sampleRows, type Sample, type SampleRow, type Splitting } from './sample-rows.ts';
import type { Dialect } from './schema.ts';
import { valueKind } from './value-kind.ts';

/** Delimiters that are no part of ordinary words and times. */
const COMMON_DELIMITERS = [',', ';', '\t', '|', ', ', '||', '\u0001'] as const;
/** Delimiters that are believed only when every row has them. */
const RARE_DELIMITERS = ['~', '^', ':'] as const;

/** What parts nothing in a file of one column, in the order of preference. */
const UNUSED_DELIMITERS = [',', ';', '\t', '|', '^', '~', '\u0001'] as const;

/** Delimiters that ordinary text seldom holds. */
const PARTING = [';', '\t', '|'] as const;

/** Rows of one field that may stand above a table. */
const MAX_TITLES = 20;

const MIN_SHARE = 0.8;
const MIN_SHARE_WIDE = 0.5;
const MIN_SHARE_RAGGED = 0.3;
const MIN_SHARE_RARE = 0.95;
const MAX_BROKEN = 0.5;

type Bounds = Parameters<typeof sampleRows>[2];

/** One way of reading the sample. */
export interface SplitSample {
	readonly splitting: Splitting;
	/** All rows of the sample, blank ones too. */
	readonly rows: readonly SampleRow[];
	/** Fields that most rows have; 1 when no delimiter parts the file. */
	readonly columnCount: number;
	/** Share of the rows, 0 … 1, with at least two fields and as many as a neighbour; of one column, 0 when in doubt. */
	readonly agreement: number;
}

interface Candidate extends SplitSample {
	readonly data: readonly SampleRow[];
	readonly score: number;
}

/** What of the splitting is known already. */
export type KnownSplitting = Partial<Splitting>;

/**
 * The delimiter, quote and escape by which the rows of a sample agree best on their number of fields. Neighbours are
 * compared, not all rows with one: so one bad row costs one row, and several tables in a file all count.
 */
export async function findSplitting(
	sample: Sample,
	bounds: Bounds,
	known: KnownSplitting,
	isKnownName: (name: string) => boolean
): Promise<SplitSample> {
	const quotings = possibleQuotings(sample.text, known);
	const tried = async (splitting: Splitting) => {
		await breathe();
		return candidate(sample, splitting, bounds);
	};
	const read = async (delimiter: string) => {
		const [usual, ...others] = quotings.map((quoting) => ({ delimiter, ...quoting }));
		const first = await tried(usual ?? { delimiter, quote: '"', escape: 'double' });
		const isSmooth = first.agreement === 1 && first.data.every((row) => !row.isLoose && !row.isBroken);
		if (isSmooth && !sample.text.includes("'")) return first;
		// That nothing is quoted is believed only where quotes do not pair.
		const isPaired = shareOf(first.data, (row) => row.isBroken) <= MAX_BROKEN;
		const possible = others.filter(({ quote }) => quote !== '' || !isPaired);
		return best([first, ...(await oneByOne(possible, tried))]);
	};
	if (known.delimiter !== undefined) return read(known.delimiter);
	const isUsed = (delimiter: string) => sample.text.includes(delimiter.slice(0, 1));
	const common = await oneByOne(COMMON_DELIMITERS.filter(isUsed), read);
	const possible = preferPairs(common).filter((one) => isTable(one, isKnownName));
	if (possible.length > 0) return best(possible);
	const rare = await oneByOne(RARE_DELIMITERS.filter(isUsed), read);
	const certain = rare.filter((one) => isCertainTable(one, isKnownName));
	if (certain.length > 0) return best(certain);
	const blanks = await tried({ delimiter: ' ', quote: '"', escape: 'double' });
	if (isTableOfBlanks(blanks)) return blanks;
	const unused = UNUSED_DELIMITERS.find((delimiter) => !sample.text.includes(delimiter)) ?? ',';
	const isDoubtful = common.some(({ data }) => partedShare(data) >= MIN_SHARE);
	return { ...(await read(unused)), columnCount: 1, agreement: isDoubtful ? 0 : 1 };
}

/** The outcomes of work on each item, in order, one after the other. */
async function oneByOne<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
	const outcomes: R[] = [];
	for (const item of items) outcomes.push(await work(item));
	return outcomes;
}

function possibleQuotings(text: string, known: KnownSplitting): Quoting[] {
	const quotes: Dialect['quote'][] = ['"'];
	if (/(?:^|[,;|\t])[ ]?'/m.test(text)) quotes.push("'");
	if (text.includes('"')) quotes.push('');
	const all = (known.quote === undefined ? quotes : [known.quote]).flatMap((quote): Quoting[] => {
		const isEscaped = quote !== '' && text.includes(`\\${quote}`);
		const escapes: Dialect['escape'][] = isEscaped ? ['double', 'backslash'] : ['double'];
		return (known.escape === undefined ? escapes : [known.escape]).map((escape) => ({ quote, escape }));
	});
	return all;
}

function best<T extends Candidate>(candidates: readonly T[]): T {
	return candidates.reduce((a, b) => (b.score > a.score ? b : a));
}

function candidate(sample: Sample, splitting: Splitting, bounds: Bounds): Candidate {
	const rows = sampleRows(sample, splitting, bounds);
	const data = dataRows(rows);
	const columnCount = commonestCount(data.filter(({ fields }) => fields.length > 1));
	const agreement = agreementOf(data);
	const troubles = 2 * shareOf(data, (row) => row.isBroken) + shareOf(data, (row) => row.isLoose) / 10;
	const score =
		agreement -
		troubles -
		unpartedShare(data, splitting.delimiter) / 20 +
		typedShare(data, columnCount) / 5 +
		Math.min(columnCount, 20) / 100 -
		quotePenalty(data, splitting);
	return { splitting, rows, data, columnCount, agreement, score };
}

/** Rows that are neither blank nor comments for certain. */
function dataRows(rows: readonly SampleRow[]): SampleRow[] {
	const filled = rows.filter((row) => row.filled > 0);
	const marked = filled.filter(isCertainComment);
	return marked.length === filled.length ? filled : filled.filter((row) => !marked.includes(row));
}

/** A mark with a blank or a rule behind it: `#1001` is an order, `# Orders` is a comment. */
export function isCertainComment({ mark, fields }: SampleRow): boolean {
	return mark !== '' && /^(?:#|\/\/)(?:[\s#=*!-]|$)/.test(fields[0] ?? '');
}

function shareOf(rows: readonly SampleRow[], isSo: (row: SampleRow) => boolean): number {
	return rows.length === 0 ? 0 : rows.filter(isSo).length / rows.length;
}

function partedShare(rows: readonly SampleRow[]): number {
	return shareOf(rows, ({ fields }) => fields.length > 1);
}

/** Rows without the titles above the first of three fields or more, if all below that are parted. */
function belowTitles(rows: readonly SampleRow[]): readonly SampleRow[] {
	const first = rows.findIndex(({ fields }) => fields.length > 1);
	const below = rows.slice(Math.max(first, 0));
	const isTable = below.length > 1 && below.every(({ fields }) => fields.length > 2);
	return first <= MAX_TITLES && (isTable || below.length * 2 > rows.length) ? below : rows;
}

/** Share of the rows with a text that holds another delimiter, though it need not. */
function unpartedShare(rows: readonly SampleRow[], delimiter: string): number {
	const others = PARTING.filter((other) => !delimiter.includes(other));
	const isUnparted = (field: string) =>
		others.some((other) => field.includes(other)) && valueKind(field) === 'text';
	return shareOf(rows, ({ fields }) => fields.some(isUnparted));
}

function agreementOf(rows: readonly SampleRow[]): number {
	if (rows.length === 0) return 0;
	const counts = rows.map(({ fields }) => fields.length);
	if (rows.length === 1) return (counts[0] ?? 1) > 1 ? 1 : 0;
	const agreeing = counts.filter(
		(count, i) => count > 1 && (count === counts[i - 1] || count === counts[i + 1])
	);
	return agreeing.length / rows.length;
}

/** Share of the cells that are numbers, dates or amounts: a wrong delimiter makes text of them. */
function typedShare(rows: readonly SampleRow[], columnCount: number): number {
	let cells = 0;
	let typed = 0;
	for (const { fields } of rows.slice(0, 100)) {
		if (fields.length !== columnCount) continue;
		for (const field of fields) {
			const kind = valueKind(field);
			if (kind === 'empty') continue;
			cells += 1;
			if (kind !== 'text') typed += 1;
		}
	}
	return cells === 0 ? 0 : typed / cells;
}

/** Double quotes are the rule; others must show that they come in pairs, or explain more rows. */
function quotePenalty(rows: readonly SampleRow[], { quote, escape }: Splitting): number {
	if (quote === '') return 0.1;
	const escapePenalty = escape === 'backslash' ? 1e-6 : 0;
	if (quote === '"') {
		const cells = rows.flatMap(({ fields }) => fields);
		const marked = cells.filter((field) => /^\s*'./s.test(field));
		const paired = marked.filter((field) => /^\s*'.*'\s*$/s.test(field));
		const arePairs = marked.length >= 2 && paired.length >= 0.9 * marked.length;
		return escapePenalty + (arePairs ? 0.1 + paired.length / cells.length : 0);
	}
	return escapePenalty + 0.05;
}

/** Whether so many fields by the pair go with so many by the single character. */
type Fits = (pairs: number, singles: number) => boolean;

/** Of `,` and `, `, or `|` and `||`, the pair when it always stands together. */
function preferPairs(candidates: readonly Candidate[]): Candidate[] {
	const find = (delimiter: string) => candidates.find(({ splitting }) => splitting.delimiter === delimiter);
	const isSame = (pair: Candidate, single: Candidate, fits: Fits) => {
		const split = pair.data.filter(({ fields }) => fields.length > 1);
		const singles = new Map(single.data.map(({ line, fields }) => [line, fields.length]));
		const same = split.filter(({ line, fields }) => fits(fields.length, singles.get(line) ?? 0));
		return (
			split.length > 0 && same.length >= 0.95 * split.length && pair.agreement >= single.agreement - 0.05
		);
	};
	const losers: (Candidate | undefined)[] = [];
	const choose = (pair: string, single: string, fits: Fits) => {
		const [two, one] = [find(pair), find(single)];
		if (two === undefined || one === undefined) return;
		losers.push(isSame(two, one, fits) ? one : two);
	};
	choose(', ', ',', (pairs, singles) => singles === pairs);
	choose('||', '|', (pairs, singles) => singles >= 2 * pairs - 1);
	return candidates.filter((one) => !losers.includes(one));
}

function isTable(one: Candidate, isKnownName: (name: string) => boolean): boolean {
	const { data, columnCount, splitting } = one;
	if (columnCount < 2 || data.length === 0) return false;
	const rows = belowTitles(data);
	const agreement = agreementOf(rows);
	const counts = rows.map(({ fields }) => fields.length);
	const first = counts[0] ?? 1;
	const isRagged = first > 1 && first === Math.max(...counts) && agreement >= MIN_SHARE_RAGGED;
	const isEven = agreement >= (columnCount > 2 ? MIN_SHARE_WIDE : MIN_SHARE);
	// However the rows differ: no row without two delimiters or more is by chance.
	const isWide = splitting.delimiter !== ', ' && counts.every((count) => count > 2);
	if (!isEven && !isRagged && !isWide && !hasNames(rows)) return false;
	const isTitled = (data[0]?.fields.length ?? 0) === 1;
	return !isTitled || !isHeaderOfOneColumn(one, rows, isKnownName);
}

/** A first row of short names that stand close to their delimiters is no sentence. */
function hasNames(data: readonly SampleRow[]): boolean {
	const cells = data[0]?.fields ?? [];
	const areNames = cells.every((cell) => /^\p{L}[^"']{0,40}$/u.test(cell) && valueKind(cell) === 'text');
	return cells.length > 1 && areNames && new Set(cells).size === cells.length && partedShare(data) >= 0.5;
}

/** A row of one cell right above the others is a title only when the next one holds names. */
function isHeaderOfOneColumn(
	{ data, columnCount, agreement, splitting }: Candidate,
	below: readonly SampleRow[],
	isKnownName: (name: string) => boolean
): boolean {
	const title = data[data.length - below.length - 1];
	const [first, ...rest] = below;
	if (title === undefined || first === undefined) return false;
	if (title.isBroken || first.line !== title.line + 1) return false;
	const cells = rest.map(({ fields }) => fields);
	if (headerEvidence(first.fields, cells, isKnownName) > 0) return false;
	const isProse = splitting.delimiter === ', ';
	return columnCount < 3 || agreement < 0.9 || isProse;
}

function isCertainTable(one: Candidate, isKnownName: (name: string) => boolean): boolean {
	const { data, columnCount, agreement, splitting } = one;
	if (data.length < 2 || columnCount < 2 || agreement < MIN_SHARE_RARE) return false;
	if (data.some(({ fields }) => fields.length === 1)) return false;
	if (splitting.delimiter !== ':') return true;
	const [first, ...rest] = data.map(({ fields }) => fields);
	return columnCount > 3 || headerEvidence(first ?? [], rest, isKnownName) > 1;
}

/** Words in a sentence are parted by blanks too: a table has the same count in every row, and mostly numbers. */
function isTableOfBlanks({ columnCount, data }: Candidate): boolean {
	const same = data.filter(({ fields }) => fields.length === columnCount);
	if (columnCount < 2 || same.length < 0.95 * data.length) return false;
	const body = same.slice(1).map(({ fields }) => fields);
	const kinds = columnKinds(body, columnCount);
	return kinds.filter((kind) => kind !== 'text' && kind !== 'empty').length * 2 >= columnCount;
}
