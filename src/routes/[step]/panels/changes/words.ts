import { addDays } from '#lib/core/days.ts';
import type { Format } from '#lib/core/format.ts';
import { reasonWords } from '#lib/core/messages.ts';
import { counted } from '#lib/core/words.ts';
import type { ChangeKind, SeriesChange } from '#lib/pipeline/clean/versions/compare.ts';
import { movedCount } from '#lib/pipeline/segment/changes/movement.ts';
import type {
	Changes,
	Fate,
	GoneReason,
	ImportState,
	Movement,
	MovementFilter,
	OwnTurnover
} from '#lib/pipeline/segment/changes/schema.ts';
import { groupsOf } from '#lib/pipeline/segment/changes/comparable-groups.ts';
import { groupName } from '#lib/pipeline/segment/rfm/groups.ts';
import type { Finding } from '#lib/session/findings.ts';

/** Who was not there before, and who is not there now, where a group would stand. */
export const NEWCOMERS = 'Newcomers';
export const GONE = 'Gone';

/** What a fate is called: over a number, and in a sentence. */
export const FATE_WORDS: Readonly<Record<Fate, { readonly label: string; readonly who: string }>> = {
	new: { label: 'New customers', who: 'New customers' },
	returned: { label: 'Bought again', who: 'Customers who bought again' },
	corrected: { label: 'Corrected', who: 'Customers whose earlier orders changed' },
	unchanged: { label: 'No new order', who: 'Customers without a new order' },
	gone: { label: 'Gone', who: 'Customers who are gone' },
	joined: { label: 'Joined', who: 'Customers joined to another person' }
};

/** A group or segment as a comparison shows it. */
export interface ShownCategory {
	/** Its index in the movement. */
	readonly category: number;
	readonly name: string;
	/** Position in the palette; null for a segment that there is no more. */
	readonly swatch: number | null;
}

/** Why nobody can be said to have moved between groups. */
export const OTHER_GROUPS = {
	title: 'The RFM groups are not those of before.',
	text: 'They were made by another scheme, other lines or another table of groups, so moving from one to another would mean nothing. Choose the scheme of before to compare them, or compare the natural segments.'
} as const;

/** The groups from the best to the furthest away, or the segments of now and then those that were. */
export function shownCategories({ by, categories }: Movement, now: ImportState): ShownCategory[] {
	if (by === 'segment') {
		return categories.map((name, category) => ({
			category,
			name,
			swatch: now.segmentNames?.includes(name) ? category : null
		}));
	}
	const groups = categories.map((id, category) => ({
		category,
		name: groupName(groupsOf(now), id),
		swatch: categories.length - 1 - category
	}));
	return groups.reverse();
}

/** How many customers have a fate. */
export function countOf({ fates }: Changes, fate: Fate): number {
	return fates.find((each) => each.fate === fate)?.customers ?? 0;
}

/** What there is a difference since: the last day that counted, else the file that was compared with. */
export function sinceWords({ asOf, sources }: ImportState, format: Format): string {
	if (asOf !== null) return `since ${format.day(addDays(asOf, -1))}`;
	return `since ${sources.map(({ fileName }) => fileName).join(', ')}`;
}

/** Until when an import counts: the end of its last day, else its files. */
export function asOfWords({ asOf, sources }: ImportState, format: Format): string {
	if (asOf !== null) return `end of ${format.day(addDays(asOf, -1))}`;
	return sources.map(({ fileName }) => fileName).join(', ');
}

/** Who came, and how many of the best are in another group. */
export function changesFinding(changes: Changes, format: Format): Finding {
	const since = sinceWords(changes.before, format);
	const newcomers = countOf(changes, 'new');
	const sub = changesSub(changes, format);
	const came = newcomers === 0 ? 'No new customers' : counted(newcomers, 'new customer', format);
	if (changes.groups === null) {
		const gone = countOf(changes, 'gone');
		return { title: `${came} ${since}, and ${counted(gone, 'customer', format)} gone`, sub };
	}
	const champions = championsMoved(changes.groups);
	const moved = movedCount(changes.groups);
	if (champions.moved > 0) {
		const some = `${format.count(champions.moved)} of ${counted(champions.before, 'champion', format)}`;
		const are = champions.moved === 1 ? 'is' : 'are';
		return { title: `${came} ${since}, and ${some} ${are} in another group`, sub };
	}
	if (newcomers === 0 && moved === 0 && countOf(changes, 'gone') === 0) {
		return { title: `Nobody moved ${since}`, sub };
	}
	const others = moved === 0 ? 'nobody' : counted(moved, 'customer', format);
	return { title: `${came} ${since}, and ${others} changed group`, sub };
}

/** What became of everyone who was there before: all fates but new, in the order of their tiles. */
function changesSub(changes: Changes, format: Format): string {
	const joined = countOf(changes, 'joined');
	const corrected = countOf(changes, 'corrected');
	const who = (count: number, one: string, several: string) =>
		`${format.count(count)} ${count === 1 ? one : several}`;
	const parts = [
		`${format.count(countOf(changes, 'returned'))} bought again`,
		`${who(countOf(changes, 'unchanged'), 'has', 'have')} no new order`,
		...(corrected === 0 ? [] : [`${who(corrected, 'has', 'have')} corrected orders`]),
		`${who(countOf(changes, 'gone'), 'is', 'are')} gone`,
		...(joined === 0 ? [] : [`${who(joined, 'was', 'were')} joined to another person`])
	];
	return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}.`;
}

/** How many champions there were, and how many of them are in another group now; who is gone is in none. */
function championsMoved({ categories, counts }: Movement): {
	readonly before: number;
	readonly moved: number;
} {
	const champion = categories.indexOf('champion');
	const row = counts[champion] ?? [];
	const total = (of: readonly number[]) => of.reduce((sum, count) => sum + count, 0);
	return { before: total(row), moved: total(row.slice(0, -1)) - (row[champion] ?? 0) };
}

/** How many changed category, as a finding. */
export function movementTitle(movement: Movement, format: Format): string {
	const moved = movedCount(movement);
	const what = movement.by === 'group' ? 'group' : 'segment';
	return moved === 0
		? `Nobody is in another ${what} than before`
		: `${counted(moved, 'customer', format)} ${moved === 1 ? 'is' : 'are'} in another ${what} than before`;
}

/** A difference with its sign; no difference has none. */
export function signed(difference: number, write: (value: number) => string): string {
	return difference > 0 ? `+${write(difference)}` : write(difference);
}

/** Why people are gone, as one line. */
export function goneWords(reasons: readonly GoneReason[], format: Format): string {
	return reasons
		.map(({ reason, customers }) => `${format.count(customers)} ${goneReasonWords(reason)}`)
		.join(', ');
}

/** Why somebody is gone, after a number or alone. */
export function goneReasonWords(reason: string): string {
	switch (reason) {
		case 'vanished':
			return 'in no file any more';
		case 'after_as_of':
			return 'with orders only after the chosen day';
		case 'superseded':
			return 'whose orders are another customer’s now';
		default:
			return `with rows ${reasonWords(reason)}`;
	}
}

/** Who is in a list, as its title. */
export function filterTitle(
	filter: MovementFilter,
	categories: readonly ShownCategory[],
	own: readonly OwnTurnover[] = []
): string {
	const nameOf = (category: number) => categories.find((each) => each.category === category)?.name ?? '';
	switch (filter.kind) {
		case 'fate':
			return FATE_WORDS[filter.fate].who;
		case 'moved':
			return 'Everybody who moved';
		case 'own': {
			const name = own.find(({ id }) => id === filter.segment)?.name ?? '';
			return `${OWN_SIDE_WORDS[filter.side]} ${name}`;
		}
		case 'entered':
			return `Entered ${nameOf(filter.category)}`;
		case 'left':
			return `Left ${nameOf(filter.category)}`;
		case 'stayed':
			return `Stayed in ${nameOf(filter.category)}`;
		case 'cell':
			return cellTitle(
				filter.from === null ? null : nameOf(filter.from),
				filter.to === null ? null : nameOf(filter.to)
			);
	}
}

const OWN_SIDE_WORDS = { entered: 'Entered', left: 'Left', stayed: 'Stayed in' } as const;

/** What happened to the segments of the user's own, as a finding. */
export function ownTitle(own: readonly OwnTurnover[], format: Format): string {
	const entered = own.reduce((sum, each) => sum + each.entered, 0);
	const left = own.reduce((sum, each) => sum + each.left, 0);
	if (entered + left === 0) return 'Nobody entered or left your segments';
	return `${format.count(entered)} entered your segments, ${format.count(left)} left`;
}

function cellTitle(from: string | null, to: string | null): string {
	if (from === null) return `Newcomers in ${to ?? ''}`;
	if (to === null) return `Gone from ${from}`;
	return from === to ? `Still ${from}` : `From ${from} to ${to}`;
}

/** What the newest files of a list did with records, in the order shown; `kind` is null where they cannot be listed. */
export const RECORD_CHANGES = [
	{ count: 'added', kind: 'added', label: 'New' },
	{ count: 'changed', kind: 'changed', label: 'Changed' },
	{ count: 'unchanged', kind: null, label: 'As they were' },
	{ count: 'vanished', kind: 'vanished', label: 'Not in it any more' }
] as const satisfies readonly { count: keyof SeriesChange; kind: ChangeKind | null; label: string }[];

/** What a list of records is of, as the title of the list: how many orders or customers are new, changed or vanished. */
export function recordsTitle(change: SeriesChange, kind: ChangeKind, format: Format): string {
	const label = RECORD_CHANGES.find((each) => each.kind === kind)?.label ?? '';
	return `${label}: ${counted(change[kind], listed(change.kind), format)}`;
}

/** What to know of a list of records: its order and, of what has vanished, that it counts all the same. */
export function recordsText(change: SeriesChange, kind: ChangeKind): string {
	const latest = 'The latest come first.';
	if (kind !== 'vanished') return latest;
	const [count, them] = change.vanished === 1 ? ['It still counts', 'it'] : ['They still count', 'them'];
	const remedy =
		change.kind === 'orders'
			? `Cancel ${them} in the shop, or take the older file out on the Data screen.`
			: `To leave ${them} out, take the older file out on the Data screen.`;
	return `${latest} ${count}, as the older export has ${them}. ${remedy}`;
}

/** What the newest files of a list brought, as a finding. */
export function seriesTitle({ kind, added, changed, vanished }: SeriesChange, format: Format): string {
	const one = listed(kind);
	if (added + changed + vanished === 0) return `The newest export has the same ${one}s as before`;
	return `${counted(added, `new ${one}`, format)}, ${format.count(changed)} changed, ${format.count(vanished)} vanished`;
}

function listed(kind: SeriesChange['kind']): string {
	return kind === 'orders' ? 'order' : 'customer';
}

/** What is to be known of new orders that no customer has; empty where each has a customer. */
export function ofNobodyWords(ofNobody: number, added: number, format: Format): string {
	if (ofNobody === 0) return '';
	const which = `${format.count(ofNobody)} of ${counted(added, 'new order', format)}`;
	return `${which} ${ofNobody === 1 ? 'has' : 'have'} no customer: orders without a customer are not in the totals.`;
}

/** A thing as it is called after a number; one less is one too. */
export function plural(count: number, one: string): string {
	return Math.abs(count) === 1 ? one : `${one}s`;
}
