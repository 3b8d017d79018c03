import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { SegmentParams } from '#lib/pipeline/segment/schema.ts';
import type { Recipe } from './recipe.ts';

/** A change of a recipe: the old one in, a new one out. */
export type Edit = (recipe: Recipe) => Recipe;

const LONGEST_NAME = 120;
const LONGEST_SEGMENT_NAME = 60;

/** Adds a source; the first one gives the recipe its name. */
export function addSource(source: SourceParams, name: string): Edit {
	return (recipe) => ({
		...recipe,
		name: recipe.import.sources.length === 0 ? name.slice(0, LONGEST_NAME) : recipe.name,
		import: { sources: [...recipe.import.sources, source] }
	});
}

/** Takes a source out. */
export function removeSource(id: string): Edit {
	return (recipe) => ({
		...recipe,
		import: { sources: recipe.import.sources.filter((source) => source.id !== id) }
	});
}

/** Changes how a source is read. */
export function setReading(id: string, reading: Partial<SourceParams['reading']>): Edit {
	return editSource(id, (source) => ({ ...source, reading: { ...source.reading, ...reading } }));
}

/** Says what a column means, or nothing. A role belongs to one column, so it is taken from any other. */
export function setRole(id: string, column: string, role: Role | null): Edit {
	return editSource(id, (source) => {
		const kept = Object.entries(source.mapping).filter(([r, c]) => c !== column && r !== role);
		return { ...source, mapping: Object.fromEntries(role === null ? kept : [...kept, [role, column]]) };
	});
}

/** Switches a cleaning operation. */
export function setOperation(operation: string, on: boolean): Edit {
	return (recipe) => ({
		...recipe,
		clean: { operations: { ...recipe.clean.operations, [operation]: on } }
	});
}

/** Sets the day that all ages are measured from; null is the day after the last order. */
export function setAsOf(asOf: string | null): Edit {
	return (recipe) => ({ ...recipe, features: { asOf } });
}

/** Sets how scores are cut. */
export function setRfmMethod(method: SegmentParams['rfm']['method']): Edit {
	return (recipe) => ({ ...recipe, segment: { ...recipe.segment, rfm: { method } } });
}

/** Changes how clusters are looked for. */
export function setClustering(change: Partial<SegmentParams['clustering']>): Edit {
	return (recipe) => ({
		...recipe,
		segment: { ...recipe.segment, clustering: { ...recipe.segment.clustering, ...change } }
	});
}

/** Names a cluster of a clustering of that many; an empty name brings the automatic one back. */
export function nameCluster(clusterCount: number, cluster: number, name: string): Edit {
	return (recipe) => {
		const { [`${clusterCount}:${cluster}`]: _, ...others } = recipe.segment.names;
		const text = name.trim().slice(0, LONGEST_SEGMENT_NAME);
		const names = text === '' ? others : { ...others, [`${clusterCount}:${cluster}`]: text };
		return { ...recipe, segment: { ...recipe.segment, names } };
	};
}

/** Names the recipe; an empty name changes nothing. */
export function rename(name: string): Edit {
	const text = name.trim().slice(0, LONGEST_NAME);
	return (recipe) => (text === '' || text === recipe.name ? recipe : { ...recipe, name: text });
}

function editSource(id: string, change: (source: SourceParams) => SourceParams): Edit {
	return (recipe) => ({
		...recipe,
		import: {
			sources: recipe.import.sources.map((source) => (source.id === id ? change(source) : source))
		}
	});
}
