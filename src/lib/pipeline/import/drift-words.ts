import type { RenameEvidence } from './drift-renames.ts';
import type { Shift } from './drift-shifts.ts';
import type { Drift } from './drift.ts';
import { roleWords, type Role, type TableKind } from './roles.ts';

/** What speaks for a rename, in words. */
export const EVIDENCE_WORDS: Readonly<Record<RenameEvidence, string>> = {
	same_name: 'same name, written another way',
	similar_name: 'similar name',
	same_meaning: 'a name for the same thing',
	same_place: 'same place',
	shared_values: 'the same values',
	similar_values: 'similar values'
};

/** What breaks the reading of a newer export, one problem a text, without a full stop. */
export function driftProblems({ renamed, missing, shifted }: Drift, kind: TableKind): string[] {
	const label = (role: Parameters<typeof roleWords>[0]) => roleWords(role, kind).label.toLowerCase();
	return [
		...renamed.flatMap(({ from, to, role }) =>
			role === null ? [] : [`“${from}” (${label(role)}) seems to be “${to}” now`]
		),
		...missing.flatMap(({ column, role }) =>
			role === null ? [] : [`“${column}” (${label(role)}) is not there any more`]
		),
		...shifted.map((shift) => `“${shift.to}” (${label(shift.role)}): ${shiftWords(shift)}`)
	];
}

/** How the values of a column differ from before, in words, without a full stop. */
export function shiftWords({ kind, factor, like }: Shift): string {
	switch (kind) {
		case 'emptied':
			return 'never empty before, and now empty in most rows';
		case 'other_kind':
			return 'the values are of another kind than before';
		case 'scale':
			return scaleWords(factor ?? 1);
		case 'decimal_mark':
			return 'the decimals are parted by another mark than before';
		case 'date_order':
			return 'day and month stand in another order than before';
		case 'date_form':
			return 'the dates are written another way than before';
		case 'now_emails':
			return 'email addresses now, where other ids were before';
		case 'no_emails':
			return 'no email addresses any more';
		case 'lost_zeros':
			return 'the zeros in front are lost, so the same people would count as others';
		case 'rounded_ids':
			return 'long numbers were rounded, as a spreadsheet does';
		case 'id_form':
			return 'ids of another form than before';
		case 'new_words':
			return 'words that were not there before';
		case 'swapped':
			return `these look like the ${(like && MANY[like]) ?? 'values of another column'} of before`;
	}
}

/** What a column that names things is full of. */
const MANY: Readonly<Partial<Record<Role, string>>> = {
	customer: 'customer ids',
	order_id: 'order numbers',
	email: 'emails',
	phone: 'phone numbers',
	card: 'card numbers',
	session_id: 'session ids'
};

/** A factor of 50 to 200 is most likely a hundred. */
const HUNDRED = { least: 50, most: 200 };

function scaleWords(factor: number): string {
	const times = factor >= 1 ? factor : 1 / factor;
	const isHundred = times >= HUNDRED.least && times <= HUNDRED.most;
	const shown = isHundred ? 'about 100' : `about ${Number(times.toPrecision(1)).toLocaleString('en-GB')}`;
	const cents = isHundred ? (factor >= 1 ? ': cents, it seems' : ': no longer cents, it seems') : '';
	return `${shown} times ${factor >= 1 ? 'larger' : 'smaller'} than before${cents}`;
}
