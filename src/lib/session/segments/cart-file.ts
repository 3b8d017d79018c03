import { toBlob } from '#lib/pipeline/export/csv.ts';
import { cartsFileName, renderCartsCsv } from '#lib/pipeline/export/carts-csv.ts';
import type { CartTableScope } from '#lib/pipeline/segment/carts/board.sql.ts';
import type { CartStageId } from '#lib/pipeline/segment/carts/result.ts';
import { cartBoard } from '#lib/pipeline/segment/carts/step.ts';
import { assertMayLeave, type OutputFile, type Written } from '../downloads.ts';
import type { Session } from '../session.svelte.ts';
import { scopeOf } from './ask.ts';

/** What carts are looked at by today; null before there are results. */
export function cartScopeOf(session: Session): CartTableScope | null {
	const scope = scopeOf(session);
	const { rfm } = session;
	if (scope === null || rfm === null) return null;
	const { asOf, carts, featureParams, customers } = scope;
	return { asOf, carts, featureParams, customers, rfm: { table: ['segment', 'rfm'], groups: rfm.table } };
}

/**
 * The people with a cart at these stages (none: all) as CSV, as of today. Those without an order are in it.
 * @throws `export.blocked`
 */
export async function cartsFile(
	session: Session,
	stages: readonly CartStageId[],
	{ onlyAgreed = false }: Written = {},
	signal: AbortSignal = new AbortController().signal
): Promise<OutputFile> {
	assertMayLeave(session);
	const scope = cartScopeOf(session);
	if (scope === null || !session.details) throw new Error('there are no results to export');
	const { engine } = session.runner;
	const { bands } = await cartBoard(engine, scope, signal);
	const blob = await toBlob(renderCartsCsv({ engine, signal }, { stages, bands, onlyAgreed }));
	return { name: cartsFileName({ stages, onlyAgreed }), blob };
}
