import type { Format } from '#lib/core/format.ts';
import { plural } from '#lib/core/words.ts';
import { combine, type Dictionary } from '#lib/pipeline/clean/harmonise/dictionary.ts';
import type { Confidence, LabelGroup, Via } from '#lib/pipeline/clean/harmonise/group-labels.ts';
import type { FoundLabels } from '#lib/pipeline/clean/harmonise/label-groups.ts';
import type { Repair } from '#lib/pipeline/clean/repairs/schema.ts';
import { addRepairs, changeRepair } from '#lib/recipe/clean-edits.ts';
import type { Edit } from '#lib/recipe/edits.ts';

export type Decision = 'open' | 'accepted' | 'refused';

/** A proposed group and what the user makes of it. */
export interface GroupDraft {
	readonly group: LabelGroup;
	readonly label: string;
	/** Spellings that keep what they are. */
	readonly leftOut: ReadonlySet<string>;
	readonly decision: Decision;
}

/** What is written when it is applied. */
export interface Outcome {
	readonly dictionary: Dictionary;
	readonly labels: number;
	readonly spellings: number;
	readonly rows: number;
}

export const CONFIDENCE_WORDS: Readonly<
	Record<Confidence, { readonly name: string; readonly reason: string }>
> = {
	sure: { name: 'Sure', reason: 'The same words: only case, accents, marks or their order differ.' },
	likely: { name: 'Likely', reason: 'A short form of the other, or the same letters parted another way.' },
	possible: { name: 'Possible', reason: 'A letter or two differ. Look before you accept.' }
};

export const VIA_WORDS: Readonly<Record<Via, string>> = {
	words: 'the same words',
	abbreviation: 'a short form',
	initials: 'the first letters',
	pairs: 'blanks elsewhere',
	letters: 'a letter or two differ'
};

const ORDER: readonly Confidence[] = ['sure', 'likely', 'possible'];

/** The groups to decide on, the surest first. */
export function draftsOf(groups: readonly LabelGroup[]): GroupDraft[] {
	return ORDER.flatMap((confidence) => groups.filter((group) => group.confidence === confidence)).map(
		(group) => ({ group, label: group.label, leftOut: new Set(), decision: 'open' })
	);
}

/** What the accepted groups come to. A group without a label, or of which nothing would change, adds nothing. */
export function outcomeOf(drafts: readonly GroupDraft[]): Outcome {
	const accepted = drafts
		.filter(({ decision, label }) => decision === 'accepted' && label.trim() !== '')
		.map(({ group, label, leftOut }) => ({
			label: label.trim(),
			changed: group.members.filter(({ text }) => !leftOut.has(text) && text !== label.trim())
		}))
		.filter(({ changed }) => changed.length > 0);
	const changed = accepted.flatMap((each) =>
		each.changed.map(({ text, count }) => ({ text, count, label: each.label }))
	);
	return {
		dictionary: Object.fromEntries(changed.map(({ text, label }) => [text, label])),
		labels: new Set(accepted.map(({ label }) => label)).size,
		spellings: changed.length,
		rows: changed.reduce((sum, { count }) => sum + count, 0)
	};
}

/** What was found, above the list. */
export function foundWords({ groups, texts, leftOut }: FoundLabels, format: Format): string {
	const among = `${format.count(texts)} different ${texts === 1 ? 'text' : 'texts'}`;
	const found = `${format.count(groups.length)} ${groups.length === 1 ? 'group' : 'groups'} of spellings among ${among}.`;
	return leftOut > 0 ? `${found} ${leftOutWords(leftOut, format)}` : found;
}

/** When nothing was found. */
export function emptyWords(column: string, { texts, leftOut }: FoundLabels, format: Format): string {
	if (texts === 0) return `“${column}” has no texts to compare, or has not been loaded.`;
	const compared = `${format.count(texts)} different ${texts === 1 ? 'text' : 'texts'} of “${column}” were compared, and no two look like one label.`;
	return leftOut > 0 ? `${compared} ${leftOutWords(leftOut, format)}` : compared;
}

function leftOutWords(leftOut: number, format: Format): string {
	return `${format.count(leftOut)} more, the rarest or longest, were not compared.`;
}

/** What applying does, beside its button. */
export function outcomeWords({ spellings, labels, rows }: Outcome, format: Format): string {
	if (spellings === 0) return 'Nothing accepted yet.';
	const written = `${plural(spellings, 'spelling')} become ${plural(labels, 'label')}`;
	return `${spellings === 1 ? written.replace('become', 'becomes') : written}: ${format.count(rows)} ${rows === 1 ? 'row changes' : 'rows change'}.`;
}

const OPERATION = 'harmonise_labels';

/**
 * Adds a dictionary to the clean-up: to the step that writes the labels of this column already, where no later step touches the
 * column, else as a new step at the end.
 */
export function addDictionary(series: string, column: string, dictionary: Dictionary): Edit {
	return (recipe) => {
		const steps = recipe.clean.repairs.filter((repair) => repair.series === series && repair.on);
		const last = steps.findLast((repair) => touches(repair, column));
		if (last?.operation === OPERATION && last.columns.length === 1) {
			const known = last.params['dictionary'] as Dictionary;
			return changeRepair(last.id, { params: { dictionary: combine(known, dictionary) } })(recipe);
		}
		const step = { operation: OPERATION, on: true, series, columns: [column], params: { dictionary } };
		return addRepairs([step])(recipe);
	};
}

/** A step reads or writes the column, as one it works on or as one that its parameters name. */
function touches({ columns, params }: Repair, column: string): boolean {
	return columns.includes(column) || Object.values(params).includes(column);
}
