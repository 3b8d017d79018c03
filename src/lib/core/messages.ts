import type { AppError, ErrorCode, ErrorDetails } from './errors.ts';
import { megabytes, names, plural, whole } from './words.ts';

/** The words of a failure: what happened, the value found and the value needed, what to do next. */
export interface ErrorWords {
	readonly title: string;
	readonly why: string;
	readonly fix: string;
}

type ErrorMap = { readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => ErrorWords };

const ERRORS: ErrorMap = {
	'import.empty': ({ fileName }) => ({
		title: `${fileName} is empty.`,
		why: 'It holds 0 bytes, so nothing was imported.',
		fix: 'Export it again, or choose another file.'
	}),
	'import.header-only': ({ fileName, columns }) => ({
		title: `${fileName} has column names but no rows.`,
		why: `Found ${plural(columns.length, 'column')} (${names(columns)}) and 0 rows.`,
		fix: 'Check the date range of the export, then choose the new file.'
	}),
	'import.not-text': ({ fileName, found, hint }) => ({
		title: `${fileName} is not a CSV.`,
		why: `Its content is ${found}; a table as text is needed.`,
		fix: hint
	}),
	'import.record-too-long': ({ fileName, line, bytes, limit }) => ({
		title: `${fileName} has a row that is too long to be one.`,
		why: `The row that starts on line ${whole(line)} runs over ${megabytes(bytes)}; the limit is ${megabytes(limit)}.`,
		fix: 'This is usually a missing line end or a quote that is never closed. Export the file again as CSV.'
	}),
	'import.unreadable-file': ({ fileName, reason }) => ({
		title: `${fileName} cannot be read.`,
		why: reason,
		fix: 'Choose the file again. Nothing was changed.'
	}),
	'import.role-missing': ({ fileName, role, columns }) => ({
		title: `${fileName} has no ${role} column.`,
		why: `Found ${plural(columns.length, 'column')}: ${names(columns)}. A customer and an order date are needed.`,
		fix: `Choose which column is the ${role}.`
	}),
	'import.column-missing': ({ fileName, role, wanted, columns }) => ({
		title: `${fileName} has no column “${wanted}”, which should be the ${role}.`,
		why: `Found ${plural(columns.length, 'column')}: ${names(columns)}.`,
		fix: `Name one of them as the ${role}.`
	}),
	'import.role-unknown': ({ role, roles }) => ({
		title: `“${role}” is not something a column can mean.`,
		why: `Known are: ${roles.join(', ')}.`,
		fix: 'Use one of these, such as customer=CustomerID.'
	}),
	'import.date-order-unknown': ({ fileName, column, examples, rows, contradictory }) =>
		contradictory
			? {
					title: `“${column}” of ${fileName} holds dates of different orders.`,
					why: `No one order of day and month fits all: ${examples.map((text, i) => inRow(text, rows[i])).join(', ')}.`,
					fix: 'Choose the order that is right for most. Dates that do not fit are set aside as unreadable; export the file again to keep them.'
				}
			: {
					title: `Is ${examples[0] ?? 'the date'} day first or month first?`,
					why: `Every date in “${column}” of ${fileName} can be read both ways: ${examples.join(', ')}.`,
					fix: 'Choose the order of day and month.'
				},
	'import.date-format-unknown': ({ fileName, column, examples }) => ({
		title: `“${column}” of ${fileName} holds no dates that can be read.`,
		why: `Found ${examples.map((text) => `“${text}”`).join(', ') || 'no values'}; needed are dates such as 2011-08-31 or 31/08/2011.`,
		fix: 'Choose another column as the order date.'
	}),
	'import.decimal-mark-unknown': ({ fileName, column, examples, contradictory }) =>
		contradictory
			? {
					title: `“${column}” of ${fileName} mixes decimal points and decimal commas.`,
					why: `No one decimal mark fits all: ${examples.map(({ text }) => text).join(', ')}.`,
					fix: 'Choose the mark that is right for most. Numbers that do not fit are set aside as unreadable; export the file again to keep them.'
				}
			: {
					title: `Is ${examples[0]?.text ?? 'the number'} ${examples[0]?.point ?? ''} or ${examples[0]?.comma ?? ''}?`,
					why: `Every number with a mark in “${column}” of ${fileName} can be read both ways: ${examples.map(({ text }) => text).join(', ')}.`,
					fix: 'Choose whether the point or the comma parts the decimals.'
				},
	'import.drift': ({ fileName, expected, problems }) => ({
		title: `${fileName} is not like ${expected}.`,
		why: `${problems.join('; ')}.`,
		fix: 'Export it again with the same columns, or add it as a file of its own.'
	}),
	'import.too-large': ({ fileName, bytes, limit }) => ({
		title: `${fileName} is too large to be opened here.`,
		why: `It has ${megabytes(bytes)}; the limit is ${megabytes(limit)}.`,
		fix: 'Export fewer columns or a shorter period, or several files of one year each.'
	}),
	'import.archive': ({ fileName, reason }) => ({
		title: `${fileName} cannot be unpacked.`,
		why: reason,
		fix: 'Unpack it on this computer and choose the files inside. Nothing was changed.'
	}),
	'import.no-table-inside': ({ fileName, entries }) => ({
		title: `${fileName} holds no table.`,
		why: entries.length === 0 ? 'There is nothing in it.' : `Found ${names(entries)}.`,
		fix: 'Choose a file that holds a CSV, a workbook or a Parquet file.'
	}),
	'import.sheet-missing': ({ fileName, sheet, sheets }) => ({
		title: `${fileName} has no sheet “${sheet}”.`,
		why: `Found ${names(sheets)}.`,
		fix: 'Choose one of them.'
	}),
	'import.no-files': () => ({
		title: 'Nothing that was dropped is a file.',
		why: 'The folder is empty, or the browser may not read it.',
		fix: 'Drop the files themselves, or choose them.'
	}),
	'import.same-file': ({ fileName }) => ({
		title: `${fileName} is here already.`,
		why: 'A file with the same content is part of this session, so every row would count twice.',
		fix: 'Nothing was added. Choose another file.'
	}),
	'import.count-mismatch': ({ fileName, counted, loaded }) => ({
		title: `${fileName} was not loaded, because the counts differ.`,
		why: `Counted ${whole(counted)} rows in the file, but the engine loaded ${whole(loaded)}.`,
		fix: 'Nothing was kept of it. Please report this file layout: every row has to be accounted for.'
	}),
	'clean.currency-unknown': ({ currencies }) => ({
		title: `Which currency counts: ${currencies.map(({ currency }) => currency).join(', ')}?`,
		why: `Found ${currencies.map(({ currency, rows }) => `${whole(rows)} rows in ${currency}`).join(', ')}. Money in several currencies cannot be added up.`,
		fix: 'Choose one. Rows in the others are set aside, and can be brought back.'
	}),
	'clean.no-rows-left': ({ rowsRead, reasons }) => ({
		title: `None of the ${whole(rowsRead)} rows can be used.`,
		why: reasons.map(({ reason, count }) => `${whole(count)} ${reasonWords(reason)}`).join(', ') + '.',
		fix: 'Check which column is the customer, the date and the amount, or switch a rule off.'
	}),
	'clean.repair-invalid': ({ step, issues }) => ({
		title: `The clean-up step “${step}” cannot run.`,
		why: `${issues.join('. ')}.`,
		fix: 'Change or remove the step on the Clean screen.'
	}),
	'sql.failed': ({ reason, line, column, found, meant }) => ({
		title: found === null ? 'The query cannot run.' : `The query does not know “${found}”.`,
		why: line === null ? reason : `Line ${line}${column === null ? '' : `, column ${column}`}: ${reason}`,
		fix: meant.length === 0 ? 'Change the query and run it again.' : `Did you mean ${names(meant)}?`
	}),
	'sql.not-a-select': ({ found }) => ({
		title: 'Only a query that reads can run here.',
		why: `Found ${found}; one SELECT is needed. The tables of a session are made by its recipe alone.`,
		fix: 'Start with SELECT, WITH or FROM. To keep a result, save it.'
	}),
	'sql.no-customer-id': ({ name, columns }) => ({
		title: `“${name}” does not say which customers it speaks of.`,
		why: `Found ${plural(columns.length, 'column')} (${names(columns)}); a column customer_id is needed.`,
		fix: 'Add customer_id to the SELECT, or save it as a table.'
	}),
	'sql.not-a-feature': ({ name, problem }) => ({
		title: `“${name}” is no feature.`,
		why: problem,
		fix: 'A feature has one row per customer and numbers beside customer_id. GROUP BY customer_id, or save it as a table.'
	}),
	'sql.name-taken': ({ name }) => ({
		title: `There is a saved query “${name}” already.`,
		why: 'Every saved query needs a name of its own, because other queries read it by that name.',
		fix: 'Choose another name, or replace the one there is.'
	}),
	'rule.sentence': ({ found, near, read, examples }) => ({
		title: found === '' ? 'The sentence stops too early.' : `The sentence cannot be read from “${found}” on.`,
		why: [
			...(near.length === 0 ? [] : [`Did you mean ${near.join(' or ')}?`]),
			read === '' ? 'Nothing of it could be read.' : `Read so far: ${read}.`
		].join(' '),
		fix: `Say it like this: ${examples.join('; or: ')}. Names of several words may stand in quotes.`
	}),
	'export.blocked': ({ rules }) => ({
		title: `Files of customers are held back by ${plural(rules.length, 'rule')} of yours.`,
		why: rules.map(({ name, rows }) => `${name}: ${plural(rows, 'row')}`).join('. ') + '.',
		fix: 'Correct the rows, or let the rule warn instead, on the Clean screen.'
	}),
	'export.too-small': ({ segment, active, floor }) => ({
		title: `${segment} is held back: ${whole(active)} active, under your floor of ${whole(floor)}.`,
		why: 'In so small a group chance speaks louder than people, and one person may be told from the others.',
		fix: 'Say on the Audiences screen why it is used anyway, change the floor, or join it with another segment.'
	}),
	'features.no-orders': ({ kinds }) => ({
		title: 'There are no orders yet.',
		why: kinds.length === 0 ? 'No file was opened.' : `The files hold ${kinds.join(', ')}.`,
		fix: 'Add the orders export of your shop to see who buys, or say on the Data screen that a file holds orders.'
	}),
	'features.no-customers': ({ asOf, firstOrder }) => ({
		title: `Nobody had ordered before ${asOf}.`,
		why: firstOrder === null ? 'There are no orders.' : `The first order is of ${firstOrder}.`,
		fix: 'Choose a later day.'
	}),
	'features.unavailable': ({ feature, needs }) => ({
		title: `“${feature}” cannot be computed from this file.`,
		why:
			needs.length === 0
				? 'Nothing that is known of these customers has that name.'
				: `It needs ${needs.join(' and ')}, and no column means that.`,
		fix: 'Match the column on the Data screen, or compare something else.'
	}),
	'segment.too-few-customers': ({ customers, of, needed }) => ({
		title: tooFewWords(customers, of),
		why: `At least ${whole(needed)} different customers are needed.`,
		fix: 'Best customers still works. Add more orders to look for natural segments.'
	}),
	'segment.list-too-long': ({ found, allowed }) => ({
		title: `The list has ${whole(found)} people.`,
		why: `A list keeps at most ${whole(allowed)}.`,
		fix: 'Split it into several lists, or make a living rule of what they have in common.'
	}),
	'segment.method-refused': ({ method, why, fix }) => ({
		title: `${method} cannot work on these customers.`,
		why,
		fix
	}),
	'segment.value-too-large': ({ feature, value, largest }) => ({
		title: `“${feature}” has a value that is too large: ${value}.`,
		why: `Distances can be told between numbers up to ${largest}.`,
		fix: 'Look at the column on the Clean screen, or compare on another scale.'
	}),
	'segment.missing-values': ({ feature, customers }) => ({
		title: `“${feature}” has no value for ${plural(customers, 'customer')}.`,
		why: 'Segments compare people on values that everyone has.',
		fix: 'Leave it out of what is compared, or choose another.'
	}),
	'segment.sensitive-feature': ({ feature }) => ({
		title: `“${feature}” is sensitive and is not compared.`,
		why: 'It tells of what people are rather than of what they do, and segments of it can treat people unfairly.',
		fix: 'Leave it out of what is compared, or switch it on there with a reason, which the recipe keeps.'
	}),
	'segment.not-positive': ({ feature, value, customers }) => ({
		title: `“${feature}” is 0 or less for ${plural(customers, 'customer')}.`,
		why: `Box-Cox can take only numbers above 0; the least found is ${whole(value)}.`,
		fix: 'Choose Yeo-Johnson under Scaling and PCA, which takes any number, or leave the feature out.'
	}),
	'segment.scale-mismatch': ({ kept, features, isOtherKind }) => ({
		title: 'The kept scale does not fit what is compared.',
		why: isOtherKind
			? 'It was made by another way of scaling than the one chosen.'
			: `It was made for ${plural(kept, 'feature')}, and ${whole(features)} ${features === 1 ? 'is' : 'are'} compared.`,
		fix: 'Under Scaling and PCA, let the kept scale go, or compare the same features as before.'
	}),
	'engine.query-failed': ({ message }) => ({
		title: 'A query did not run.',
		why: message,
		fix: 'Your data is unchanged. Open Details for the query.'
	}),
	'engine.out-of-memory': () => ({
		title: 'This needs more memory than the browser gives.',
		why: 'Your data is safe, and the step was stopped.',
		fix: 'Close other tabs, or import a shorter period.'
	}),
	'engine.unavailable': ({ reason }) => ({
		title: 'The engine did not start.',
		why: reason,
		fix: 'Reload the page. Pomelo needs a browser of the last two years with WebAssembly.'
	}),
	'engine.not-locked': ({ check }) => ({
		title: 'The engine is not locked, so no file can be opened.',
		why: `This had to be refused and was not: ${check}.`,
		fix: 'Reload the page. If it comes back, do not use this copy of Pomelo.'
	}),
	'gate.closed': ({ check }) => ({
		title: 'Files stay locked, because a privacy check failed.',
		why: check,
		fix: 'Reload the page, or open Pomelo from a host that sends its headers.'
	}),
	'recipe.invalid': ({ issues }) => ({
		title: 'This recipe cannot be read.',
		why: issues.join('; ') + '.',
		fix: 'Correct what is named, or choose a recipe.json that Pomelo wrote.'
	}),
	'rfm.groups-invalid': ({ problem, cell, groups }) => ({
		title: 'The groups do not share out all customers.',
		why: {
			missing: `No group has the scores ${cell}.`,
			double: `The scores ${cell} are in more than one place: ${groups.join(', ')}.`,
			unknown: `The group ${groups.join(', ')} asks for ${cell}, which no customer can have.`,
			repeated: `Several groups are called ${groups.join(', ')}.`
		}[problem],
		fix: 'Give every cell of the grid to exactly one group, or take back the groups of the scheme.'
	}),
	'rfm.lines-invalid': ({ feature, values, expected }) => ({
		title: 'The lines between the scores cannot be used.',
		why: `${expected} lines are needed that do not fall; those of ${feature} are ${values.join(', ')}.`,
		fix: 'Put the lines in rising order, or start again from the fifths.'
	}),
	'recipe.too-new': ({ found, supported }) => ({
		title: 'This recipe was written by a newer Pomelo.',
		why: `It has version ${found}; this one reads up to ${supported}.`,
		fix: 'Open it with the newer Pomelo.'
	}),
	'session.not-found': () => ({
		title: 'This session is not stored in this browser.',
		why: 'It was deleted, or the browser cleared its storage.',
		fix: 'Drop the file again to start a new one.'
	}),
	'session.in-use': () => ({
		title: 'This session is open in another tab.',
		why: 'It would lose its data there.',
		fix: 'Close it in the other tab, then delete it.'
	}),
	'session.damaged': ({ reason }) => ({
		title: 'The stored copy of this session is damaged.',
		why: reason,
		fix: 'Drop the file again. Other sessions are not affected.'
	}),
	'session.file-access': ({ name, reason }) => ({
		title: `${name} cannot be read from the disk again.`,
		why: reason,
		fix: 'Choose the file again, or drop it here. What was read before stays.'
	}),
	'session.storage-failed': ({ reason }) => ({
		title: 'Not saved on this device.',
		why: reason,
		fix: 'Your work stays open in this tab. Free some space and change something to save again.'
	}),
	usage: ({ problem }) => ({
		title: problem,
		why: '',
		fix: 'Run with --help to see the options.'
	}),
	unexpected: ({ message }) => ({
		title: 'Something went wrong that should not.',
		why: message,
		fix: 'Your stored session is unchanged. Reload the page to go on.'
	})
};

/** The words for a failure. */
export function errorWords<Code extends ErrorCode>(error: AppError<Code>): ErrorWords {
	const words = ERRORS[error.code] as (details: ErrorDetails[Code]) => ErrorWords;
	return words(error.details);
}

/** A reason for setting a row aside, as it follows a count: “88,652 without a customer”. */
export function reasonWords(reason: string): string {
	return REASONS.get(reason) ?? reason.replaceAll('_', ' ');
}

const REASONS: ReadonlyMap<string, string> = new Map([
	['unreadable', 'could not be read'],
	['missing_customer', 'without a customer'],
	['cancelled', 'cancelled'],
	['quantity_not_positive', 'with a quantity of zero or less'],
	['price_not_positive', 'with a price of zero or less'],
	['exact_duplicate', 'exact copies of an earlier row'],
	['not_a_sale', 'that are no sale: fees, transfers, holds'],
	['test_order', 'of test orders'],
	['staff_customer', 'of staff'],
	['wholesale_customer', 'of wholesale customers'],
	['gift_card', 'of gift cards'],
	['fee_line', 'for postage and fees'],
	['other_currency', 'in another currency'],
	['superseded', 'replaced by a newer export'],
	['set_aside_by_step', 'set aside by a step of the clean-up'],
	['outside_dates', 'outside the chosen days']
]);

/** Of one kind, of a few kinds, or simply few. */
function tooFewWords(different: number, customers: number): string {
	if (different === customers) return `Only ${plural(customers, 'customer')}, too few to look for segments.`;
	if (different === 1) return `All ${whole(customers)} customers are alike in what is compared.`;
	return `Only ${whole(different)} of ${whole(customers)} customers differ in what is compared, too few to look for segments.`;
}

function inRow(text: string, row: number | undefined): string {
	return row === undefined ? text : `${text} (row ${whole(row)})`;
}
