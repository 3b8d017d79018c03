import { expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { overrideGuard, setGuard } from '#lib/recipe/own-edits.ts';
import { sizeGuard } from './size-guard.ts';

const own = {
	segments: [],
	assigned: [],
	yours: { customers: 350, reached: 0 },
	reach: [
		{ segment: 'own:g1', customers: 90, active: 62 },
		{ segment: 'own:g2', customers: 300, active: 100 }
	]
};
const recipe = emptyRecipe('Shop');

it('holds back what has fewer active customers than the floor', () => {
	const guard = sizeGuard({ own, recipe });
	expect(guard.of('own:g1')).toEqual({ small: { active: 62, floor: 100 }, override: undefined });
	expect(guard.of('own:g2')).toEqual({ small: null, override: undefined });
	expect(guard.of('own:g2', 99).small).toEqual({ active: 99, floor: 100 });
	expect(guard.held('own:g1', 'Big')).toEqual({ ref: 'own:g1', name: 'Big', active: 62 });
});

it('holds nothing back that is not counted yet, has a note, or is above another floor', () => {
	expect(sizeGuard({ own: null, recipe }).of('own:g1').small).toBeNull();
	const noted = overrideGuard('own:g1', 'A pilot')(overrideGuard('own:g2', 'Not needed')(recipe));
	expect(sizeGuard({ own, recipe: noted }).of('own:g1')).toEqual({ small: null, override: 'A pilot' });
	expect(sizeGuard({ own, recipe: noted }).of('own:g2')).toEqual({ small: null, override: undefined });
	expect(sizeGuard({ own, recipe: setGuard({ floor: 50 })(recipe) }).of('own:g1').small).toBeNull();
});
