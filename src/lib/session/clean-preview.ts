import { previewRepair, type PreviewRow, type RepairPreview } from '#lib/pipeline/clean/repairs/preview.ts';
import type { Repair } from '#lib/pipeline/clean/repairs/schema.ts';
import type { Session } from './session.svelte.ts';

/** A row of an example, with the file that it stands in. */
export interface ExampleRow extends PreviewRow {
	readonly fileName: string;
}

/** What a step would do to all files of its list. */
export interface StepPreview extends Omit<RepairPreview, 'examples' | 'words' | 'problem'> {
	/** One sentence for each file that has one. */
	readonly words: readonly string[];
	/** Why it could do nothing with any file; null when it could with one. */
	readonly problem: string | null;
	/** Of the newest file that has any. */
	readonly examples: readonly ExampleRow[];
	/** Files that lack a column of the step, or have not loaded it. */
	readonly without: readonly string[];
}

const EXAMPLES = 10;

/**
 * What a step would do, on what the steps before it left; nothing changes. Wants the tables of a finished clean-up.
 *
 * @param before ids of the steps that stand before it
 */
export async function previewStep(
	session: Session,
	candidate: Omit<Repair, 'id'>,
	before: readonly string[],
	signal: AbortSignal
): Promise<StepPreview> {
	const context = {
		engine: session.runner.engine,
		compute: session.runner.compute,
		signal,
		onProgress: () => undefined
	};
	let total = NO_PREVIEW;
	const problems: (string | null)[] = [];
	for (const source of session.recipe.import.sources.toReversed()) {
		const result = session.sources?.find((loaded) => loaded.result.id === source.id)?.result;
		if (source.series !== candidate.series || !result) continue;
		const last = lastBefore(session, before, source.id);
		const left = EXAMPLES - total.examples.length;
		const preview = await previewRepair(context, { source, result }, last, candidate, left);
		if (preview) problems.push(preview.problem);
		total = preview
			? added(total, preview, source.fileName)
			: { ...total, without: [...total.without, source.fileName] };
	}
	return { ...total, problem: problems.some((each) => each === null) ? null : (problems[0] ?? null) };
}

const NO_PREVIEW: StepPreview = {
	rows: 0,
	counts: { rowsChanged: 0, rowsFailing: 0, rowsSetAside: 0 },
	words: [],
	problem: null,
	added: [],
	examples: [],
	without: []
};

/** The last of the steps that ran on a file; null when none did. */
function lastBefore(session: Session, before: readonly string[], sourceId: string): string | null {
	const ran = session.clean?.repairs.filter(
		({ id, sources }) => before.includes(id) && sources.some(({ source }) => source === sourceId)
	);
	return ran?.at(-1)?.id ?? null;
}

function added(total: StepPreview, preview: RepairPreview, fileName: string): StepPreview {
	const sum = (count: keyof RepairPreview['counts']) => total.counts[count] + preview.counts[count];
	return {
		...total,
		rows: total.rows + preview.rows,
		counts: {
			rowsChanged: sum('rowsChanged'),
			rowsFailing: sum('rowsFailing'),
			rowsSetAside: sum('rowsSetAside')
		},
		added: preview.added.length > total.added.length ? preview.added : total.added,
		words: preview.words === '' ? total.words : [...total.words, preview.words],
		examples: [...total.examples, ...preview.examples.map((row) => ({ ...row, fileName }))]
	};
}
