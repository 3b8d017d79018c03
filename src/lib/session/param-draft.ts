import type { z } from 'zod';
import type { FieldControl, ParamField } from './param-form.ts';

/** What stands in a control: nothing that was typed is lost, whether it fits or not. */
export type FieldDraft = string | boolean | readonly string[] | readonly (readonly string[])[];
export type ParamDraft = Readonly<Record<string, FieldDraft>>;

/** What stands in the controls for parameters as they are. */
export function draftOf(fields: readonly ParamField[], params: unknown): ParamDraft {
	const values = (params ?? {}) as Readonly<Record<string, unknown>>;
	return Object.fromEntries(
		fields.map((field) => [field.name, fieldDraft(field.control, values[field.name])])
	);
}

function fieldDraft(control: FieldControl, value: unknown): FieldDraft {
	switch (control.kind) {
		case 'switch':
			return value === true;
		case 'choices':
		case 'columns':
			return Array.isArray(value) ? value.map(String) : [];
		case 'texts':
			return Array.isArray(value) ? value.map(String).join('\n') : '';
		case 'table':
			return tableDraft(control, value);
		default:
			return value === null || value === undefined ? '' : String(value);
	}
}

function tableDraft(
	{ isRecord, columns }: Extract<FieldControl, { kind: 'table' }>,
	value: unknown
): readonly (readonly string[])[] {
	if (isRecord) return Object.entries(value ?? {}).map(([key, each]) => [key, String(each)]);
	const rows = Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
	return rows.map((row) => columns.map(({ name }) => String(row[name] ?? '')));
}

/** Parameters that fit, or what does not, by field; the empty name stands for all of them together. */
export type ReadParams =
	| { readonly params: Record<string, unknown>; readonly problems: null }
	| { readonly params: null; readonly problems: Readonly<Record<string, string>> };

/** Reads what was entered. */
export function readDraft(schema: z.ZodType, fields: readonly ParamField[], draft: ParamDraft): ReadParams {
	const problems: Record<string, string> = {};
	const values: Record<string, unknown> = {};
	for (const { name, control, isOptional } of fields) {
		const read = readField(control, draft[name] ?? '', isOptional);
		if (read instanceof Problem) problems[name] = read.words;
		else values[name] = read;
	}
	const parsed = schema.safeParse(values);
	for (const issue of parsed.error?.issues ?? []) {
		const [field = '', ...below] = issue.path.map(String);
		const where = below.length > 0 && !/^\d+$/.test(below[0] ?? '') ? `${below[0]}: ` : '';
		problems[field] ??= where + issueWords(issue, values[field]);
	}
	return Object.keys(problems).length > 0 || !parsed.success
		? { params: null, problems }
		: { params: parsed.data as Record<string, unknown>, problems: null };
}

/** What cannot be read, in words. */
class Problem {
	constructor(readonly words: string) {}
}

function readField(control: FieldControl, entered: FieldDraft, isOptional: boolean): unknown {
	if (control.kind === 'table') return readTable(control, entered as readonly (readonly string[])[]);
	if (control.kind === 'texts') {
		const lines = String(entered)
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '');
		if (!control.isNumber) return lines;
		const numbers = lines.map(readNumber);
		return numbers.find((each) => each instanceof Problem) ?? numbers;
	}
	if (typeof entered !== 'string') return entered;
	if (entered.trim() === '' && isOptional) return null;
	if (control.kind === 'number') return readNumber(entered);
	if (control.kind === 'text') return entered;
	return entered === '' ? new Problem('Nothing is chosen yet.') : entered;
}

function readNumber(text: string): number | Problem {
	const trimmed = text.trim();
	if (trimmed === '') return new Problem('Nothing is entered, needed a number.');
	const value = Number(trimmed.replace(',', '.'));
	return Number.isFinite(value) ? value : new Problem(`Found “${trimmed}”, needed a number.`);
}

function readTable(
	{ isRecord, columns }: Extract<FieldControl, { kind: 'table' }>,
	rows: readonly (readonly string[])[]
): unknown {
	const filled = rows.filter((row) => row.some((text) => text.trim() !== ''));
	const read = filled.map((row) =>
		columns.map(({ isNumber }, i) => (isNumber ? readNumber(row[i] ?? '') : (row[i] ?? '')))
	);
	for (const [i, row] of read.entries()) {
		const problem = row.find((value) => value instanceof Problem);
		if (problem instanceof Problem) return new Problem(`${filled[i]?.[0] ?? ''}: ${problem.words}`);
	}
	if (!isRecord) {
		return read.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
	}
	const keys = filled.map(([key = '']) => key);
	const repeated = keys.find((key, i) => keys.indexOf(key) < i);
	if (repeated !== undefined) return new Problem(`“${repeated}” stands there twice.`);
	return Object.fromEntries(read.map(([key, value]) => [String(key), value]));
}

/** What zod found wrong, as it is said to a reader. */
function issueWords(issue: z.core.$ZodIssue, value: unknown): string {
	const found =
		typeof value === 'number' || typeof value === 'string'
			? `Found ${value === '' ? 'nothing' : value}, n`
			: 'N';
	switch (issue.code) {
		case 'too_small':
			if (issue.origin === 'string' && issue.minimum === 1) return 'Nothing is entered yet.';
			if (issue.origin === 'array') return `Needed at least ${String(issue.minimum)}.`;
			return `${found}eeded ${issue.inclusive === false ? `more than ${String(issue.minimum)}` : `${String(issue.minimum)} or more`}.`;
		case 'too_big':
			if (issue.origin === 'array') return `Needed at most ${String(issue.maximum)}.`;
			return `${found}eeded ${issue.inclusive === false ? `less than ${String(issue.maximum)}` : `${String(issue.maximum)} or less`}.`;
		case 'invalid_type':
			return `${found}eeded a ${issue.expected === 'int' ? 'whole number' : issue.expected}.`;
		case 'invalid_value':
			return 'Nothing is chosen yet.';
		default:
			return sentence(issue.message);
	}
}

function sentence(text: string): string {
	const capital = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.?]$/.test(capital) ? capital : `${capital}.`;
}
