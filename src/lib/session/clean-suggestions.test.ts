import { expect, it } from 'vitest';
import { emptyRecipe } from '#lib/recipe/recipe.ts';
import { addRepairs, changeRepair } from '#lib/recipe/clean-edits.ts';
import { suggestionKey } from '#lib/pipeline/clean/suggest/suggestion.ts';
import { acceptSuggestions } from './clean-suggestions.svelte.ts';

function suggestion(column: string) {
	const repair = { operation: 'impute', on: true, series: 's1', columns: [column], params: {} };
	return { key: suggestionKey(repair), repair };
}

it('switches on a step that stands there, and adds the others', () => {
	const [income, age] = [suggestion('Income'), suggestion('Age')];
	const before = changeRepair('r1', { on: false })(addRepairs([income.repair])(emptyRecipe('Shop')));
	const { repairs } = acceptSuggestions([age, income])(before).clean;
	expect(repairs.map(({ id, on, columns }) => [id, on, columns])).toEqual([
		['r1', true, ['Income']],
		['r2', true, ['Age']]
	]);
});
