import {
	customerColumn,
	featureColumns,
	segmentColumns,
	type Audience,
	type AudienceColumn
} from './audience.ts';
import { renderCsv } from './csv.ts';
import { readAudience, type ReadContext } from './read-audience.ts';

/** The RFM features, which stand in every `segments.csv`. */
const RFM_FEATURES = ['recency_days', 'frequency', 'monetary_total'];

/**
 * The columns of `segments.csv`: `customer_id, recency_days, frequency, monetary_total, r_score, f_score, m_score,
 * rfm_group, cluster, segment_name`, then the other features that the clusters were made from.
 */
export function segmentsColumns(audience: Audience): AudienceColumn[] {
	const others = audience.clusterFeatures.filter((feature) => !RFM_FEATURES.includes(feature));
	return [
		customerColumn(),
		...featureColumns(audience, RFM_FEATURES),
		...segmentColumns(audience),
		...featureColumns(audience, others)
	];
}

/** `segments.csv` has everyone, and no columns of contacts and consents, so their tables need not be read. */
export function withoutContacts(audience: Audience): Audience {
	return { ...audience, contactRoles: [], consents: [], agreedTo: null };
}

/** `segments.csv`: one row per customer, in the order of customer ids (as numbers when all are digits, else bytes). */
export function renderSegmentsCsv(context: ReadContext, audience: Audience): AsyncIterable<string> {
	const columns = segmentsColumns(audience);
	const batches = readAudience(context, withoutContacts(audience), columns, { kind: 'everyone' });
	return renderCsv(columns, batches, { signal: context.signal });
}
