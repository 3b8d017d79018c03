import { describeAudience, type Audience, type Selection } from '#lib/pipeline/export/audience.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { customers } from '#lib/pipeline/export/destinations/customers.ts';
import type { Destination } from '#lib/pipeline/export/destinations/destination.ts';
import { ids } from '#lib/pipeline/export/destinations/ids.ts';
import { segment } from '#lib/pipeline/export/destinations/segment.ts';
import { renderRecipeSql, preparedFileName } from '#lib/pipeline/export/recipe-sql.ts';
import { renderSetAsideCsv } from '#lib/pipeline/export/set-aside-csv.ts';
import { writeSelection } from '#lib/pipeline/segment/customer-list.ts';
import { saveFile } from '#lib/ui/save-file.ts';
import type { Session } from './session.svelte.ts';

/** What of the results the audience files need, or null before there are results. */
export function audienceOf(session: Session): Audience | null {
	const { clean, features, rfm, clustering, recipe } = session;
	if (!clean || !features || !rfm) return null;
	return describeAudience(clean, features, clustering?.result ?? null, recipe.segment.names);
}

/** Renders a destination to a file. The name comes first, so that a screen can show it. */
export async function renderAudience(
	session: Session,
	destination: Destination,
	selection: Selection
): Promise<{ name: string; blob: Blob }> {
	const audience = audienceOf(session);
	if (!audience) throw new Error('there are no results to export');
	const context = { engine: session.runner.engine, signal: new AbortController().signal };
	const blob = await toBlob(destination.render(context, audience, selection));
	return { name: destination.fileName(audience, selection), blob };
}

/** Saves everyone as one CSV. */
export async function saveEveryone(session: Session): Promise<void> {
	const { name, blob } = await renderAudience(session, customers, { kind: 'everyone' });
	saveFile(name, blob);
}

/** Saves one segment, one RFM group or the picked customers as a CSV. */
export async function saveSegment(session: Session, selection: Selection): Promise<void> {
	const { name, blob } = await renderAudience(session, segment, selection);
	saveFile(name, blob);
}

/** Saves the picked customers. */
export async function saveSelected(session: Session): Promise<void> {
	await writeSelection(session.runner.engine, session.pickedIndices());
	await saveSegment(session, { kind: 'picked' });
}

/** Puts the ids of a selection on the clipboard, one per line; the answer is how many. */
export async function copyIds(session: Session, selection: Selection): Promise<number> {
	const { blob } = await renderAudience(session, ids, selection);
	const text = await blob.text();
	await navigator.clipboard.writeText(text);
	return text.split('\n').filter((line) => line.trim() !== '').length;
}

/** Saves every row set aside, with its line, reason and text. */
export async function saveSetAside(session: Session): Promise<void> {
	const sources = session.recipe.import.sources.flatMap((source) => {
		const file = session.files.get(source.id);
		return file ? [{ source, blob: file.blob }] : [];
	});
	const context = { engine: session.runner.engine, signal: new AbortController().signal };
	saveFile('set_aside.csv', await toBlob(renderSetAsideCsv(context, sources)));
}

/** Saves the recipe as JSON: what was done, and no data. */
export function saveRecipe(session: Session): void {
	const text = `${JSON.stringify(session.recipe, null, '\t')}\n`;
	saveFile('recipe.json', new Blob([text], { type: 'application/json' }));
}

/** The recipe as a SQL script for native DuckDB, which reads the files by their names. */
export async function recipeSql(session: Session): Promise<string> {
	const { clean, features, clustering, recipe, sources } = session;
	if (!clean || !features || !sources) throw new Error('there are no results to export');
	const prepared = new Set(sources.filter((source) => source.prepared).map(({ result }) => result.id));
	return renderRecipeSql(
		{
			engine: session.runner.engine,
			compute: session.runner.compute,
			signal: new AbortController().signal,
			onProgress: () => undefined
		},
		{
			recipe,
			sources: sources.map(({ result }) => result),
			clean,
			features,
			clustering: clustering?.result ?? null,
			fileNames: new Map(
				recipe.import.sources.map(({ id, fileName }) => [
					id,
					prepared.has(id) ? preparedFileName(fileName) : fileName
				])
			)
		}
	);
}

/** Saves the script, and beside it the UTF-8 copy of each file that DuckDB cannot read as it is. */
export async function saveRecipeSql(session: Session): Promise<void> {
	const text = await recipeSql(session);
	saveFile('recipe.sql', new Blob([text], { type: 'application/sql' }));
	for (const { result, prepared } of session.sources ?? []) {
		if (prepared) saveFile(preparedFileName(result.fileName), prepared);
	}
}
