import type { CleanParams, IdentityParams, SessionSettings } from '#lib/pipeline/clean/schema.ts';
import type { FeatureParams } from '#lib/pipeline/features/schema.ts';
import type { TableKind } from '#lib/pipeline/import/roles.ts';
import {
	layoutKey,
	type ColumnMapping,
	type Role,
	type SourceNotes,
	type SourceParams
} from '#lib/pipeline/import/schema.ts';
import type { Scaler, SegmentParams } from '#lib/pipeline/segment/schema.ts';
import type { Recipe } from './recipe.ts';
import { anotherIdSystem } from './series.ts';

/** A change of a recipe: the old one in, a new one out. */
export type Edit = (recipe: Recipe) => Recipe;

const LONGEST_NAME = 120;
const LONGEST_SEGMENT_NAME = 60;
const MONEY_ROLES: readonly Role[] = ['amount', 'order_total', 'unit_price', 'spend', 'revenue'];

/**
 * Adds sources; the first ones give the recipe its name.
 * @param versions of sources that are there and make room in their series, by id
 */
export function addSources(
	sources: readonly SourceParams[],
	name: string,
	versions: ReadonlyMap<string, number> = new Map()
): Edit {
	return (recipe) => ({
		...recipe,
		name: recipe.import.sources.length === 0 ? name.slice(0, LONGEST_NAME) : recipe.name,
		import: { sources: [...recipe.import.sources.map((source) => renumbered(source, versions)), ...sources] }
	});
}

function renumbered(source: SourceParams, versions: ReadonlyMap<string, number>): SourceParams {
	const version = versions.get(source.id);
	return version === undefined || version === source.version ? source : { ...source, version };
}

/** Takes a source out. */
export function removeSource(id: string): Edit {
	return (recipe) => ({
		...recipe,
		import: { sources: recipe.import.sources.filter((source) => source.id !== id) }
	});
}

/** Puts a source in the place of the one with its id. */
export function replaceSource(source: SourceParams): Edit {
	return editSources((other) => (other.id === source.id ? source : other));
}

/** Changes how a source is read, and others of its layout where they were read the same way. */
export function setReading(id: string, reading: Partial<SourceParams['reading']>): Edit {
	const keys = Object.keys(reading) as (keyof SourceParams['reading'])[];
	return editLayout(id, (source, named) => {
		const isAlike = keys.every((key) => source.reading[key] === named.reading[key]);
		return isAlike ? { ...source, reading: { ...source.reading, ...reading } } : source;
	});
}

/**
 * Says what a column means, or nothing, in every file of the layout. A role belongs to one column, so it is taken from
 * any other. Another column of dates or money has a reading of its own, which is then unknown.
 */
export function setRole(id: string, column: string, role: Role | null): Edit {
	return editLayout(id, (source) => {
		const kept = Object.entries(source.mapping).filter(([r, c]) => c !== column && r !== role);
		const mapping = Object.fromEntries(role === null ? kept : [...kept, [role, column]]) as ColumnMapping;
		return { ...source, mapping, reading: readingAfter(source, mapping) };
	});
}

/** Says what the files of a layout are a list of, and what their columns then mean. */
export function setKind(id: string, kind: TableKind, mapping: ColumnMapping): Edit {
	return editLayout(id, (source) => ({
		...source,
		kind,
		platform: null,
		mapping,
		constants: {},
		reading: readingAfter(source, mapping)
	}));
}

/** Says what money, times and weeks mean in the session. */
export function setSettings(settings: Partial<SessionSettings>): Edit {
	return (recipe) => ({
		...recipe,
		clean: { ...recipe.clean, settings: { ...recipe.clean.settings, ...settings } }
	});
}

/** Changes how records of one person are joined. */
export function setIdentity(identity: Partial<IdentityParams>): Edit {
	return (recipe) => ({
		...recipe,
		clean: { ...recipe.clean, identity: { ...recipe.clean.identity, ...identity } }
	});
}

/** Cuts links, by fingerprint: they stay cut whatever is imported later. */
export function cutLinks(fingerprints: readonly string[]): Edit {
	return (recipe) =>
		setIdentity({ cuts: [...new Set([...recipe.clean.identity.cuts, ...fingerprints])].sort() })(recipe);
}

/** Joins links again that were cut. */
export function restoreLinks(fingerprints: readonly string[]): Edit {
	return (recipe) =>
		setIdentity({ cuts: recipe.clean.identity.cuts.filter((cut) => !fingerprints.includes(cut)) })(recipe);
}

/** Lets a key join although many accounts have it, or no longer. */
export function trustKey(fingerprint: string, isTrusted: boolean): Edit {
	return (recipe) => {
		const others = recipe.clean.identity.trusted.filter((key) => key !== fingerprint);
		return setIdentity({ trusted: isTrusted ? [...others, fingerprint].sort() : others })(recipe);
	};
}

/** Notes where a source comes from, what it is for, and how old it may be. */
export function setNotes(id: string, notes: Partial<SourceNotes>): Edit {
	return editSources((source) =>
		source.id === id ? { ...source, notes: { ...source.notes, ...notes } } : source
	);
}

/** Says which system gave out the customer ids of the files of a layout. */
export function setIdSystem(id: string, idSystem: string): Edit {
	return editLayout(id, (source) => ({ ...source, idSystem }));
}

/**
 * Makes a source an export of a series, newer than those there are; or, with null, the first of a series of its own.
 * What it has in common with older exports of the series then counts once. A series that was named after the source is
 * named after the first of those that stay. Customer ids of one system are one customer, so a list of its own gets a
 * system of its own where it shared that of the series, and an export of a series has that of the series.
 */
export function setSeries(id: string, series: string | null): Edit {
	return (recipe) => {
		const others = recipe.import.sources.filter((source) => source.id !== id);
		const heir = others.find((source) => source.series === id)?.id;
		const target = series === id ? (heir ?? id) : (series ?? id);
		const present = others.filter((source) => source.series === series);
		const version = series === null ? 1 : Math.max(0, ...present.map((source) => source.version)) + 1;
		return editSources((source) => {
			if (source.id === id)
				return { ...source, series: target, version, idSystem: idSystemIn(source, series, others) };
			return source.series === id && heir !== undefined ? { ...source, series: heir } : source;
		})(recipe);
	};
}

/** Makes a source the newest export of its series. */
export function setNewest(id: string): Edit {
	return (recipe) => {
		const { sources } = recipe.import;
		const series = sources.find((source) => source.id === id)?.series;
		const others = sources.filter((source) => source.series === series && source.id !== id);
		const version = Math.max(0, ...others.map((source) => source.version)) + 1;
		return editSources((source) => (source.id === id ? { ...source, version } : source))(recipe);
	};
}

function idSystemIn(
	{ idSystem, series: left }: SourceParams,
	series: string | null,
	others: readonly SourceParams[]
): string {
	if (series === null) {
		const isShared = others.some((source) => source.series === left && source.idSystem === idSystem);
		return isShared ? anotherIdSystem(idSystem, others) : idSystem;
	}
	const [newest] = others.filter((source) => source.series === series).sort((a, b) => b.version - a.version);
	return newest?.idSystem ?? idSystem;
}

/** Leaves out orders before and after these days; null leaves that end open. */
export function setDates(dates: CleanParams['dates']): Edit {
	return (recipe) => ({ ...recipe, clean: { ...recipe.clean, dates } });
}

/** Switches a cleaning operation. */
export function setOperation(operation: string, on: boolean): Edit {
	return (recipe) => ({
		...recipe,
		clean: { ...recipe.clean, operations: { ...recipe.clean.operations, [operation]: on } }
	});
}

/** Sets the day that all ages are measured from; null is the day after the last order. */
export function setAsOf(asOf: string | null): Edit {
	return (recipe) => ({ ...recipe, features: { ...recipe.features, asOf } });
}

/** Changes how features are made. */
export function setFeatures(change: Partial<Omit<FeatureParams, 'asOf'>>): Edit {
	return (recipe) => ({ ...recipe, features: { ...recipe.features, ...change } });
}

/** Changes how scores are cut and grouped. Another scheme has lines and groups of its own. */
export function setRfm(change: Partial<SegmentParams['rfm']>): Edit {
	return (recipe) => {
		const { rfm } = recipe.segment;
		const isOther = change.scheme !== undefined && change.scheme !== rfm.scheme;
		const kept = isOther ? { cutPoints: null, groups: null } : rfm;
		return { ...recipe, segment: { ...recipe.segment, rfm: { ...rfm, ...kept, ...change } } };
	};
}

/**
 * Changes how clusters are looked for. A kept scale belongs to what it was made for: others let it go. A chosen number
 * belongs to its method: another one starts with the recommended number.
 */
export function setClustering(change: Partial<SegmentParams['clustering']>): Edit {
	return (recipe) => {
		const { clustering } = recipe.segment;
		const isOther = (key: 'features' | 'scaling') =>
			change[key] !== undefined && String(change[key]) !== String(clustering[key]);
		const kept = isOther('features') || isOther('scaling') ? { scaler: null } : {};
		const isOtherMethod = change.method !== undefined && change.method !== clustering.method;
		const count = isOtherMethod ? { clusterCount: 'auto' as const } : {};
		return {
			...recipe,
			segment: { ...recipe.segment, clustering: { ...clustering, ...kept, ...count, ...change } }
		};
	};
}

/** Keeps a fitted scale of these features for the data of later imports. */
export function keepScale(scaler: Scaler, features: readonly string[]): Edit {
	return setClustering({ features: [...features], scaling: scaler.scaling, scaler });
}

/** Fits the scale anew on whatever data there is. */
export function releaseScale(): Edit {
	return setClustering({ scaler: null });
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

/** What is known of a source's texts when other columns are read. */
function readingAfter({ mapping, reading }: SourceParams, next: ColumnMapping): SourceParams['reading'] {
	const isSame = (roles: readonly Role[]) => roles.every((role) => mapping[role] === next[role]);
	return {
		...reading,
		dateOrder: isSame(['date']) ? reading.dateOrder : null,
		decimalMark: isSame(MONEY_ROLES) ? reading.decimalMark : null
	};
}

function editSources(change: (source: SourceParams) => SourceParams): Edit {
	return (recipe) => ({ ...recipe, import: { sources: recipe.import.sources.map(change) } });
}

/** Changes the source with that id and all others of its layout. */
function editLayout(id: string, change: (source: SourceParams, named: SourceParams) => SourceParams): Edit {
	return (recipe) => {
		const named = recipe.import.sources.find((source) => source.id === id);
		if (named === undefined) return recipe;
		const isOfLayout = (source: SourceParams) => layoutKey(source) === layoutKey(named);
		return editSources((source) => (isOfLayout(source) ? change(source, named) : source))(recipe);
	};
}
