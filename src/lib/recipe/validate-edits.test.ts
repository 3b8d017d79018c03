import { expect, it } from 'vitest';
import type { Audit } from '#lib/pipeline/validate/schema.ts';
import { emptyRecipe, Recipe } from './recipe.ts';
import { setAudit, setPlan, setTesting } from './validate-edits.ts';

const AUDIT: Audit = {
	segment: 'cluster:4:0',
	seed: 1,
	verdicts: ['fits', null],
	people: '0123456789abcdef'
};
const empty = emptyRecipe('Shop');

it('gives valid recipes and leaves the old one as it was', () => {
	const before = structuredClone(empty);
	const edits = [
		setAudit(AUDIT),
		setTesting({ baselineRate: 0.1, alpha: 0.01 }),
		setPlan('group:champion', `${'long '.repeat(200)}`)
	];
	for (const edit of edits) expect(Recipe.safeParse(edit(empty)).success).toBe(true);
	expect(empty).toEqual(before);
});

it('keeps one audit for a segment, in its place', () => {
	const other = { ...AUDIT, segment: 'group:champion' };
	const both = setAudit(other)(setAudit(AUDIT)(empty));
	const said = setAudit({ ...AUDIT, verdicts: ['fits', 'unsure'] })(both);
	expect(said.validate.audits.map(({ verdicts }) => verdicts)).toEqual([
		['fits', 'unsure'],
		['fits', null]
	]);
});

it('forgets the oldest audit when there are too many', () => {
	const full = Array.from({ length: 201 }, (_, i) => ({ ...AUDIT, segment: `own:g${i}` })).reduce(
		(recipe, audit) => setAudit(audit)(recipe),
		empty
	);
	expect(full.validate.audits).toHaveLength(200);
	expect(full.validate.audits[0]?.segment).toBe('own:g1');
	expect(Recipe.safeParse(full).success).toBe(true);
});

it('forgets an empty plan', () => {
	const planned = setPlan('group:champion', ' Thank them ')(empty);
	expect(planned.validate.plans).toEqual({ 'group:champion': 'Thank them' });
	expect(setPlan('group:champion', '')(planned).validate.plans).toEqual({});
});
