import { expect, it } from 'vitest';
import type { Audit } from '#lib/pipeline/validate/schema.ts';
import type { Edit } from '#lib/recipe/edits.ts';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { setAudit, setPlan, setTesting } from '#lib/recipe/validate-edits.ts';
import { describeChange } from './describe-change.ts';

const AUDIT: Audit = {
	segment: 'cluster:4:0',
	seed: 1,
	verdicts: [null, null, null],
	people: '0123456789abcdef'
};
const empty = emptyRecipe('Shop');
const drawn = setAudit(AUDIT)(empty);
const said = setAudit({ ...AUDIT, verdicts: [null, 'fits', null] })(drawn);
const words = (edit: Edit, before = empty) => describeChange(before, edit(before));

it('says what was said of a card', () => {
	expect(words(setAudit(AUDIT))).toBe('Drew 3 people to look at');
	expect(words(setAudit({ ...AUDIT, verdicts: ['does-not-fit', null, null] }))).toBe(
		'Audit, card 1: does not fit'
	);
	expect(words(setAudit({ ...AUDIT, verdicts: [null, 'fits', 'unsure'] }), said)).toBe(
		'Audit, card 3: cannot be told'
	);
	expect(words(setAudit(AUDIT), said)).toBe('Audit, card 2: verdict taken back');
	expect(words(setAudit({ ...AUDIT, seed: 2, people: 'fedcba9876543210' }), said)).toBe(
		'Drew 3 people to look at'
	);
});

it('says how segments are tested, compared and planned for', () => {
	expect(words(setTesting({ baselineRate: 0.125 }))).toBe('Tests start from 12.5%');
	expect(words(setTesting({ baselineRate: null }), setTesting({ baselineRate: 0.1 })(empty))).toBe(
		'Tests start from the share that orders anyway'
	);
	expect(words(setTesting({ holdoutShare: 0.2 }))).toBe('Tests hold 20% back');
	expect(words(setTesting({ power: 0.9 }))).toBe('Tests find a lift in 90% of cases');
	expect(words(setTesting({ alpha: 0.01 }))).toBe('Tests are wrong in at most 1% of cases');
	expect(words(setPlan('group:champion', 'Thank them'))).toBe('Plan for a segment: Thank them');
	expect(words(setPlan('group:champion', ' '), setPlan('group:champion', 'Thank them')(empty))).toBe(
		'Took back the plan for a segment'
	);
});
