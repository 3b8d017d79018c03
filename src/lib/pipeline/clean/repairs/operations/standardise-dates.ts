import { z } from 'zod';
import { names, plural, whole } from '#lib/core/words.ts';
import { as, sql, type Sql } from '#lib/engine/sql.ts';
import { dateSql } from '../../typing.ts';
import { COMPACT_TIME, TIME_WITH_ZONE } from '../../zone.sql.ts';
import type { RepairContext, RepairInput, RepairOperation } from '../operation.ts';

const Params = z.object({
	from: z.enum(['auto', 'dmy', 'mdy', 'ymd']).meta({
		title: 'How they are written',
		description:
			'Auto reads each date by itself; one that could be day or month first is read as most others of its column are.'
	}),
	form: z.enum(['iso date', 'iso date and time']).meta({
		title: 'Write them as',
		description: 'A date without a time stays a date. An offset behind a time stays as it is.'
	})
});
type Params = z.infer<typeof Params>;

type Order = 'dmy' | 'mdy';

/** What a column holds. `order`: how dates that could be either are read; null leaves them as they are. */
interface ColumnDates {
	readonly order: Order | null;
	/** Rows with a date that can only be day first, or only month first. */
	readonly dayFirst: number;
	readonly monthFirst: number;
	/** Rows with a date that could be either, on two different days. */
	readonly ambiguous: number;
}

/** In the order of the columns; empty where the parameters say how dates are written. */
type Facts = { readonly columns: readonly ColumnDates[] };

export const standardiseDates: RepairOperation<Params, Facts> = {
	id: 'standardise_dates',
	label: 'Write dates one way',
	explanation:
		'Rewrites dates as year, month and day, whatever they were written as. A text that is no date stays as it is, and is counted.',
	group: 'texts',
	takes: { least: 1, most: 20, kinds: ['date', 'text'], leavesProtected: false },
	params: Params,
	defaults: { from: 'auto', form: 'iso date and time' },
	facts: async (context, input) => {
		const columns: ColumnDates[] = [];
		if (input.params.from !== 'auto') return { columns };
		for (const { text } of input.columns) columns.push(await columnDates(context, input, text));
		return { columns };
	},
	change: ({ params, columns }, facts) => {
		const read = columns.map(({ text }, i) => readDate(text, params.from, facts.columns[i]));
		const failing = columns.map(
			({ text }, i) => sql`(trim(${text}) <> '' AND ${read[i] ?? sql`NULL`} IS NULL)`
		);
		return {
			replace: columns.map((column, i) => ({
				column,
				value: sql`coalesce(${written(column.text, read[i] ?? sql`NULL`, params.form)}, ${column.text})`
			})),
			failing: failing.reduce((any, one) => sql`${any} OR ${one}`)
		};
	},
	words: ({ columns }, facts) =>
		facts.columns.map((found, i) => columnWords(columns[i]?.name ?? '', found)).join(' '),
	describe: ({ from, form }, columns) => {
		const example = form === 'iso date' ? '2024-01-31' : '2024-01-31 09:30:00';
		const read = { auto: '', dmy: ', read day first', mdy: ', read month first', ymd: ', read year first' }[
			from
		];
		return `Write ${names(columns.map((name) => `“${name}”`))} as ${example}${read}`;
	}
};

/** TIMESTAMP; NULL where a text is no date, or could be two. */
function readDate(text: Sql, from: Params['from'], found?: ColumnDates): Sql {
	if (from !== 'auto' || found === undefined) return dateSql(text, from === 'auto' ? 'ymd' : from);
	const [day, month] = [dateSql(text, 'dmy'), dateSql(text, 'mdy')];
	const { order, dayFirst, monthFirst, ambiguous } = found;
	if (order === null && ambiguous > 0) {
		return sql`CASE WHEN ${day} IS NULL THEN ${month} WHEN ${month} IS NULL OR ${month} = ${day} THEN ${day} END`;
	}
	const isMixed = dayFirst > 0 && monthFirst > 0;
	if (order === 'mdy') return isMixed ? sql`coalesce(${month}, ${day})` : month;
	return isMixed ? sql`coalesce(${day}, ${month})` : day;
}

/** The date in ISO 8601, with its time and what stands behind it where that is asked for. */
function written(text: Sql, moment: Sql, form: Params['form']): Sql {
	if (form === 'iso date') return sql`strftime(${moment}, '%Y-%m-%d')`;
	const hasTime = sql`(contains(${text}, ':') OR regexp_full_match(${text}, ${COMPACT_TIME}))`;
	const zone = sql`regexp_replace(regexp_extract(${text}, ${TIME_WITH_ZONE}, 1), '^([A-Y])', ' \\1')`;
	return sql`CASE WHEN ${hasTime} THEN strftime(${moment}, '%Y-%m-%d %H:%M:%S') || ${zone}
		ELSE strftime(${moment}, '%Y-%m-%d') END`;
}

async function columnDates(
	{ engine, signal }: RepairContext,
	{ table, source }: RepairInput<Params>,
	text: Sql
): Promise<ColumnDates> {
	const rows = (condition: Sql, name: string) =>
		as(sql`coalesce(sum(n) FILTER (WHERE ${condition}), 0)::INTEGER`, name);
	const [counted] = await engine.rows<Omit<ColumnDates, 'order'>>(
		sql`
			SELECT ${rows(sql`month IS NULL AND day IS NOT NULL`, 'day_first')},
				${rows(sql`day IS NULL AND month IS NOT NULL`, 'month_first')},
				${rows(sql`day <> month`, 'ambiguous')}
			FROM (
				SELECT n, ${dateSql(sql`text`, 'dmy')} AS day, ${dateSql(sql`text`, 'mdy')} AS month
				FROM (
					SELECT ${text} AS text, count(*) AS n FROM ${table}
					WHERE set_aside_by IS NULL AND ${text} <> '' GROUP BY 1
				)
			) ORDER BY ambiguous`,
		signal
	);
	const { dayFirst = 0, monthFirst = 0, ambiguous = 0 } = counted ?? {};
	const { dateOrder } = source.reading;
	const told = dateOrder === 'ymd' ? null : dateOrder;
	const order = dayFirst === monthFirst ? told : dayFirst > monthFirst ? 'dmy' : 'mdy';
	return { order, dayFirst, monthFirst, ambiguous };
}

function columnWords(name: string, { order, dayFirst, monthFirst, ambiguous }: ColumnDates): string {
	const sure = [
		...(dayFirst > 0 ? [`${whole(dayFirst)} day first`] : []),
		...(monthFirst > 0 ? [`${whole(monthFirst)} month first`] : [])
	];
	const either = plural(ambiguous, 'date');
	const were = ambiguous === 1 ? 'was' : 'were';
	const first = order === 'mdy' ? 'month first' : 'day first';
	const read =
		ambiguous === 0
			? []
			: [
					order === null
						? `${either} could be either, and ${were} left`
						: `${either} could be either, and ${were} read ${first}`
				];
	const found = [...sure, ...read];
	return found.length === 0 ? '' : `“${name}”: ${found.join('; ')}.`;
}
