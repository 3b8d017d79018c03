import type { AppError } from '#lib/core/errors.ts';
import { readAfterSteps } from '#lib/pipeline/clean/repairs/columns.ts';
import { dateReadings } from '#lib/pipeline/import/date-order.ts';
import { DATE_ROLES, undecided } from '#lib/pipeline/import/reading.ts';
import { missingRoles } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';

/** A date as the file has it, and the ISO day it would be; null where it cannot be read that way. */
export interface DateExample {
	readonly text: string;
	readonly dmy: string | null;
	readonly mdy: string | null;
	readonly ymd: string | null;
}

/** What only the user can tell, with the evidence. One at a time. */
export type Question =
	| {
			readonly kind: 'date-order';
			readonly source: SourceParams;
			readonly column: string;
			readonly examples: readonly DateExample[];
			/** Some values fit one order alone and some only another. */
			readonly contradictory: boolean;
			/** The columns that it is about. */
			readonly columns: readonly string[];
			/** Rows with a text, and how many each answer reads; null where columns disagree with each other. */
			readonly counts: AppError<'import.date-order-unknown'>['details']['counts'];
	  }
	| {
			readonly kind: 'decimal-mark';
			readonly source: SourceParams;
			readonly column: string;
			readonly examples: readonly { readonly text: string; readonly point: string; readonly comma: string }[];
	  }
	| {
			readonly kind: 'currency';
			readonly currencies: readonly { readonly currency: string; readonly rows: number }[];
	  }
	| { readonly kind: 'roles'; readonly source: SourceParams; readonly missing: readonly (readonly Role[])[] };

/** The question behind a failure of a run; null when it is no question. */
export function questionOf(recipe: Recipe, failure: AppError | null): Question | null {
	const { sources } = recipe.import;
	switch (failure?.code) {
		case 'import.role-missing': {
			const source = sources.find(({ kind, mapping }) => missingRoles(kind, mapping).length > 0);
			return source ? { kind: 'roles', source, missing: missingRoles(source.kind, source.mapping) } : null;
		}
		case 'import.date-order-unknown':
			return dateOrderQuestion(recipe, failure.details as AppError<'import.date-order-unknown'>['details']);
		case 'import.decimal-mark-unknown': {
			const { column, examples } = failure.details as AppError<'import.decimal-mark-unknown'>['details'];
			const source = sources.find(({ reading }) => reading.decimalMark === null);
			return source ? { kind: 'decimal-mark', source, column, examples } : null;
		}
		case 'clean.currency-unknown': {
			const { currencies } = failure.details as AppError<'clean.currency-unknown'>['details'];
			return { kind: 'currency', currencies };
		}
		default:
			return null;
	}
}

/** Asked of the file that has the column, or, where several columns disagree, the columns. */
function dateOrderQuestion(
	{ import: { sources }, clean }: Recipe,
	{ fileName, column, examples, contradictory, counts }: AppError<'import.date-order-unknown'>['details']
): Question | null {
	const open = sources.flatMap((source) => {
		const read = readAfterSteps(source, clean.repairs);
		if (!undecided(read).includes('dateOrder')) return [];
		const columns = [...new Set(DATE_ROLES.flatMap((role) => read.mapping[role] ?? []))];
		return [{ source, columns }];
	});
	const own = open.filter(({ source }) => source.fileName === fileName);
	const asked = [...own, ...open].find(({ columns }) => columns.includes(column)) ?? own[0];
	if (!asked) return null;
	return {
		kind: 'date-order',
		source: asked.source,
		column,
		columns: asked.columns.includes(column) ? [column] : asked.columns,
		examples: examples.map((text) => ({ text, ...dateReadings(text) })),
		contradictory,
		counts
	};
}
