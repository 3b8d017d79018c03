import type { IdentityParams, SurvivorRule } from '#lib/pipeline/clean/schema.ts';
import { KIND_WORDS, roleWords } from '#lib/pipeline/import/roles.ts';
import { OWN_IDS, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { SCHEMES } from '#lib/pipeline/segment/rfm/schemes/index.ts';
import type { GroupTable, RfmParams } from '#lib/pipeline/segment/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';
import { pairsChange, queriesChange, repairsChange } from './describe-clean-change.ts';
import { clusteringChange } from './describe-clustering-change.ts';
import { featuresChange } from './describe-features-change.ts';
import { ownChange } from './describe-own-change.ts';
import { validateChange } from './describe-validate-change.ts';

/** What changed from one recipe to the next, in words, for the history list. */
export function describeChange(before: Recipe, after: Recipe): string {
	return (
		sourcesChange(before, after) ??
		cleanChange(before, after) ??
		segmentChange(before, after) ??
		featuresChange(before.features, after.features) ??
		validateChange(before.validate, after.validate) ??
		(before.name !== after.name ? `Session named “${after.name}”` : 'Changed')
	);
}

function sourcesChange(before: Recipe, after: Recipe): string | null {
	const old = new Map(before.import.sources.map((source) => [source.id, source]));
	const now = new Map(after.import.sources.map((source) => [source.id, source]));
	const added = [...now.values()].filter(({ id }) => !old.has(id));
	// Others of their series may have made room for them.
	if (added.length > 0) return addedWords(added);
	for (const [id, source] of now) {
		const previous = old.get(id);
		const change = !previous || previous === source ? null : sourceChange(previous, source);
		if (change) return change;
	}
	for (const [id, source] of old) if (!now.has(id)) return `Removed ${source.fileName}`;
	return null;
}

function sourceChange(before: SourceParams, after: SourceParams): string | null {
	if (before.kind !== after.kind)
		return `${after.fileName}: a list of ${KIND_WORDS[after.kind].label.toLowerCase()}`;
	const roles = Object.keys({ ...before.mapping, ...after.mapping }) as Role[];
	const role = roles.find((found) => before.mapping[found] !== after.mapping[found]);
	if (role) return `${roleWords(role, after.kind).label}: ${after.mapping[role] ?? 'no column'}`;
	if (before.reading.dateOrder !== after.reading.dateOrder) {
		return after.reading.dateOrder === 'mdy' ? 'Dates read month first' : 'Dates read day first';
	}
	if (before.reading.decimalMark !== after.reading.decimalMark) {
		return after.reading.decimalMark === ',' ? 'Decimals after a comma' : 'Decimals after a point';
	}
	if (before.dialect !== after.dialect) return `Read ${after.fileName} another way`;
	return belongingChange(before, after);
}

/** What a source belongs to: a system of ids, a series of exports, and what was noted about it. */
function belongingChange(before: SourceParams, after: SourceParams): string | null {
	const { fileName, idSystem, series, version, notes } = after;
	if (before.series !== series) {
		return series === after.id ? `${fileName}: a list of its own` : `${fileName}: a newer export of a list`;
	}
	if (before.version !== version) return `${fileName}: the newest export of its list`;
	if (before.idSystem !== idSystem) {
		return `${fileName}: ${idSystem === OWN_IDS ? 'your own customer ids' : `customer ids of ${idSystem}`}`;
	}
	return JSON.stringify(before.notes) === JSON.stringify(notes) ? null : `Notes on ${fileName}`;
}

function addedWords(added: readonly SourceParams[]): string {
	const [first] = added;
	return added.length === 1 ? `Added ${first?.fileName ?? ''}` : `Added ${added.length} files`;
}

function cleanChange(before: Recipe, after: Recipe): string | null {
	const { settings, dates } = after.clean;
	const old = before.clean.settings;
	const mended =
		repairsChange(before.clean.repairs, after.clean.repairs) ??
		pairsChange(before.clean.identity, after.clean.identity) ??
		queriesChange(before.queries, after.queries);
	if (mended) return mended;
	if (after.clean.identity !== before.clean.identity) {
		const words = identityChange(before.clean.identity, after.clean.identity);
		if (words) return words;
	}
	if (settings.currency !== old.currency) return `Currency: ${settings.currency ?? 'as in the files'}`;
	if (settings.timeZone !== old.timeZone) return `Time zone: ${settings.timeZone ?? 'as written'}`;
	if (settings.firstWeekday !== old.firstWeekday) return 'First day of the week';
	if (dates !== before.clean.dates)
		return `Orders from ${dates.from ?? 'the first'} to ${dates.to ?? 'the last'}`;
	const ids = Object.keys({ ...before.clean.operations, ...after.clean.operations });
	const id = ids.find((found) => before.clean.operations[found] !== after.clean.operations[found]);
	if (!id) return null;
	return `${after.clean.operations[id] ? 'Switched on' : 'Switched off'}: ${id.replaceAll('_', ' ')}`;
}

const KEY_WORDS: Readonly<Record<keyof IdentityParams['keys'], string>> = {
	email: 'email',
	phone: 'phone',
	card: 'card',
	name_postcode: 'name with postcode'
};

const SURVIVOR_WORDS: Readonly<Record<SurvivorRule, string>> = {
	newest: 'the newest',
	most_complete: 'those of the most complete entry',
	source_order: 'those of the most trusted source'
};

/** How people are joined; fingerprints of links and keys are only counted. */
function identityChange(before: IdentityParams, after: IdentityParams): string | null {
	const cuts = countChange(before.cuts, after.cuts, ['Cut', 'Joined again'], 'link');
	const trusted = countChange(before.trusted, after.trusted, ['Used anyway', 'No longer used'], 'shared key');
	if (cuts ?? trusted) return cuts ?? trusted;
	const keys = Object.keys(KEY_WORDS) as (keyof IdentityParams['keys'])[];
	const key = keys.find((each) => before.keys[each] !== after.keys[each]);
	if (key) return `${after.keys[key] ? 'Join' : 'Do not join'} people by ${KEY_WORDS[key]}`;
	if (before.phoneCountry !== after.phoneCountry) {
		return `Phone numbers without a country: ${after.phoneCountry ?? 'as written'}`;
	}
	const most = keys.find((each) => before.mostPerKey[each] !== after.mostPerKey[each]);
	if (most) return `At most ${after.mostPerKey[most]} accounts per ${KEY_WORDS[most]}`;
	if (before.mostPerPerson !== after.mostPerPerson)
		return `At most ${after.mostPerPerson} accounts per person`;
	if (before.survivor !== after.survivor) return `Of several values, keep ${SURVIVOR_WORDS[after.survivor]}`;
	return before.sourceOrder.join() === after.sourceOrder.join()
		? null
		: 'Changed which source is trusted most';
}

/** “Cut 2 links”: what was added to a list, or else taken from it. */
function countChange(
	before: readonly string[],
	after: readonly string[],
	[added, removed]: readonly [string, string],
	noun: string
): string | null {
	const more = after.filter((each) => !before.includes(each)).length;
	const fewer = before.filter((each) => !after.includes(each)).length;
	const count = more > 0 ? more : fewer;
	if (count === 0) return null;
	return `${more > 0 ? added : removed}: ${count} ${noun}${count === 1 ? '' : 's'}`;
}

function segmentChange(before: Recipe, after: Recipe): string | null {
	const a = before.segment;
	const b = after.segment;
	const scoring = rfmChange(a.rfm, b.rfm);
	if (scoring) return scoring;
	const compared = clusteringChange(a.clustering, b.clustering);
	if (compared) return compared;
	const names = Object.keys({ ...a.names, ...b.names });
	const key = names.find((found) => a.names[found] !== b.names[found]);
	if (key) return b.names[key] ? `Named a segment “${b.names[key]}”` : 'Took a segment name back';
	return ownChange(a, b);
}

function rfmChange(before: RfmParams, after: RfmParams): string | null {
	if (before.scheme !== after.scheme) {
		return `RFM: ${SCHEMES.find(({ id }) => id === after.scheme)?.label ?? after.scheme}`;
	}
	if (!isSame(before.cutPoints, after.cutPoints)) {
		return after.cutPoints ? 'Moved the lines between RFM scores' : 'Put the lines of RFM scores back';
	}
	if (isSame(before.groups, after.groups)) return null;
	return after.groups ? groupsChange(before.groups, after.groups) : 'Took back the RFM groups of the scheme';
}

/** “Renamed an RFM group to “VIPs””, or that their cells are others. */
function groupsChange(before: GroupTable | null, after: GroupTable): string {
	const changed = after.filter((group, i) => !isSame(group, before?.[i]));
	const [only] = changed;
	if (before === null || changed.length !== 1 || !only) return 'Changed the RFM groups';
	const old = before.find(({ id }) => id === only.id);
	return old && old.name !== only.name ? `Renamed an RFM group to “${only.name}”` : 'Changed the RFM groups';
}

function isSame(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
