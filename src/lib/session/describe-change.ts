import { KIND_WORDS, roleWords } from '#lib/pipeline/import/roles.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import type { Recipe } from '#lib/recipe/recipe.ts';

/** What changed from one recipe to the next, in words, for the history list. */
export function describeChange(before: Recipe, after: Recipe): string {
	return (
		sourcesChange(before, after) ??
		cleanChange(before, after) ??
		segmentChange(before, after) ??
		(before.features.asOf !== after.features.asOf
			? `As of ${after.features.asOf ?? 'the day after the last order'}`
			: before.name !== after.name
				? `Session named “${after.name}”`
				: 'Changed')
	);
}

function sourcesChange(before: Recipe, after: Recipe): string | null {
	const old = new Map(before.import.sources.map((source) => [source.id, source]));
	const now = new Map(after.import.sources.map((source) => [source.id, source]));
	for (const [id, source] of now) {
		const previous = old.get(id);
		if (!previous) return addedWords([...now.values()].filter((each) => !old.has(each.id)));
		const change = previous === source ? null : sourceChange(previous, source);
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
	return before.dialect === after.dialect ? null : `Read ${after.fileName} another way`;
}

function addedWords(added: readonly SourceParams[]): string {
	const [first] = added;
	return added.length === 1 ? `Added ${first?.fileName ?? ''}` : `Added ${added.length} files`;
}

function cleanChange(before: Recipe, after: Recipe): string | null {
	const { settings, dates } = after.clean;
	const old = before.clean.settings;
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

function segmentChange(before: Recipe, after: Recipe): string | null {
	const a = before.segment;
	const b = after.segment;
	if (a.rfm.method !== b.rfm.method) {
		return b.rfm.method === 'ntile' ? 'Equal fifths, ties split' : 'Equal fifths, ties together';
	}
	if (a.clustering.clusterCount !== b.clustering.clusterCount) {
		return b.clustering.clusterCount === 'auto'
			? 'The recommended number of segments'
			: `${b.clustering.clusterCount} segments`;
	}
	if (a.clustering.features !== b.clustering.features) return 'Changed what is compared';
	if (a.clustering.seed !== b.clustering.seed) return `Seed ${b.clustering.seed}`;
	const names = Object.keys({ ...a.names, ...b.names });
	const key = names.find((found) => a.names[found] !== b.names[found]);
	if (key) return b.names[key] ? `Named a segment “${b.names[key]}”` : 'Took a segment name back';
	return null;
}
