import { AppError, type ErrorDetails } from '#lib/core/errors.ts';
import type { Format } from '#lib/core/format.ts';
import type { AnyRepairOperation, ColumnKind } from '#lib/pipeline/clean/repairs/operation.ts';
import { checkRepair } from '#lib/pipeline/clean/repairs/run.ts';
import type { Repair, RepairResult, Severity } from '#lib/pipeline/clean/repairs/schema.ts';
import type { StepPreview } from '#lib/session/clean-preview.ts';
import { numberWord } from '#lib/session/findings.ts';

/** Headings of the groups of operations, in the order in which they are offered. */
export const GROUP_WORDS: Readonly<Record<AnyRepairOperation['group'], string>> = {
	texts: 'Texts',
	values: 'Values',
	numbers: 'Numbers',
	rules: 'Rules',
	rows: 'Rows'
};

/** What a column holds, in words. */
export const KIND_WORDS: Readonly<Record<ColumnKind, string>> = {
	text: 'text',
	number: 'number',
	date: 'date'
};

/** What a rule does with rows that fail it, and how its chip looks. */
export const SEVERITY_WORDS: Readonly<
	Record<Severity, { readonly label: string; readonly chip: 'info' | 'care' | 'stop' }>
> = {
	warn: { label: 'Warns', chip: 'info' },
	set_aside: { label: 'Sets aside', chip: 'care' },
	block: { label: 'Holds exports back', chip: 'stop' }
};

/** What the words of a step need besides it. */
interface StepContext {
	/** Why the run failed, when it did. */
	readonly failure?: AppError | null;
	readonly fileNameOf: (source: string) => string;
	readonly format: Format;
}

/** How a step stands, and what it did. */
export interface StepState {
	readonly state: 'done' | 'off' | 'idle' | 'failed' | 'waiting';
	/** “312 rows changed”, “12 rows set aside”; why it stands still when it does. */
	readonly text: string;
	readonly changed: number;
	readonly failing: number;
	readonly setAside: number;
	/** Columns that it adds to a file. */
	readonly added: number;
}

/** Why a step cannot run, in words; null when it can. A refusal that only the run finds comes as its failure. */
export function stepProblem(repair: Repair, failure: AppError | null): string | null {
	try {
		const { operation } = checkRepair(repair);
		const issues = repairIssues(failure);
		return issues && issues.step === operation.label && repair.on ? said(issues.issues) : null;
	} catch (error) {
		const issues = repairIssues(error);
		if (issues === null) throw error;
		return said(issues.issues);
	}
}

function repairIssues(error: unknown): ErrorDetails['clean.repair-invalid'] | null {
	return error instanceof AppError && error.code === 'clean.repair-invalid'
		? (error.details as ErrorDetails['clean.repair-invalid'])
		: null;
}

function said(issues: readonly string[]): string {
	return `${issues.join('. ')}.`;
}

/** How a step stands after the run that gave `result`; undefined when it has not run yet. */
export function stepState(
	repair: Repair,
	result: RepairResult | undefined,
	{ failure = null, fileNameOf, format }: StepContext
): StepState {
	const problem = stepProblem(repair, failure);
	const none = { changed: 0, failing: 0, setAside: 0, added: 0 };
	if (problem !== null) return { state: 'failed', text: problem, ...none };
	if (!repair.on) return { state: 'off', text: 'Off', ...none };
	if (result === undefined || result.state === 'off') return { state: 'waiting', text: '', ...none };
	if (result.state === 'idle') {
		return {
			state: 'idle',
			text: missingWords(result, fileNameOf) || 'No file of this list is here.',
			...none
		};
	}
	const problems = problemsOf(result);
	if (problems.length > 0 && problems.length === result.sources.length) {
		return { state: 'idle', text: [...new Set(problems)].join(' '), ...none };
	}
	const sum = (count: 'rowsChanged' | 'rowsFailing' | 'rowsSetAside') =>
		result.sources.reduce((total, source) => total + source[count], 0);
	const counts = {
		changed: sum('rowsChanged'),
		failing: sum('rowsFailing'),
		setAside: sum('rowsSetAside'),
		added: Math.max(0, ...result.sources.map(({ added }) => added.length))
	};
	return { state: 'done', text: countWords(counts, result, format), ...counts };
}

/** Why a step could do nothing with files of its list, one text for each of them. */
export function problemsOf({ sources }: Pick<RepairResult, 'sources'>): string[] {
	return sources.flatMap(({ problem }) => problem ?? []);
}

/**
 * Whether the counts of a clean-up are to be waited for: a run is going, or the steps are others than those it counted.
 *
 * @param state how the clean-up stands; a run that was stopped counts nothing
 */
export function isCounting(
	repairs: readonly Pick<Repair, 'id' | 'on'>[],
	counted: readonly Pick<RepairResult, 'id' | 'state'>[],
	state: 'running' | 'done' | 'other'
): boolean {
	if (state !== 'done') return state === 'running';
	return (
		repairs.length !== counted.length ||
		repairs.some(({ id, on }, i) => counted[i]?.id !== id || on === (counted[i].state === 'off'))
	);
}

/** Which columns files of the list lack: “orders_may.csv has no “City”.” Empty when none does. */
export function missingWords(
	{ missing }: Pick<RepairResult, 'missing'>,
	fileNameOf: (source: string) => string
): string {
	return missing
		.map(({ source, columns }) => `${fileNameOf(source)} has no ${columns.map(quoted).join(', ')}.`)
		.join(' ');
}

function quoted(name: string): string {
	return `“${name}”`;
}

function countWords(
	{ changed, failing, setAside, added }: Omit<StepState, 'state' | 'text'>,
	{ severity }: Pick<RepairResult, 'severity'>,
	format: Format
): string {
	const rows = (count: number) => `${format.count(count)} ${count === 1 ? 'row' : 'rows'}`;
	const parts = [
		...(changed > 0 ? [`${rows(changed)} changed`] : []),
		...(setAside > 0 ? [`${rows(setAside)} set aside`] : []),
		...(failing > setAside ? [`${rows(failing)} ${severity === null ? 'flagged' : 'failing'}`] : [])
	];
	if (parts.length > 0) return parts.join(', ');
	if (severity !== null) return 'No row fails';
	return added > 0 ? `${columnsWord(added)} added` : 'Nothing to change';
}

/** The heading over the steps: what they do together. Rows that two steps change count with each. */
export function stepsTitle(states: readonly StepState[], format: Format): string {
	const on = states.filter(({ state }) => state !== 'off');
	if (states.some(({ state }) => state === 'failed')) return 'A step cannot run';
	if (on.length === 0) {
		return states.length === 1
			? 'One step, switched off'
			: `${numberWord(states.length)} steps, all switched off`;
	}
	const changed = states.reduce((sum, step) => sum + step.changed, 0);
	const setAside = states.reduce((sum, step) => sum + step.setAside, 0);
	const failing = states.reduce((sum, step) => sum + step.failing - step.setAside, 0);
	const added = states.reduce((sum, step) => sum + step.added, 0);
	const steps = stepsWord(on.length);
	const verb = on.length === 1 ? 's' : '';
	const did = [
		...(changed > 0 ? [`change${verb} ${format.count(changed)} ${changed === 1 ? 'row' : 'rows'}`] : []),
		...(setAside > 0 ? [`set${verb} ${format.count(setAside)} aside`] : []),
		...(failing > 0
			? [`find${verb} ${format.count(failing)}${changed + setAside > 0 ? '' : ' rows'} to look at`]
			: []),
		...(added > 0 && changed + setAside + failing === 0
			? [`add${verb} ${columnsWord(added).toLowerCase()}`]
			: [])
	];
	return did.length > 0
		? `${steps} ${listed(did)}`
		: `${steps} ${on.length === 1 ? 'is' : 'are'} on, and nothing has to change`;
}

/** The heading over the steps while their counts are waited for. */
export function countingTitle(states: readonly StepState[]): string {
	const on = states.filter(({ state }) => state !== 'off').length;
	return on === 0 ? 'Counting…' : `${stepsWord(on)} ${on === 1 ? 'is' : 'are'} on. Counting…`;
}

function stepsWord(count: number): string {
	return `${numberWord(count)} ${count === 1 ? 'step' : 'steps'}`;
}

function columnsWord(count: number): string {
	return `${numberWord(count)} ${count === 1 ? 'column' : 'columns'}`;
}

function listed(parts: readonly string[]): string {
	return parts.length < 3 ? parts.join(' and ') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** What a step would do, as a sentence. */
export function previewSentence(
	{ rows, counts: { rowsChanged, rowsFailing, rowsSetAside }, added }: StepPreview,
	severity: Severity | null,
	format: Format
): string {
	const all = `${format.count(rows)} ${rows === 1 ? 'row' : 'rows'}`;
	const [changed, failing, setAside] = [rowsChanged, rowsFailing, rowsSetAside].map(format.count);
	const adds = added.length > 0 ? [`add ${columnsWord(added.length).toLowerCase()}`] : [];
	if (rowsChanged > 0) {
		const more = rowsSetAside > 0 ? [`set ${setAside} aside`] : rowsFailing > 0 ? [`flag ${failing}`] : [];
		return `This would ${listed([`change ${changed} of ${all}`, ...more, ...adds])}.`;
	}
	if (rowsSetAside > 0) return `This would ${listed([`set ${setAside} of ${all} aside`, ...adds])}.`;
	if (rowsFailing > 0 && severity === null) {
		return `This would ${listed([`flag ${failing} of ${all}`, ...adds])}${adds.length > 0 ? '; no value changes' : ''}.`;
	}
	if (adds.length > 0 && severity === null) {
		return `This would ${listed(adds)}; all ${all} keep their values.`;
	}
	if (rowsFailing > 0) return `${failing} of ${all} fail.`;
	return severity === null
		? `This would change nothing: all ${all} are fine as they are.`
		: `No row fails: all ${all} keep the rule.`;
}

const EDGES = /^\s+|\s+$|\s{2,}|[\u00A0\u2000-\u200F\u2028-\u202F\u2060\u3000\uFEFF]/gu;

/** A text with its blanks to be seen, where they are what differs: those at the ends, several in a row, unusual ones. */
export function seen(text: string): string {
	return text === '' ? 'empty' : text.replaceAll(EDGES, (blanks) => '␣'.repeat(blanks.length));
}
