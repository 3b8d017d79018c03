import type { AppError } from '#lib/core/errors.ts';
import { dateReadings } from '#lib/pipeline/import/date-order.ts';
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
		case 'import.date-order-unknown': {
			const { column, examples, contradictory } = (failure as AppError<typeof failure.code>)
				.details as AppError<'import.date-order-unknown'>['details'];
			const source = sources.find(
				({ reading, mapping }) => reading.dateOrder === null && Object.values(mapping).includes(column)
			);
			if (!source) return null;
			const read = examples.map((text) => ({ text, ...dateReadings(text) }));
			return { kind: 'date-order', source, column, examples: read, contradictory };
		}
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
