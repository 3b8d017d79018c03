import type { AccountPair } from '#lib/pipeline/clean/schema.ts';
import type { Repair } from '#lib/pipeline/clean/repairs/schema.ts';
import type { SavedQuery } from '#lib/pipeline/queries/schema.ts';
import { setIdentity, type Edit } from './edits.ts';
import type { Recipe } from './recipe.ts';

/** Adds steps at the end of the clean-up, under the next free ids. */
export function addRepairs(repairs: readonly Omit<Repair, 'id'>[]): Edit {
	return (recipe) => {
		const first = nextNumber(recipe.clean.repairs);
		const added = repairs.map((repair, i) => ({ ...repair, id: `r${first + i}` }));
		return withRepairs(recipe, [...recipe.clean.repairs, ...added]);
	};
}

/** Changes a step: its columns, its parameters, or whether it is on. */
export function changeRepair(id: string, change: Partial<Pick<Repair, 'columns' | 'params' | 'on'>>): Edit {
	return (recipe) =>
		withRepairs(
			recipe,
			recipe.clean.repairs.map((repair) => (repair.id === id ? { ...repair, ...change } : repair))
		);
}

/** Moves a step to a place, from 0, among the others. */
export function moveRepair(id: string, to: number): Edit {
	return (recipe) => {
		const moved = recipe.clean.repairs.find((repair) => repair.id === id);
		if (moved === undefined) return recipe;
		const others = recipe.clean.repairs.filter((repair) => repair.id !== id);
		return withRepairs(recipe, [...others.slice(0, to), moved, ...others.slice(to)]);
	};
}

/** Takes a step out. */
export function removeRepair(id: string): Edit {
	return (recipe) =>
		withRepairs(
			recipe,
			recipe.clean.repairs.filter((repair) => repair.id !== id)
		);
}

/** Says that people are one; pairs that were told apart before are no longer. */
export function mergePeople(pairs: readonly AccountPair[]): Edit {
	return decide(pairs, 'merges', 'apart');
}

/** Says that people who look alike are two; pairs that were merged before are no longer. */
export function keepApart(pairs: readonly AccountPair[]): Edit {
	return decide(pairs, 'apart', 'merges');
}

/** Takes back what was said about pairs. */
export function forgetPairs(pairs: readonly AccountPair[]): Edit {
	return (recipe) => {
		const { merges, apart } = recipe.clean.identity;
		return setIdentity({ merges: without(merges, pairs), apart: without(apart, pairs) })(recipe);
	};
}

/** Saves a query under the next free id. */
export function saveQuery(query: Omit<SavedQuery, 'id'>): Edit {
	return (recipe) => ({
		...recipe,
		queries: [...recipe.queries, { ...query, id: `q${nextNumber(recipe.queries)}` }]
	});
}

/** Changes a saved query. */
export function changeQuery(id: string, change: Partial<Omit<SavedQuery, 'id'>>): Edit {
	return (recipe) => ({
		...recipe,
		queries: recipe.queries.map((query) => (query.id === id ? { ...query, ...change } : query))
	});
}

/** Takes a saved query out. */
export function removeQuery(id: string): Edit {
	return (recipe) => ({ ...recipe, queries: recipe.queries.filter((query) => query.id !== id) });
}

function decide(pairs: readonly AccountPair[], field: 'merges' | 'apart', other: 'merges' | 'apart'): Edit {
	return (recipe) => {
		const { identity } = recipe.clean;
		const kept = without(identity[field], pairs);
		const all = [...kept, ...pairs].sort((p, q) => compare(`${p.a} ${p.b}`, `${q.a} ${q.b}`));
		return setIdentity({ [field]: all, [other]: without(identity[other], pairs) })(recipe);
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

function without(pairs: readonly AccountPair[], left: readonly AccountPair[]): AccountPair[] {
	return pairs.filter(({ a, b }) => !left.some((pair) => pair.a === a && pair.b === b));
}

function withRepairs(recipe: Recipe, repairs: readonly Repair[]): Recipe {
	return { ...recipe, clean: { ...recipe.clean, repairs: [...repairs] } };
}

/** One more than the highest number behind the letter of any id. */
function nextNumber(things: readonly { readonly id: string }[]): number {
	return Math.max(0, ...things.map(({ id }) => Number(id.slice(1)))) + 1;
}
