import type { AppError, ErrorCode } from '#lib/core/errors.ts';
import { errorWords } from '#lib/core/messages.ts';

/** What to do next where the page's advice does not fit a command line. */
const FIXES: Partial<Record<ErrorCode, string>> = {
	'import.date-order-unknown':
		'Add --date-order dmy when the day comes first, or --date-order mdy when the month does.',
	'import.decimal-mark-unknown':
		'Add --decimal-mark . or --decimal-mark , to say which one parts the decimals.',
	'clean.currency-unknown': 'Add --currency with the code of the one that counts, such as --currency EUR.',
	'import.role-missing':
		'Say which columns they are, such as --mapping customer=CustomerID,date=InvoiceDate.',
	'import.column-missing':
		'Say which columns to use, such as --mapping customer=CustomerID,date=InvoiceDate.',
	'import.date-format-unknown': 'Say which column is the order date, such as --mapping date=InvoiceDate.',
	'import.unreadable-file': 'Nothing was written.',
	'clean.no-rows-left': 'Say which column is what, such as --mapping customer=CustomerID,date=InvoiceDate.',
	'export.blocked':
		'No file of customers was written; recipe.json, recipe.sql, set_aside.csv and report.json were. Correct the rows, or set the severity of the rule to warn.',
	'features.no-orders':
		'Name a file with orders, or say which columns they are, such as --mapping customer=CustomerID,date=InvoiceDate.',
	'features.unavailable':
		'Say which column it is with --mapping, or compare something else with --categories or --method.',
	'features.no-customers': 'Give a later day with --as-of.',
	'segment.too-few-customers': 'Leave --clusters out to get the scores and groups alone.',
	'engine.query-failed': 'Nothing was written.',
	'engine.out-of-memory': 'Nothing was written. Close other programs, or give a shorter period.',
	'engine.unavailable': 'Run npm ci to install the packages again.',
	unexpected: 'Nothing was written.'
};

/** A failure as one line: what happened, the value found and needed, and what to do next. */
export function failureLine(error: AppError): string {
	const { title, why, fix } = errorWords(error);
	const sentences = [title, why, FIXES[error.code] ?? fix];
	return `pomelo: ${sentences.map(sentence).filter(Boolean).join(' ')}`;
}

/** Words on one line that end with a stop; nothing stays nothing. */
function sentence(words: string): string {
	const line = words.replaceAll(/\s+/g, ' ').trim();
	return line === '' || /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** The exit code: 2 when the command was used wrongly, 1 when it failed. */
export function exitCodeOf(error: AppError): 1 | 2 {
	return error.code === 'usage' || error.code === 'import.role-unknown' ? 2 : 1;
}
