import type { AppError, ErrorCode, ErrorDetails, Notice, NoticeCode, NoticeDetails } from './errors.ts';

/** The words of a failure: what happened, the value found and the value needed, what to do next. */
export interface ErrorWords {
	readonly title: string;
	readonly why: string;
	readonly fix: string;
}

type ErrorMap = { readonly [Code in ErrorCode]: (details: ErrorDetails[Code]) => ErrorWords };
type NoticeMap = { readonly [Code in NoticeCode]: (details: NoticeDetails[Code]) => NoticeWords };

/** The words of a notice: a bold finding and one sentence. */
export interface NoticeWords {
	readonly kind: 'info' | 'care';
	readonly title: string;
	readonly text: string;
}

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
		why: `It needs ${needs.join(' and ')}, and no column means that.`,
		fix: 'Match the column on the Data screen, or compare something else.'
	}),
	'segment.too-few-customers': ({ customers, needed }) => ({
		title: `Only ${plural(customers, 'customer')} can be told apart, too few to look for segments.`,
		why: `At least ${whole(needed)} different customers are needed.`,
		fix: 'Best customers still works. Add more orders to look for natural segments.'
	}),
	'segment.missing-values': ({ feature, customers }) => ({
		title: `“${feature}” has no value for ${plural(customers, 'customer')}.`,
		why: 'Segments compare people on values that everyone has.',
		fix: 'Leave it out of what is compared, or choose another.'
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
		fix: 'Choose a recipe.json that Pomelo wrote.'
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

const NOTICES: NoticeMap = {
	'import.encoding': ({ fileName, encoding }) => ({
		kind: 'info',
		title: `Read as ${encoding}.`,
		text: `${fileName} is not UTF-8. Look at a name with an accent to see that it is right; it can be changed under How it is read.`
	}),
	'import.skipped-lines': ({ fileName, lines }) => ({
		kind: 'info',
		title: `${plural(lines, 'line')} above the table ${lines === 1 ? 'is' : 'are'} no data.`,
		text: `${fileName} begins with a title or remarks; they were passed over. It can be changed under How it is read.`
	}),
	'import.damaged-text': ({ fileName }) => ({
		kind: 'care',
		title: 'Some letters are damaged.',
		text: `A few bytes of ${fileName} are no text in UTF-8 and show as \uFFFD. Export it again if names matter.`
	}),
	'import.nul-cells': ({ fileName, count }) => ({
		kind: 'info',
		title: `${plural(count, 'cell')} held hidden NUL characters.`,
		text: `They were taken out of ${fileName}; all else is as it was.`
	}),
	'import.withheld': ({ fileName, columns }) => ({
		kind: 'info',
		title: `${plural(columns.length, 'column')} of ${fileName} ${columns.length === 1 ? 'was' : 'were'} not kept.`,
		text: `${names(columns.map(({ column, reason, action }) => `${column} (${reason.replaceAll('_', ' ')}, ${action})`))}. Nobody needs them to know their customers.`
	}),
	'import.sensitive': ({ columns }) => ({
		kind: 'care',
		title: `${plural(columns.length, 'column')} may be sensitive.`,
		text: `${names(columns.map(({ column, kind }) => `${column} (${kind})`))}. Using them to choose who gets what may be unfair or unlawful.`
	}),
	'import.other-sheets': ({ fileName, sheet, sheets }) => ({
		kind: 'info',
		title: `Sheet “${sheet}” of ${fileName} was read.`,
		text: `It also has ${names(sheets)}; choose another under How it is read.`
	}),
	'import.several-tables': ({ fileName, tables }) => ({
		kind: 'info',
		title: `${fileName} holds ${whole(tables)} tables.`,
		text: 'Each became a source of its own.'
	}),
	'import.platform-note': ({ label, text, isWarning }) => ({
		kind: isWarning ? 'care' : 'info',
		title: `${label}.`,
		text
	}),
	'import.entries-skipped': ({ fileName, entries }) => ({
		kind: 'info',
		title: `${plural(entries.length, 'file')} in ${fileName} ${entries.length === 1 ? 'was' : 'were'} left out.`,
		text: `${names(entries.map(({ name, reason }) => `${name} (${reason})`))}.`
	}),
	'import.unreadable-rows': ({ fileName, count }) => ({
		kind: 'care',
		title: `${plural(count, 'row')} could not be read.`,
		text: `They are set aside from ${fileName}, with line number and raw text.`
	}),
	'import.renamed-columns': ({ columns }) => ({
		kind: 'info',
		title: `${plural(columns.length, 'column')} had an empty or repeated name.`,
		text: `Now called ${names(columns)}.`
	}),
	'import.no-order-id': ({ fileName }) => ({
		kind: 'info',
		title: 'Every row counts as one order.',
		text: `${fileName} has no order number.`
	}),
	'import.no-amount': ({ fileName }) => ({
		kind: 'info',
		title: 'There is no money in this file.',
		text: `${fileName} still gives how recently and how often people buy.`
	}),
	'import.header-guessed': ({ fileName, hasHeader }) => ({
		kind: 'info',
		title: hasHeader ? 'The first row was taken for column names.' : 'The first row is data, not names.',
		text: hasHeader
			? `Nothing else in ${fileName} tells names from data. If it is data, say so under How it is read.`
			: `${fileName} has no column names, so they are numbered.`
	}),
	'clean.other-currencies': ({ currency, rows }) => ({
		kind: 'care',
		title: `Only ${currency} counts.`,
		text: `${plural(rows, 'row')} in other currencies ${rows === 1 ? 'is' : 'are'} set aside.`
	}),
	'rfm.empty-score': ({ feature, scores, sharedBy, customers }) => ({
		kind: 'info',
		title: `Nobody scores ${scores.join(' or ')} on ${feature}.`,
		text: `${whole(sharedBy)} of ${whole(customers)} customers (${Math.round((100 * sharedBy) / Math.max(1, customers))}%) have the same value. Equal values always get equal scores, so a score stays empty.`
	}),
	'features.orders-after-as-of': ({ orders }) => ({
		kind: 'info',
		title: `${plural(orders, 'later order')} ${orders === 1 ? 'is' : 'are'} not used.`,
		text: 'Everything is shown as it was known at the end of the chosen day.'
	}),
	'segment.distinct-points': ({ distinct, asked }) => ({
		kind: 'care',
		title: `Only ${plural(distinct, 'different customer')}.`,
		text: `Many are alike in what is compared, so ${asked} segments cannot be told apart.`
	}),
	'segment.constant-feature': ({ feature }) => ({
		kind: 'care',
		title: `“${feature}” is the same for everyone.`,
		text: 'It cannot separate anyone and is left without weight.'
	}),
	'segment.sampled-silhouette': ({ sample, customers }) => ({
		kind: 'info',
		title: `Separation is measured on ${whole(sample)} of ${whole(customers)} customers.`,
		text: 'They are drawn with a fixed seed, so that it comes out the same every time.'
	}),
	'trust.small-segment': ({ segments, floor }) => ({
		kind: 'care',
		title: `${segments.map(({ name, customers }) => `${name}: only ${plural(customers, 'person', 'people')}`).join('. ')}.`,
		text: `Under ${whole(floor)}, a result can be chance, and ad platforms may refuse the list.`
	})
};

/** The words for a failure. */
export function errorWords<Code extends ErrorCode>(error: AppError<Code>): ErrorWords {
	const words = ERRORS[error.code] as (details: ErrorDetails[Code]) => ErrorWords;
	return words(error.details);
}

/** The words for a notice. */
export function noticeWords(notice: Notice): NoticeWords {
	const words = NOTICES[notice.code] as (details: NoticeDetails[NoticeCode]) => NoticeWords;
	return words(notice.details);
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
	['outside_dates', 'outside the chosen days']
]);

function whole(value: number): string {
	return value.toLocaleString('en-GB');
}

function inRow(text: string, row: number | undefined): string {
	return row === undefined ? text : `${text} (row ${whole(row)})`;
}

function plural(count: number, one: string, many = `${one}s`): string {
	return `${whole(count)} ${count === 1 ? one : many}`;
}

function names(list: readonly string[]): string {
	const shown = list.slice(0, 12).join(', ');
	return list.length > 12 ? `${shown} and ${whole(list.length - 12)} more` : shown;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
