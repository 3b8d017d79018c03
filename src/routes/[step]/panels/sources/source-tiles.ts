import type { Format } from '#lib/core/format.ts';
import type { ListAudit } from '#lib/pipeline/clean/audit/sources.ts';
import type { SourceList } from '#lib/pipeline/clean/audit/lists.ts';
import type { SourceAccount } from '#lib/pipeline/clean/schema.ts';
import type { Freshness } from '#lib/session/freshness.ts';
import { ageWords } from './audit-words.ts';

/** A number of a source with its words. */
export interface SourceTile {
	readonly label: string;
	readonly value: string;
	/** Small, beside the value. */
	readonly unit?: string;
	readonly note: string;
}

const PENDING = '…';

/** The numbers of a source: its age, its people, its orders, its rows. `audit` null: it is still being looked at. */
export function sourceTiles(
	list: SourceList,
	accounts: readonly SourceAccount[],
	age: Freshness,
	audit: ListAudit | null,
	hasOthers: boolean,
	format: Format
): SourceTile[] {
	const effect = audit?.effect ?? null;
	const own = accounts.filter(({ id }) => list.sources.some((source) => source.id === id));
	const total = (count: (account: SourceAccount) => number) =>
		own.reduce((sum, each) => sum + count(each), 0);
	const setAside = total(({ rowsSetAside }) => rowsSetAside);
	return [
		ageTile(age, format),
		...(audit === null || effect !== null
			? [
					{
						label: 'People',
						value: effect ? format.count(effect.people) : PENDING,
						note: effect && hasOthers ? onlyWords(effect.onlyHere, format) : ''
					}
				]
			: []),
		...(list.kind === 'orders'
			? [
					{
						label: 'Orders',
						value: effect ? format.count(effect.orders) : PENDING,
						note: effect?.revenue ? `${format.money(effect.revenue)} in all` : ''
					}
				]
			: []),
		{
			label: 'Rows read',
			value: format.count(total(({ rowsRead }) => rowsRead)),
			note: setAside === 0 ? 'all loaded' : `${format.count(setAside)} set aside`
		}
	];
}

function onlyWords(onlyHere: number, format: Format): string {
	return onlyHere === 0 ? 'all in other sources too' : `${format.count(onlyHere)} in no other source`;
}

function ageTile({ newest, ageDays, maxAgeDays, state }: Freshness, format: Format): SourceTile {
	const label = 'Newest record';
	if (newest === null || ageDays === null) return { label, value: '–', note: 'no dates in it' };
	const limit =
		maxAgeDays === null ? 'Any age is allowed.' : `The limit you set is ${format.days(maxAgeDays)}.`;
	if (state === 'ahead') return { label, value: format.day(newest), note: 'after today' };
	const note = `${format.day(newest)}. ${limit}`;
	if (ageDays === 0) return { label, value: 'Today', note };
	const [value = '', ...unit] = ageWords(ageDays, format).split(' ');
	return { label, value, unit: `${unit.join(' ')} ago`, note };
}
