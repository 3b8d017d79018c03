import { assertNotBlocked, blockingRules, type BlockingRule } from '#lib/pipeline/clean/repairs/blocking.ts';
import { describeAudience, type Audience, type Selection } from '#lib/pipeline/export/audience.ts';
import { toBlob } from '#lib/pipeline/export/csv.ts';
import { customers } from '#lib/pipeline/export/destinations/customers.ts';
import type { Destination } from '#lib/pipeline/export/destinations/destination.ts';
import { ids } from '#lib/pipeline/export/destinations/ids.ts';
import { segment } from '#lib/pipeline/export/destinations/segment.ts';
import { renderRecipeSql, uniqueFileNames } from '#lib/pipeline/export/recipe-sql.ts';
import { renderSetAsideCsv } from '#lib/pipeline/export/set-aside-csv.ts';
import { requireSize } from '#lib/pipeline/export/size-guard.ts';
import { writeSelection } from '#lib/pipeline/segment/customer-list.ts';
import { segmentsOfToday } from '#lib/pipeline/segment/own/scope.ts';
import { factsOf } from './segments/ask.ts';
import type { Session } from './session.svelte.ts';

/** What of the results the audience files need, or null before there are results. */
export function audienceOf(session: Session): Audience | null {
	const { clean, features, rfm, details, clustering, recipe } = session;
	if (!clean || !features || !rfm || !details) return null;
	const { import: read, segment } = recipe;
	return describeAudience(clean, features, clustering?.result ?? null, segment.names, read.sources);
}

/** The rules that hold files of customers back; none before the files are clean. */
export function blockingRulesOf({
	clean,
	recipe
}: Pick<Session, 'clean' | 'recipe'>): readonly BlockingRule[] {
	return clean ? blockingRules(recipe.clean.repairs, clean.repairs) : [];
}

/** Nothing when customers may leave in a file. @throws `export.blocked` */
export function assertMayLeave({ clean, recipe }: Pick<Session, 'clean' | 'recipe'>): void {
	if (clean) assertNotBlocked(recipe.clean.repairs, clean.repairs);
}

/** Nothing when so many people of a segment are active that it may be used. @throws `export.too-small` */
async function assertLargeEnough(session: Session, selection: Selection): Promise<void> {
	const audience = audienceOf(session);
	const facts = factsOf(session);
	if (!audience || !facts) return;
	const { asOf, customers } = facts.features;
	const segments = segmentsOfToday(facts);
	await requireSize(
		{ engine: session.runner.engine, signal: new AbortController().signal },
		audience,
		selection,
		{
			guard: facts.params.own.guard,
			asOf,
			customers,
			nameOf: (ref) => segments.find((segment) => segment.ref === ref)?.name ?? ref
		}
	);
}

/** A file to offer for download. */
export interface OutputFile {
	readonly name: string;
	readonly blob: Blob;
}

/** Whom of a selection a file has. */
export interface Written {
	/** Only those who agreed to e-mail. */
	readonly onlyAgreed?: boolean;
}

/** Everyone as one CSV. @throws `export.blocked` */
export async function everyoneFile(session: Session, written: Written = {}): Promise<OutputFile> {
	assertMayLeave(session);
	const grades = await gradesOf(session);
	return render(session, customers, { kind: 'everyone' }, { ...written, grades });
}

/** One segment, one RFM group or the picked customers as a CSV. @throws `export.blocked`, `export.too-small` */
export async function audienceFile(
	session: Session,
	selection: Selection,
	written: Written = {}
): Promise<OutputFile> {
	assertMayLeave(session);
	await assertLargeEnough(session, selection);
	const grades = await gradesOf(session);
	if (selection.kind === 'picked') await writeSelection(session.runner.engine, session.pickedIndices());
	return render(session, segment, selection, { ...written, grades });
}

/** How far each segment can be trusted, which files for people tell. */
function gradesOf({ validation }: Session): Promise<Audience['grades']> {
	return validation.passports.grades(new AbortController().signal);
}

/** The ids of a selection, one per line. @throws `export.blocked`, `export.too-small` */
export async function idsOf(
	session: Session,
	selection: Selection,
	written: Written = {}
): Promise<string[]> {
	await assertLargeEnough(session, selection);
	const { blob } = await render(session, ids, selection, written);
	return (await blob.text()).split('\r\n').filter((line) => line !== '');
}

/** Every row set aside, with its line, reason and text. */
export async function setAsideFile(session: Session): Promise<OutputFile> {
	const sources = session.recipe.import.sources.flatMap((source) => {
		const file = session.files.get(source.id);
		return file ? [{ source, blob: file.blob }] : [];
	});
	const context = { engine: session.runner.engine, signal: new AbortController().signal };
	return { name: 'set_aside.csv', blob: await toBlob(renderSetAsideCsv(context, sources)) };
}

/** The recipe as JSON: what was done, and no data. */
export function recipeFile(session: Session): OutputFile {
	const text = `${JSON.stringify(session.recipe, null, '\t')}\n`;
	return { name: 'recipe.json', blob: new Blob([text], { type: 'application/json' }) };
}

/** The script, and beside it a copy of each file that DuckDB cannot read as it is or whose name another file has. */
export async function recipeSqlFiles(session: Session): Promise<OutputFile[]> {
	const text = await recipeSql(session);
	const names = scriptNames(session);
	const copies = (session.sources ?? []).flatMap(({ result, prepared }) => {
		const name = names.get(result.id) ?? result.fileName;
		const blob = prepared ?? session.files.get(result.id)?.blob;
		return name === result.fileName || !blob ? [] : [{ name, blob }];
	});
	return [{ name: 'recipe.sql', blob: new Blob([text], { type: 'application/sql' }) }, ...copies];
}

/** The name under which the script reads each source, by source id. */
function scriptNames({ sources }: Session): Map<string, string> {
	return uniqueFileNames(
		(sources ?? []).map(({ result, prepared }) => ({
			id: result.id,
			fileName: result.fileName,
			prepared: prepared !== null
		}))
	);
}

async function render(
	session: Session,
	destination: Destination,
	selection: Selection,
	{ onlyAgreed = false, grades = new Map() }: Written & { readonly grades?: Audience['grades'] }
): Promise<OutputFile> {
	assertMayLeave(session);
	const everyone = audienceOf(session);
	if (!everyone) throw new Error('there are no results to export');
	const audience: Audience = { ...everyone, agreedTo: onlyAgreed ? 'email_consent' : null, grades };
	const context = { engine: session.runner.engine, signal: new AbortController().signal };
	const blob = await toBlob(destination.render(context, audience, selection));
	return { name: destination.fileName(audience, selection), blob };
}

/** The recipe as a SQL script for native DuckDB, which reads the files by their names. */
export async function recipeSql(session: Session): Promise<string> {
	const { clean, features, clustering, recipe, sources } = session;
	if (!clean || !features || !sources) throw new Error('there are no results to export');
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
			facts: session.own && factsOf(session),
			fileNames: scriptNames(session)
		}
	);
}
