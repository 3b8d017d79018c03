import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import { numberWord, type Finding } from '#lib/session/findings.ts';

/** How many files of each kind the screen offers, and of how many customers. */
export interface Offered {
	readonly customers: number;
	readonly natural: number;
	readonly groups: number;
	/** The user's own segments and those of saved queries. */
	readonly own: number;
	/** Files of the order of priority. */
	readonly assigned: number;
}

/** What can be taken away, in one sentence; and which files share people. */
export function audiencesFinding(
	{ customers, natural, groups, own, assigned }: Offered,
	format: Format
): Finding {
	const segments = natural + groups + own;
	const noun = segments === 1 ? 'segment' : 'segments';
	const whole = [
		natural > 0 ? `${format.count(natural)} natural` : '',
		groups > 0 ? `${counted(groups, 'group', format)}` : ''
	].filter((words) => words !== '');
	const parts = [
		whole.length > 0 ? `${whole.join(' and ')}: each kind has everyone once.` : '',
		own > 0 ? `${format.count(own)} of your own: somebody may be in several.` : '',
		assigned > 0 ? `${counted(assigned, 'file', format)} after priority: nobody is in two.` : ''
	];
	return {
		title: `${numberWord(segments)} ${noun} of ${counted(customers, 'customer', format)}, a file each.`,
		sub: parts.filter((words) => words !== '').join(' ')
	};
}

/** What the button of the file of all saves. */
export function saveAllWords(customers: number | null, onlyAgreed: boolean, format: Format): string {
	if (customers === null)
		return onlyAgreed ? 'Save all who agreed, one file' : 'Save all customers, one file';
	const people = counted(customers, 'customer', format);
	return onlyAgreed ? `Save all ${people} who agreed, one file` : `Save all ${people}, one file`;
}

/** How many may be written to. */
export function agreedWords(agreed: number, customers: number, format: Format): string {
	const verb = agreed === 1 ? 'has' : 'have';
	return `${format.count(agreed)} of ${format.count(customers)} ${verb} agreed to e-mail`;
}
