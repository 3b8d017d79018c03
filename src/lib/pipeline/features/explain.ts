import type { Day } from '#lib/core/days.ts';
import { partsOf, type FeatureDefinition } from './definitions/definition.ts';
import { createFeatures } from './features.sql.ts';
import type { FeatureParams } from './schema.ts';

/** What the SQL of a feature is made of. */
export interface ExplainRequest {
	readonly feature: string;
	/** Every definition, as `knownDefinitions` gives them. */
	readonly known: readonly FeatureDefinition[];
	readonly asOf: Day;
	readonly params: FeatureParams;
}

/**
 * The SQL that makes one feature, as it runs with the others: a table of its own with a row per customer. Null for what is no
 * definition, such as a column of a saved query.
 */
export function featureSql({ feature, known, asOf, params }: ExplainRequest): string | null {
	const definition = known.find(({ id }) => id === feature);
	if (definition === undefined) return null;
	const parts = partsOf([definition], known);
	const table = ['features', feature] as const;
	return dedent(createFeatures({ table, definitions: [definition], parts, own: [], asOf, params }).text);
}

/** The lines without the tabs that all of them begin with, and without blank lines. */
function dedent(text: string): string {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const depth = Math.min(...lines.map((line) => line.length - line.trimStart().length));
	return lines.map((line) => line.slice(depth).trimEnd()).join('\n');
}
