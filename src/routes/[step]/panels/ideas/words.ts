import type { Format } from '#lib/core/format.ts';
import { counted } from '#lib/core/words.ts';
import { MOMENTS, type MomentId, type TemplateParam } from '#lib/pipeline/segment/templates/template.ts';
import type { Finding } from '#lib/session/findings.ts';
import type { Idea } from '#lib/session/segments/ideas.svelte.ts';
import type { NumberRange } from '../builder/number-text.ts';

type Told = Pick<Idea, 'template' | 'answer'>;

/** The moments in the order in which one of their ideas is told in the title. */
const TOLD_FIRST: readonly MomentId[] = ['browsing', 'slipping', 'buying', 'value', 'care'];

/** The sentence of the screen. While ideas are counted it says so. */
export function ideasFinding(ideas: readonly Told[], format: Format): Finding {
	const total = format.count(ideas.length);
	const sub =
		'Change a number and it is counted again. What you use becomes a living rule: it is asked anew with every file.';
	if (ideas.some(({ answer }) => answer === null)) {
		return { title: `${total} segments to begin with. Counting who is in them.`, sub };
	}
	const told = ideas.filter(({ answer }) => answer?.kind === 'counted' || answer?.kind === 'unfit').length;
	const can =
		told === ideas.length
			? `All ${total} ideas can be told from your files`
			: `${format.count(told)} of ${total} ideas can be told from your files`;
	const example = exampleOf(ideas);
	return { title: example === null ? `${can}.` : `${can}: ${peopleWords(example, format)}.`, sub };
}

/** The first idea that somebody is in. */
function exampleOf(ideas: readonly Told[]): Told | null {
	const inOrder = TOLD_FIRST.flatMap((moment) => ideas.filter(({ template }) => template.moment === moment));
	return inOrder.find(({ answer }) => answer?.kind === 'counted' && answer.customers > 0) ?? null;
}

function peopleWords({ template, answer }: Told, format: Format): string {
	const customers = answer?.kind === 'counted' ? answer.customers : 0;
	if (customers === 1) return `1 person is under “${template.name}”`;
	return `${counted(customers, 'person', format, 'people')} ${template.brief}`;
}

/** The share of the customers, and the money: `10% of customers, who spent €1,240 (4%)`. */
export function sizeWords(
	{ customers, revenue }: { readonly customers: number; readonly revenue: number | null },
	everyone: { readonly customers: number; readonly revenue: number | null },
	format: Format
): string {
	const share = `${format.percent(everyone.customers === 0 ? 0 : customers / everyone.customers)} of customers`;
	if (revenue === null || everyone.revenue === null || customers === 0) return share;
	const part = everyone.revenue > 0 ? ` (${format.percent(revenue / everyone.revenue)})` : '';
	return `${share}, who spent ${format.money(revenue)}${part}`;
}

/** The whole sentence of an idea, with its numbers. */
export function ideaSentence(
	{ pieces, params, values }: Pick<Idea, 'pieces' | 'params' | 'values'>,
	format: Format
): string {
	const words = pieces.map(({ text, param }) => {
		const found = params.find(({ id }) => id === param);
		if (!found) return text;
		const value = valueOf({ values }, found);
		if (found.unit === 'money') return format.money(value, 0);
		return found.unit === 'percent' ? format.percent(value / 100) : format.count(value);
	});
	return `Customers who ${words.join('')}.`;
}

/**
 * Ideas by moment; those without an idea are left out. Once all are counted, moments of which the files tell nothing come
 * last.
 */
export function byMoment(
	ideas: readonly Idea[]
): { readonly moment: (typeof MOMENTS)[number]; readonly ideas: readonly Idea[] }[] {
	const groups = MOMENTS.map((moment) => ({
		moment,
		ideas: ideas.filter(({ template }) => template.moment === moment.id)
	})).filter((group) => group.ideas.length > 0);
	if (ideas.some(({ shown }) => shown === null)) return groups;
	const isUntold = (group: (typeof groups)[number]) =>
		group.ideas.every(({ shown }) => shown?.kind === 'lacking');
	return [...groups.filter((group) => !isUntold(group)), ...groups.filter(isUntold)];
}

/** The ideas whose words hold all words of a search; without those that the files cannot tell where they are not wanted. */
export function findIdeas(
	ideas: readonly Idea[],
	search: string,
	isToldOnly: boolean,
	format: Format
): readonly Idea[] {
	const asked = search.toLowerCase().split(/\s+/).filter(Boolean);
	return ideas.filter((idea) => {
		if (isToldOnly && idea.shown?.kind === 'lacking') return false;
		const { name, why, brief } = idea.template;
		const text = `${name} ${brief} ${why} ${ideaSentence(idea, format)}`.toLowerCase();
		return asked.every((word) => text.includes(word));
	});
}

/** A number of an idea as it is now. */
export function valueOf({ values }: Pick<Idea, 'values'>, { id, value }: TemplateParam): number {
	return values[id] ?? value;
}

/** The numbers that can be used. */
export function rangeOf({ least, most }: Pick<TemplateParam, 'least' | 'most'>): NumberRange {
	return { least, most, whole: true };
}
