import type { AnyRepairOperation } from '../operation.ts';
import { convertCurrency } from './convert-currency.ts';
import { convertUnits } from './convert-units.ts';
import { customRule } from './custom-rule.ts';
import { dropDuplicates } from './drop-duplicates.ts';
import { emails } from './emails.ts';
import { flagOutliers } from './flag-outliers.ts';
import { harmoniseLabels } from './harmonise-labels.ts';
import { imputeKnn } from './impute-knn.ts';
import { impute } from './impute.ts';
import { phones } from './phones.ts';
import { placeNames } from './place-names.ts';
import { ruleAge } from './rule-age.ts';
import { ruleEmail } from './rule-email.ts';
import { ruleFilled } from './rule-filled.ts';
import { ruleNotFuture } from './rule-not-future.ts';
import { ruleOneOf } from './rule-one-of.ts';
import { rulePattern } from './rule-pattern.ts';
import { ruleRange } from './rule-range.ts';
import { ruleUnique } from './rule-unique.ts';
import { standardiseDates } from './standardise-dates.ts';
import { transform } from './transform.ts';
import { trimCase } from './trim-case.ts';
import { winsorise } from './winsorise.ts';

/** Every operation of the clean-up, in the order in which they are offered. */
export const REPAIR_OPERATIONS: readonly AnyRepairOperation[] = [
	trimCase,
	standardiseDates,
	phones,
	emails,
	convertCurrency,
	convertUnits,
	placeNames,
	harmoniseLabels,
	impute,
	imputeKnn,
	winsorise,
	transform,
	flagOutliers,
	ruleEmail,
	ruleAge,
	ruleNotFuture,
	ruleRange,
	ruleFilled,
	ruleOneOf,
	ruleUnique,
	rulePattern,
	customRule,
	dropDuplicates
];

const byId = new Map(REPAIR_OPERATIONS.map((operation) => [operation.id, operation]));

/** The operation with that id; undefined when there is none. */
export function repairOperation(id: string): AnyRepairOperation | undefined {
	return byId.get(id);
}
