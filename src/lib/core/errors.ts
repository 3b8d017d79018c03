/**
 * Every failure the app can show, with what its message needs. The words are in `messages.ts`, which is a total map:
 * a code without words does not compile.
 */
export interface ErrorDetails {
	'import.empty': { fileName: string };
	'import.header-only': { fileName: string; columns: readonly string[] };
	'import.not-text': { fileName: string; found: string; hint: string };
	'import.record-too-long': { fileName: string; line: number; bytes: number; limit: number };
	'import.unreadable-file': { fileName: string; reason: string };
	'import.role-missing': { fileName: string; role: string; columns: readonly string[] };
	'import.column-missing': { fileName: string; role: string; wanted: string; columns: readonly string[] };
	'import.role-unknown': { role: string; roles: readonly string[] };
	/** `contradictory`: some dates can only be read one way, others only another way. `rows`: a record of each example. */
	'import.date-order-unknown': {
		fileName: string;
		column: string;
		examples: readonly string[];
		rows: readonly number[];
		contradictory: boolean;
		/** Rows with a text in the column, and how many each order reads; null where several columns disagree. */
		counts: Readonly<Record<'rows' | 'dmy' | 'mdy' | 'ymd' | 'own', number>> | null;
	};
	'import.date-format-unknown': { fileName: string; column: string; examples: readonly string[] };
	/** `point` and `comma` are the example as it reads with each mark; empty where it is no number then. */
	'import.decimal-mark-unknown': {
		fileName: string;
		column: string;
		contradictory: boolean;
		examples: readonly { readonly text: string; readonly point: string; readonly comma: string }[];
	};
	'import.same-file': { fileName: string };
	/** A file that should be a newer export of another, and has not its form. `problems`: what differs, in words. */
	'import.drift': { fileName: string; expected: string; problems: readonly string[] };
	'import.too-large': { fileName: string; bytes: number; limit: number };
	/** An archive or workbook that is not opened: too much in it, locked, or damaged. */
	'import.archive': { fileName: string; reason: string };
	'import.no-table-inside': { fileName: string; entries: readonly string[] };
	'import.sheet-missing': { fileName: string; sheet: string; sheets: readonly string[] };
	'import.no-files': object;
	'import.count-mismatch': { fileName: string; counted: number; loaded: number };
	/** Money in several currencies cannot be added up: one has to be chosen. Most rows first. */
	'clean.currency-unknown': { currencies: readonly { readonly currency: string; readonly rows: number }[] };
	'clean.no-rows-left': { rowsRead: number; reasons: readonly { reason: string; count: number }[] };
	/** A step of the clean-up that cannot run as the recipe has it. `step`: its label, or its unknown id. */
	'clean.repair-invalid': { step: string; issues: readonly string[] };
	/** A condition that a user wrote in SQL. `found`: the part that is not known; `meant`: names that are like it. */
	'sql.failed': SqlFailure;
	/** SQL of a user that is no single SELECT. */
	'sql.not-a-select': { found: string };
	/** A result that should be saved as a feature or segment, without a column `customer_id`. */
	'sql.no-customer-id': { name: string; columns: readonly string[] };
	/** A feature needs numbers, one row per customer. */
	'sql.not-a-feature': { name: string; problem: string };
	'sql.name-taken': { name: string };
	/** A sentence about customers that cannot be read. `place`: from 0; `found`: empty at the end; `expected`: the nearest first. */
	'rule.sentence': {
		place: number;
		found: string;
		expected: readonly string[];
		near: readonly string[];
		read: string;
		examples: readonly string[];
	};
	/** Rules that must hold before customers leave in a file, and do not. */
	'export.blocked': { rules: readonly { readonly name: string; readonly rows: number }[] };
	/** A segment with fewer active customers than it needs, and no word why it is used all the same. */
	'export.too-small': { segment: string; active: number; floor: number };
	/** No file holds orders. */
	'features.no-orders': { kinds: readonly string[] };
	'features.no-customers': { asOf: string; firstOrder: string | null };
	'features.unavailable': { feature: string; needs: readonly string[] };
	/** `customers`: those that differ in what is compared, of all there are. */
	'segment.too-few-customers': { customers: number; of: number; needed: number };
	/** More people than a list keeps. */
	'segment.list-too-long': { found: number; allowed: number };
	/** A method cannot work on these customers: `why` is a sentence that names what was found and what it needs. */
	'segment.method-refused': { method: string; why: string; fix: string };
	'segment.value-too-large': { feature: string; value: number; largest: number };
	'segment.missing-values': { feature: string; customers: number };
	/** What tells of a person's nature, such as age, without a reason to compare it. */
	'segment.sensitive-feature': { feature: string };
	'segment.not-positive': { feature: string; value: number; customers: number };
	'segment.scale-mismatch': { kept: number; features: number; isOtherKind: boolean };
	'engine.query-failed': { sql: string; message: string };
	'engine.out-of-memory': { sql: string };
	'engine.unavailable': { reason: string };
	'engine.not-locked': { check: string };
	'gate.closed': { check: string };
	'recipe.invalid': { issues: readonly string[] };
	/** A table of groups that leaves out or repeats a cell of the grid, or a group. */
	'rfm.groups-invalid': {
		problem: 'missing' | 'double' | 'unknown' | 'repeated';
		cell: string | null;
		groups: readonly string[];
	};
	/** Lines between scores that do not rise, or are not one fewer than the scores. */
	'rfm.lines-invalid': { feature: string; values: readonly number[]; expected: number };
	'recipe.too-new': { found: number; supported: number };
	'session.not-found': { id: string };
	'session.in-use': object;
	'session.damaged': { id: string; reason: string };
	/** A file or folder on the disk that the browser no longer lets us read. */
	'session.file-access': { name: string; reason: string };
	'session.storage-failed': { reason: string };
	usage: { problem: string };
	unexpected: { message: string };
}

/** Why SQL of a user does not run. */
export interface SqlFailure {
	/** What the engine says, without its own name and position. */
	readonly reason: string;
	/** From 1, where the engine tells. */
	readonly line: number | null;
	readonly column: number | null;
	readonly found: string | null;
	/** The nearest names first. */
	readonly meant: readonly string[];
}

export type ErrorCode = keyof ErrorDetails;

/** A failure that stops a step. It is plain enough to cross a worker boundary: a code and its details. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
	override readonly name = 'AppError';

	constructor(
		readonly code: Code,
		readonly details: ErrorDetails[Code],
		options?: ErrorOptions
	) {
		super(`${code} ${JSON.stringify(details)}`, options);
	}
}

/** True when the value is the abort of a signal: the user stopped the work, so there is nothing to report. */
export function isAbort(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'AbortError';
}

/** Any thrown value as an AppError; what is not one of ours becomes `unexpected` and keeps its cause. */
export function toAppError(error: unknown): AppError {
	if (error instanceof AppError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new AppError('unexpected', { message }, { cause: error });
}

/** What a step noticed without stopping. The words are in `messages.ts`. */
export interface NoticeDetails {
	'import.encoding': { fileName: string; encoding: string };
	/** Titles and comments above the table. */
	'import.skipped-lines': { fileName: string; lines: number };
	/** Bytes that are no UTF-8 show as U+FFFD. */
	'import.damaged-text': { fileName: string };
	'import.nul-cells': { fileName: string; count: number };
	'import.withheld': {
		fileName: string;
		columns: readonly { readonly column: string; readonly reason: string; readonly action: string }[];
	};
	/** Columns that tell of health, faith and the like. */
	'import.sensitive': {
		fileName: string;
		columns: readonly { readonly column: string; readonly kind: string }[];
	};
	'import.other-sheets': { fileName: string; sheet: string; sheets: readonly string[] };
	'import.several-tables': { fileName: string; tables: number };
	'import.platform-note': { fileName: string; label: string; text: string; isWarning: boolean };
	'import.entries-skipped': {
		fileName: string;
		entries: readonly { readonly name: string; readonly reason: string }[];
	};
	'import.unreadable-rows': { fileName: string; count: number };
	'import.renamed-columns': { fileName: string; columns: readonly string[] };
	'import.no-order-id': { fileName: string };
	'import.no-amount': { fileName: string };
	'import.header-guessed': { fileName: string; hasHeader: boolean };
	/** Rows that a newer export of the same list has too, and that count there. */
	'clean.superseded': { fileName: string; rows: number };
	/** Sales of the same customer, day and amount in two files that are no exports of the same list. */
	'clean.double-sales': { first: string; second: string; orders: number; of: number };
	/** Keys of a kind that too many accounts have. */
	'clean.shared-keys': { key: string; keys: number; accounts: number };
	/** A file that was added ends before an export of its series that was there. */
	'import.older-export': { fileName: string; newest: string; newerFile: string };
	/** The newest record of a source is older than it may be. */
	'import.stale': { fileName: string; newest: string; ageDays: number; maxAgeDays: number };
	/** A step of the clean-up whose columns a file lacks. */
	'clean.repair-columns-missing': { step: string; fileName: string; columns: readonly string[] };
	/** Rows that fail a rule of the clean-up. */
	'clean.rule-failing': { rule: string; rows: number; isBlocking: boolean };
	/** A saved query that gives nothing. */
	'queries.failed': { title: string; problem: string };
	'clean.other-currencies': { currency: string; rows: number };
	'rfm.empty-score': { feature: string; scores: readonly number[]; sharedBy: number; customers: number };
	/** A scheme that tells groups by money, too, on files without amounts. */
	'rfm.without-amounts': { scheme: string };
	'features.orders-after-as-of': { orders: number; asOf: string };
	/** The last order, from which everything is measured, is dated after today. */
	'features.future-order': { lastOrder: string };
	/** Fewer days are known before a past day than should be. */
	'past.short-before': { day: string; firstOrder: string; days: number; needed: number };
	/** The orders end before these horizons, in days after a past day. */
	'past.short-after': { day: string; lastOrder: string; horizons: readonly number[] };
	'segment.distinct-points': { distinct: number; asked: number };
	/** No place where many customers are close together. */
	'segment.no-dense-group': { customers: number };
	/** Only one dense place. `noise`: customers outside. */
	'segment.one-dense-group': { customers: number; noise: number };
	/** More dense places than there is room for. */
	'segment.many-dense-groups': { found: number; kept: number };
	'segment.constant-feature': { feature: string };
	'segment.sampled-silhouette': { sample: number; customers: number };
	/** The tree of nested groups is of a sample. */
	'segment.sampled-tree': { sample: number; customers: number };
	'trust.small-segment': { segments: readonly { name: string; customers: number }[]; floor: number };
}

export type NoticeCode = keyof NoticeDetails;

export type Notice = {
	[Code in NoticeCode]: { readonly code: Code; readonly details: NoticeDetails[Code] };
}[NoticeCode];

export function notice<Code extends NoticeCode>(code: Code, details: NoticeDetails[Code]): Notice {
	return { code, details } as Notice;
}
