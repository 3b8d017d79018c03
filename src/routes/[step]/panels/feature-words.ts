import type { Format } from '#lib/core/format.ts';
import { DEFINITIONS } from '#lib/pipeline/features/definitions/index.ts';

export { featureLabel } from '#lib/pipeline/features/definitions/index.ts';

/** A value of a feature in its unit. */
export function featureValue(id: string, value: number, format: Format): string {
	const unit = DEFINITIONS.find((definition) => definition.id === id)?.unit;
	if (!Number.isFinite(value)) return '–';
	if (unit === 'money') return format.money(value);
	if (unit === 'ratio') return format.decimal(value, 2);
	return Number.isInteger(value) ? format.count(value) : format.decimal(value, 1);
}
