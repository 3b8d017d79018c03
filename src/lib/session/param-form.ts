import { z } from 'zod';
import type { ColumnKind } from '#lib/pipeline/clean/repairs/operation.ts';

/** One of the choices of a field. */
export interface FieldOption {
	readonly value: string;
	readonly label: string;
}

/** A column of a table that is typed in: names of currencies and their rates, spellings and what they become. */
export interface TableColumn {
	readonly name: string;
	readonly title: string;
	readonly isNumber: boolean;
}

/** What a parameter is entered with. */
export type FieldControl =
	| { readonly kind: 'choice'; readonly options: readonly FieldOption[] }
	| { readonly kind: 'choices'; readonly options: readonly FieldOption[] }
	| { readonly kind: 'switch' }
	| {
			readonly kind: 'number';
			readonly least: number | null;
			readonly most: number | null;
			readonly isWhole: boolean;
	  }
	| { readonly kind: 'text'; readonly isLong: boolean }
	| { readonly kind: 'column' }
	/** `holds`: of which kind the columns are to be; null: of any. */
	| { readonly kind: 'columns'; readonly holds: ColumnKind | null }
	| { readonly kind: 'day' }
	/** One text per line. */
	| { readonly kind: 'texts'; readonly isNumber: boolean }
	/** A record is a table of two columns, a list of objects one of as many as they have fields. */
	| { readonly kind: 'table'; readonly isRecord: boolean; readonly columns: readonly TableColumn[] };

/** One parameter of an operation, as it is asked for. */
export interface ParamField {
	readonly name: string;
	readonly title: string;
	/** Empty when there is nothing to add. */
	readonly description: string;
	readonly control: FieldControl;
	/** May be left empty. */
	readonly isOptional: boolean;
}

/** What a schema may say about a field besides its type, in its `meta`. */
interface FieldMeta {
	readonly title?: string;
	readonly description?: string;
	/** `column`: the name of a column; `day`: `2024-01-31`; `sql` and `long`: several lines. */
	readonly format?: 'column' | 'columns' | 'day' | 'sql' | 'long';
	/** Of which kind the columns of a list are to be; others are not offered. */
	readonly holds?: ColumnKind;
	/** Words of the choices, by value. */
	readonly options?: Readonly<Record<string, string>>;
	/** Headings of a record that is typed in as a table. */
	readonly columns?: readonly string[];
}

/**
 * The fields of a form for parameters, in the order of the schema.
 * @throws RangeError for a schema that is no object, or a field that no control can enter
 */
export function fieldsOf(schema: z.ZodType): ParamField[] {
	const { inner } = unwrap(schema);
	if (!(inner instanceof z.ZodObject)) throw new RangeError('parameters are an object');
	return Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, field]) =>
		fieldOf(name, field)
	);
}

function fieldOf(name: string, schema: z.ZodType): ParamField {
	const { inner, meta, isOptional } = unwrap(schema);
	const control = controlOf(inner, meta, isOptional);
	if (control === null) throw new RangeError(`no control for “${name}”`);
	return {
		name,
		title: meta.title ?? spoken(name),
		description: meta.description ?? '',
		control,
		isOptional
	};
}

/** A schema without what only says that it may be absent; the outermost metadata win. */
function unwrap(schema: z.ZodType): {
	readonly inner: z.ZodType;
	readonly meta: FieldMeta;
	readonly isOptional: boolean;
} {
	const meta = (schema.meta() ?? {}) as FieldMeta;
	const isWrapped =
		schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
	if (!isWrapped) return { inner: schema, meta, isOptional: false };
	const below = unwrap(schema.unwrap() as z.ZodType);
	const isOptional = below.isOptional || !(schema instanceof z.ZodDefault);
	return { inner: below.inner, meta: { ...below.meta, ...meta }, isOptional };
}

function controlOf(schema: z.ZodType, meta: FieldMeta, isOptional: boolean): FieldControl | null {
	const values = choicesOf(schema);
	if (values) return { kind: 'choice', options: optionsOf(values, meta, isOptional) };
	if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
	if (schema instanceof z.ZodNumber) return numberControl(schema);
	if (meta.format === 'column') return { kind: 'column' };
	if (meta.format === 'day') return { kind: 'day' };
	if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) {
		return { kind: 'text', isLong: meta.format === 'sql' || meta.format === 'long' };
	}
	if (schema instanceof z.ZodArray) return listControl(schema.element as z.ZodType, meta);
	if (schema instanceof z.ZodRecord) return recordControl(schema, meta);
	return null;
}

/** The values of an enum, or of literals that are texts. */
function choicesOf(schema: z.ZodType): readonly string[] | null {
	if (schema instanceof z.ZodEnum) return schema.options.map(String);
	if (!(schema instanceof z.ZodLiteral)) return null;
	const values = [...schema.values];
	return values.every((value) => typeof value === 'string') ? (values as string[]) : null;
}

function optionsOf(values: readonly string[], meta: FieldMeta, isOptional: boolean): FieldOption[] {
	const options = values.map((value) => ({
		value,
		label: meta.options?.[value] ?? codeWords(value) ?? spoken(value)
	}));
	return isOptional ? [{ value: '', label: meta.options?.[''] ?? 'None' }, ...options] : options;
}

function numberControl(schema: z.ZodNumber): FieldControl {
	const bound = (value: number | null) =>
		value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
	return {
		kind: 'number',
		least: bound(schema.minValue),
		most: bound(schema.maxValue),
		isWhole: schema.format?.includes('int') ?? false
	};
}

function listControl(element: z.ZodType, meta: FieldMeta): FieldControl | null {
	if (meta.format === 'columns') return { kind: 'columns', holds: meta.holds ?? null };
	const { inner } = unwrap(element);
	const values = choicesOf(inner);
	if (values) return { kind: 'choices', options: optionsOf(values, meta, false) };
	if (inner instanceof z.ZodString) return { kind: 'texts', isNumber: false };
	if (inner instanceof z.ZodNumber) return { kind: 'texts', isNumber: true };
	if (!(inner instanceof z.ZodObject)) return null;
	const columns = Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, field]) => {
		const below = unwrap(field);
		return {
			name,
			title: below.meta.title ?? spoken(name),
			isNumber: below.inner instanceof z.ZodNumber
		};
	});
	return { kind: 'table', isRecord: false, columns };
}

function recordControl(schema: z.ZodRecord, meta: FieldMeta): FieldControl | null {
	const { inner } = unwrap(schema.valueType as z.ZodType);
	const isNumber = inner instanceof z.ZodNumber;
	if (!isNumber && !(inner instanceof z.ZodString)) return null;
	const [key = 'Found', value = 'Becomes'] = meta.columns ?? [];
	return {
		kind: 'table',
		isRecord: true,
		columns: [
			{ name: 'key', title: key, isNumber: false },
			{ name: 'value', title: value, isNumber }
		]
	};
}

/** Codes of countries (ISO 3166) and currencies (ISO 4217) with their names; null for any other text. */
function codeWords(code: string): string | null {
	const type = /^[A-Z]{2}$/.test(code) ? 'region' : /^[A-Z]{3}$/.test(code) ? 'currency' : null;
	if (type === null) return null;
	const name = new Intl.DisplayNames(undefined, { type, fallback: 'none' }).of(code);
	return name === undefined ? code : `${name} (${code})`;
}

/** The words of an id: `as_written` and `asWritten` become “As written”. */
export function spoken(id: string): string {
	const words = id
		.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
		.replaceAll('_', ' ')
		.toLowerCase()
		.trim();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
