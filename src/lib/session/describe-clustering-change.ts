import { featureLabel } from '#lib/pipeline/features/definitions/index.ts';
import { methodById } from '#lib/pipeline/segment/methods/index.ts';
import { presetOf, PRESETS } from '#lib/pipeline/segment/presets.ts';
import type { ClusteringParams } from '#lib/pipeline/segment/schema.ts';
import { draftOf } from './param-draft.ts';
import { fieldsOf, type ParamField } from './param-form.ts';
import { offeredParams, withDefaults } from './method-options.ts';
import { SCALING_WORDS } from './scaling-words.ts';

/** What an edit did to how customers are compared; null where it is the same. */
export function clusteringChange(before: ClusteringParams, after: ClusteringParams): string | null {
	const method = methodChange(before, after);
	if (method !== null) return method;
	if (before.clusterCount !== after.clusterCount) {
		return after.clusterCount === 'auto'
			? 'The recommended number of segments'
			: `${after.clusterCount} segments`;
	}
	if (after.scaler !== null && before.scaler !== after.scaler) return 'Kept the scale for later imports';
	if (before.scaling !== after.scaling) return `Scale: ${SCALING_WORDS[after.scaling].label}`;
	if (before.componentShare !== after.componentShare) {
		return after.componentShare === null
			? 'Compared on the features themselves'
			: `Compared on components that hold ${Math.round(after.componentShare * 100)}%`;
	}
	if (!isSame(before.features, after.features)) return 'Changed what is compared';
	if (before.scaler !== after.scaler) return 'Let the kept scale go';
	return before.seed === after.seed ? null : `Seed ${after.seed}`;
}

/** Another one-click recipe, another method, other texts, or another option. */
function methodChange(before: ClusteringParams, after: ClusteringParams): string | null {
	const isOther = before.method !== after.method;
	const hasOtherTexts = !isSame(before.categories, after.categories);
	const isEdited = hasOtherTexts || !isSame(before.features, after.features);
	if (!isOther && !isEdited && isSame(before.options, after.options)) return null;
	const preset = isOther || isEdited ? presetLike(after) : null;
	if (preset !== null && presetLike(before) !== preset) return `Grouped by: ${preset.label}`;
	if (isOther) return `Method: ${methodById(after.method).label}`;
	if (hasOtherTexts) return `Compared texts: ${textNames(after.categories)}`;
	return isSame(before.options, after.options) ? null : optionsChange(before, after);
}

/** The preset that parameters are, with what is optional or without. */
function presetLike(params: ClusteringParams) {
	const optional = PRESETS.flatMap((preset) => preset.optional);
	const known = optional.map((id) => ({ id, label: id, available: true, complete: true, needs: [] }));
	return presetOf(params, known) ?? presetOf(params, []);
}

function textNames(categories: readonly string[]): string {
	return categories.length === 0 ? 'none' : categories.map((id) => featureLabel(id)).join(', ');
}

function optionsChange(before: ClusteringParams, after: ClusteringParams): string {
	const method = methodById(after.method);
	const fields = fieldsOf(offeredParams(method));
	const [old, now] = [before, after].map(({ options }) => draftOf(fields, withDefaults(method, options)));
	const field = fields.find(({ name }) => !isSame(old?.[name], now?.[name]));
	return field === undefined
		? `Changed how ${method.label} works`
		: `${field.title}: ${valueWords(field, String(now?.[field.name] ?? ''))}`;
}

function valueWords({ control }: ParamField, value: string): string {
	if (value === '') return 'automatic';
	if (control.kind !== 'choice') return value;
	return control.options.find((option) => option.value === value)?.label ?? value;
}

function isSame(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
