import { z } from 'zod';
import { plural, whole } from '#lib/core/words.ts';
import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { runStatement } from '../../statement.ts';
import { isMissing, missingParams, wasMissing } from '../missing.ts';
import { aggregate, numberOf, numberText, numberTextSql } from '../numbers.ts';
import type { RepairColumn, RepairContext, RepairInput, RepairOperation } from '../operation.ts';
import { cell, quoted } from '../rules.ts';
import { stepTable } from '../tables.ts';

const METHODS = ['median', 'group_median', 'mode', 'constant'] as const;

const Params = z
	.object({
		method: z.enum(METHODS).meta({
			title: 'Fill with',
			options: {
				median: 'The median of the column',
				group_median: 'The median of the group that the row belongs to',
				mode: 'The most frequent value',
				constant: 'A value that you give'
			}
		}),
		constant: z.string().max(200).meta({ title: 'The value', description: 'For a value that you give.' }),
		group: z.string().min(1).nullable().meta({
			title: 'Column with the group',
			description: 'For the median of the group. A group without numbers gets the median of the column.',
			format: 'column'
		}),
		...missingParams
	})
	.refine(({ method, constant }) => method !== 'constant' || constant.trim() !== '', {
		path: ['constant'],
		message: 'enter the value to fill with'
	})
	.refine(({ method, group }) => method !== 'group_median' || group !== null, {
		path: ['group'],
		message: 'choose the column with the group'
	});
type Params = z.infer<typeof Params>;

/** What fills a column. */
interface Filling {
	readonly missing: number;
	/** As it is written in the file; null when there is nothing to take it from. */
	readonly text: string | null;
}

/** In the order of the columns; `groups` is null where no group counts. */
type Facts = { readonly fillings: readonly Filling[]; readonly groups: number | null };

export const impute: RepairOperation<Params, Facts> = {
	id: 'impute',
	label: 'Fill missing values',
	explanation:
		'Fills cells that are missing with the median, the most frequent value or one that you give; all others stay. A mark keeps which were missing. Ids, consent and outcomes are never filled.',
	group: 'numbers',
	takes: { least: 1, most: 20, kinds: ['number', 'text'], leavesProtected: true, imputes: true },
	params: Params,
	defaults: { method: 'median', constant: '', group: null, words: true, unreadable: false },
	facts: findFillings,
	change: (input, { fillings, groups }) => ({
		replace: input.columns.map((column, i) => ({
			column,
			value: filled(input, column, i, fillings[i], groups)
		})),
		add: input.columns.map((column) => wasMissing(input, column)),
		...(groups === null ? {} : { from: groupJoin(input) })
	}),
	words: (input, { fillings, groups }) =>
		[
			...input.columns.map(({ name }, i) => `“${name}”: ${fillingWords(fillings[i], input, groups)}`),
			...(input.params.method === 'group_median' && groups === null
				? [`The file has no column “${input.params.group ?? ''}”, so the median of the column is taken.`]
				: [])
		].join(' '),
	describe: ({ method, constant, group }, columns) => {
		if (method === 'constant') return `Fill what is missing in ${quoted(columns)} with “${constant}”`;
		if (method === 'mode') return `Fill what is missing in ${quoted(columns)} with the most frequent value`;
		const by = method === 'group_median' ? ` of each “${group ?? ''}”` : '';
		return `Fill what is missing in ${quoted(columns)} with the median${by}`;
	}
};

function fillingWords(
	{ missing, text }: Filling = { missing: 0, text: null },
	{ params }: RepairInput<Params>,
	groups: number | null
): string {
	const cells = plural(missing, 'missing cell');
	if (missing === 0) return 'nothing is missing.';
	if (text === null) {
		const what = params.method === 'mode' ? 'no value' : 'no number';
		return `${cells} ${missing === 1 ? 'stays' : 'stay'} empty, because the column holds ${what}.`;
	}
	const gets = missing === 1 ? 'gets' : 'get';
	if (params.method === 'constant') return `${cells} ${gets} “${text}”.`;
	if (params.method === 'mode') return `${cells} ${gets} the most frequent value, “${text}”.`;
	if (groups === null) return `${cells} ${gets} the median, ${text}.`;
	return `${cells} ${gets} the median of one of ${whole(groups)} groups, or else of the column, ${text}.`;
}

function filled(
	{ params, source }: RepairInput<Params>,
	column: RepairColumn,
	i: number,
	filling: Filling | undefined,
	groups: number | null
): Sql {
	const text = filling?.text ?? null;
	if (text === null) return cell(column);
	const value = groups === null ? sql`${text}` : sql`coalesce(g.${id(`m${i}`)}, ${text})`;
	const isOpen = sql`s.set_aside_by IS NULL AND ${isMissing(column, source, params)}`;
	return sql`CASE WHEN ${isOpen} THEN ${value} ELSE ${cell(column)} END`;
}

async function findFillings(context: RepairContext, input: RepairInput<Params>): Promise<Facts> {
	const missing = await countMissing(context, input);
	const texts = await fillingTexts(context, input);
	return {
		fillings: missing.map((count, i) => ({ missing: count, text: texts[i] ?? null })),
		groups: input.params.method === 'group_median' ? await makeGroups(context, input) : null
	};
}

async function countMissing(
	{ engine, signal }: RepairContext,
	{ columns, source, params, table }: RepairInput<Params>
): Promise<number[]> {
	const counts = columns.map((column, i) =>
		as(sql`count_if(${isMissing(column, source, params)})::INTEGER`, `missing_${i}`)
	);
	const [row = {}] = await engine.rows<Readonly<Record<string, number>>>(
		sql`SELECT ${join(counts, ', ')} FROM ${table} s WHERE s.set_aside_by IS NULL ORDER BY 1`,
		signal
	);
	return columns.map((_, i) => row[`missing${i}`] ?? 0);
}

/** What each column is filled with where no group says otherwise; null when there is nothing to take it from. */
async function fillingTexts(context: RepairContext, input: RepairInput<Params>): Promise<(string | null)[]> {
	const { columns, params, source } = input;
	if (params.method === 'constant') return columns.map(() => params.constant.trim());
	if (params.method === 'mode') {
		const modes: (string | null)[] = [];
		for (const column of columns) {
			const [mode] = await context.engine.rows<{ text: string }>(modeOf(input, column), context.signal);
			modes.push(mode?.text ?? null);
		}
		return modes;
	}
	const medians = await aggregate(context, input, (value, i) => [
		as(sql`quantile_cont(${value}, 0.5e0)::DOUBLE`, `median_${i}`)
	]);
	return columns.map((_, i) => {
		const median = medians[`median${i}`];
		return median == null ? null : numberText(median, source);
	});
}

/** The most frequent text of a column; of several the first in the order of their bytes. */
function modeOf({ params, source, table }: RepairInput<Params>, column: RepairColumn): Sql {
	return sql`
		SELECT trim(${cell(column)})::VARCHAR AS text FROM ${table} s
		WHERE s.set_aside_by IS NULL AND NOT ${isMissing(column, source, params)}
		GROUP BY trim(${cell(column)}) ORDER BY count(*) DESC, text LIMIT 1`;
}

function groupsTable({ source, id: repairId }: RepairInput<Params>): readonly ['clean', string] {
	return stepTable(source.id, repairId, 'groups');
}

/** Makes the table of medians by group, as they are written, and counts the groups; null when the file has no such column. */
async function makeGroups(
	{ engine, signal }: RepairContext,
	input: RepairInput<Params>
): Promise<number | null> {
	const { columns, source, table } = input;
	const group = groupOf(input);
	if (group === null) return null;
	const medians = columns.map((column, i) => {
		const median = sql`quantile_cont(${numberOf(column, source)}, 0.5e0)`;
		return as(numberTextSql(median, source), `m${i}`);
	});
	const content = sql`AS
		SELECT ${join([as(groupKey(group), 'name'), ...medians], ', ')} FROM ${table} s
		WHERE s.set_aside_by IS NULL AND ${groupKey(group)} <> '' GROUP BY 1`;
	await runStatement(engine, { database: 'memory', table: groupsTable(input)[1], content }, signal);
	const [count] = await engine.rows<{ groups: number }>(
		sql`
			SELECT count(*)::INTEGER AS groups FROM (
				SELECT DISTINCT ${groupKey(group)} FROM ${table} s
				WHERE s.set_aside_by IS NULL AND ${groupKey(group)} <> ''
			) ORDER BY 1`,
		signal
	);
	return count?.groups ?? 0;
}

function groupJoin(input: RepairInput<Params>): Sql {
	const group = groupOf(input);
	return group ? sql`LEFT JOIN ${id(...groupsTable(input))} g ON g.name = ${groupKey(group)}` : sql``;
}

function groupOf({ others, params }: RepairInput<Params>): RepairColumn | null {
	return others.find(({ name }) => name === params.group) ?? null;
}

function groupKey(group: RepairColumn): Sql {
	return sql`trim(${cell(group)})`;
}
