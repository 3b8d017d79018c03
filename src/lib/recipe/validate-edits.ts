import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import type { Audit, TestingParams, ValidateParams } from '#lib/pipeline/validate/schema.ts';
import type { Edit } from './edits.ts';

/** The most audits and plans that a recipe keeps; the oldest audit makes room. */
const MOST_AUDITS = 200;
const LONGEST_PLAN = 500;

/** Keeps what was said of the cards of a segment, in the place of what was said of it before. */
export function setAudit(audit: Audit): Edit {
	return (recipe) => {
		const { audits } = recipe.validate;
		const isThere = audits.some(({ segment }) => segment === audit.segment);
		const next = isThere
			? audits.map((each) => (each.segment === audit.segment ? audit : each))
			: [...audits, audit].slice(-MOST_AUDITS);
		return setValidate({ audits: next })(recipe);
	};
}

/** Changes what an experiment on a segment would look like. */
export function setTesting(change: Partial<TestingParams>): Edit {
	return (recipe) => setValidate({ testing: { ...recipe.validate.testing, ...change } })(recipe);
}

/** Notes what will be done with a segment; an empty text takes that back. */
export function setPlan(segment: SegmentRef, plan: string): Edit {
	return (recipe) => {
		const { [segment]: _, ...others } = recipe.validate.plans;
		const text = plan.trim().slice(0, LONGEST_PLAN);
		return setValidate({ plans: text === '' ? others : { ...others, [segment]: text } })(recipe);
	};
}

function setValidate(change: Partial<ValidateParams>): Edit {
	return (recipe) => ({ ...recipe, validate: { ...recipe.validate, ...change } });
}
