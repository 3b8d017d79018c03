import type { Day } from '#lib/core/days.ts';
import { throwIfAborted } from '#lib/core/progress.ts';
import type { Role, SourceParams, SourceResult } from '#lib/pipeline/import/schema.ts';
import type { ColumnStatistics } from '../profile/schema.ts';
import type { RepairContext } from '../repairs/operation.ts';
import { repairOperation } from '../repairs/operations/index.ts';
import { previewRepair } from '../repairs/preview.ts';
import type { RepairedSource } from '../repairs/run.ts';
import type { Repair } from '../repairs/schema.ts';
import type { CleanResult } from '../schema.ts';
import { proposalsFor, type Proposal } from './proposals.ts';
import { suggestionKey, type Suggestion } from './suggestion.ts';

/** What suggestions for one list of files are made from. */
export interface SuggestInput {
	/** The newest file of the list. */
	readonly source: SourceParams;
	readonly result: SourceResult;
	/** The columns of `clean.source_<id>`, which is the file after all steps. */
	readonly columns: readonly ColumnStatistics[];
	readonly clean: CleanResult;
	/** The steps of the recipe, on or off. */
	readonly repairs: readonly Repair[];
	/** Dates after it lie in the future. */
	readonly today: Day;
}

/**
 * The steps that would mend what the profile of a file shows, the most important first. What a step of the recipe that is on
 * is there for already is not proposed again. Counts that the profile does not give come from a trial of the step.
 */
export async function suggestRepairs(context: RepairContext, input: SuggestInput): Promise<Suggestion[]> {
	const { source, clean, repairs, today } = input;
	const proposals = proposalsFor({
		columns: input.columns,
		today,
		handled: handledRoles(source, clean),
		isList: source.kind === 'customers' || source.kind === 'places',
		isMended: (operation, column) => isThere(repairs, source.series, operation, column)
	});
	const suggestions: Suggestion[] = [];
	for (const proposal of proposals) {
		throwIfAborted(context.signal);
		const { operation, params } = proposal;
		const repair = { operation, on: true, series: source.series, columns: [...proposal.columns], params };
		if (proposal.opens === null && !isReady(repair)) continue;
		const count = await countOf(context, input, proposal, repair);
		if (count > 0) suggestions.push(suggestionOf(proposal, repair, count));
	}
	return suggestions;
}

function suggestionOf(
	{ severity, unit, opens, issues, reason }: Proposal,
	repair: Omit<Repair, 'id'>,
	count: number
): Suggestion {
	return {
		key: suggestionKey(repair),
		repair: { ...repair, params: { ...repair.params } },
		reason: reason(count),
		count,
		unit,
		severity,
		opens,
		issues
	};
}

/** Roles whose negative values set a row aside, by the rules for orders that are on. */
function handledRoles({ kind }: SourceParams, { operations }: CleanResult): Role[] {
	if (kind !== 'orders') return [];
	const isOn = (id: string) => operations.some((operation) => operation.id === id && operation.on);
	return [
		...(isOn('quantity_not_positive') ? (['quantity'] as const) : []),
		...(isOn('price_not_positive') ? (['unit_price', 'amount', 'order_total'] as const) : [])
	];
}

function isThere(repairs: readonly Repair[], series: string, operation: string, column: string): boolean {
	return repairs.some(
		(repair) =>
			repair.on &&
			repair.series === series &&
			repair.operation === operation &&
			repair.columns.includes(column)
	);
}

function isReady({ operation, params }: Omit<Repair, 'id'>): boolean {
	return repairOperation(operation)?.params.safeParse(params).success ?? false;
}

async function countOf(
	context: RepairContext,
	{ source, result, clean }: SuggestInput,
	{ count }: Proposal,
	repair: Omit<Repair, 'id'>
): Promise<number> {
	if (count !== null) return count;
	const last = clean.repairs.findLast(({ sources }) => sources.some((each) => each.source === source.id));
	const file: RepairedSource = { source, result };
	const trial = await previewRepair(context, file, last?.id ?? null, repair, 0);
	if (trial === null) return 0;
	const isRule = repairOperation(repair.operation)?.severity !== undefined;
	return isRule ? trial.counts.rowsFailing : trial.counts.rowsChanged;
}
