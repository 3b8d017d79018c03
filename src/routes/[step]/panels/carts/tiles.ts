import type { Format } from '#lib/core/format.ts';
import type { CartBoardResult, CartFilter, CartStageId } from '#lib/pipeline/segment/carts/result.ts';
import { agreedWords } from '../audiences/audience-words.ts';
import { ALL_CARTS } from './words.ts';

/**
 * What the screen counts, first of all.
 * @param agreed how many people agreed to e-mail, by stage; null where the files do not tell
 */
export function cartTiles(
	{ all, left, due, recovered, stages }: CartBoardResult,
	agreed: ReadonlyMap<CartStageId, number> | null,
	format: Format,
	choose: (filter: CartFilter) => void,
	dueStages: readonly CartStageId[]
) {
	const leftStages = [...dueStages, ...stages.filter(({ kind }) => kind === 'cold').map(({ id }) => id)];
	const mayBeWritten = dueStages.reduce((sum, stage) => sum + (agreed?.get(stage) ?? 0), 0);
	const notes = [
		...(agreed === null || due.people === 0 ? [] : [agreedWords(mayBeWritten, due.people, format)]),
		...(due.withoutValue > 0 ? [`${format.count(due.withoutValue)} without a known value`] : [])
	];
	return [
		{
			label: 'Due a message',
			value: format.count(due.people),
			unit: due.money === null ? undefined : format.money(due.money),
			note: notes.length > 0 ? notes.join('; ') : 'by stage below',
			onclick: due.people === 0 ? undefined : () => choose({ ...ALL_CARTS, stages: dueStages })
		},
		{
			label: 'Left and not bought since',
			value: format.count(left.people),
			unit: left.money === null ? undefined : format.money(left.money),
			note: 'with those that are cold',
			onclick: left.people === 0 ? undefined : () => choose({ ...ALL_CARTS, stages: leftStages })
		},
		{
			label: 'Of them without any order yet',
			value: format.count(left.people - left.customers),
			note: 'in the file of carts, in no segment'
		},
		{
			label: 'Left, and bought later',
			value: format.count(recovered),
			unit: format.percent(recovered / Math.max(1, recovered + left.people)),
			note: `of those ever left; ${format.count(all.people)} people have a cart`
		}
	];
}
