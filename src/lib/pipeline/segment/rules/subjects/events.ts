import { as, sql } from '#lib/engine/sql.ts';
import { BEHAVIOUR_WEIGHTS, eventKind } from '#lib/pipeline/features/behaviour.ts';
import type { Subject } from './subject.ts';
import { askedColumns, FILE_RECORD, type TableField } from '../table-subject.ts';

const FIELDS: readonly TableField[] = [
	{
		id: 'kind',
		label: 'kind',
		type: 'text',
		unit: 'text',
		needs: [],
		values: BEHAVIOUR_WEIGHTS.map(({ id }) => id),
		column: sql`k.kind`
	},
	{ id: 'event', label: 'name', type: 'text', unit: 'text', needs: ['event_name'], column: sql`e.event` },
	{ id: 'product', label: 'product', type: 'text', unit: 'text', needs: ['event_product'] },
	{ id: 'category', label: 'category', type: 'text', unit: 'text', needs: ['event_category'] },
	{ id: 'quantity', label: 'quantity', type: 'number', unit: 'number', needs: ['event_quantity'] },
	{ id: 'value', label: 'value', type: 'number', unit: 'money', needs: ['event_value'] },
	{ id: 'channel', label: 'channel', type: 'text', unit: 'text', needs: ['event_channel'] },
	{ id: 'store', label: 'store', type: 'text', unit: 'text', needs: ['event_store'] },
	{ id: 'device', label: 'device', type: 'text', unit: 'text', needs: ['event_device'] },
	{ id: 'url', label: 'address', type: 'text', unit: 'text', needs: ['event_url'] }
];

/** The names of events with their kinds. They stand in a list first, because a filter on `DISTINCT` would run on every event. */
const KINDS = sql`(
		SELECT event, ${as(eventKind(sql`event`), 'kind')}
		FROM (SELECT unnest(list(DISTINCT coalesce(event, ''))) AS event FROM clean.events)
	)`;

/** What people did, as in `clean.events`, with the kind that the name of an event tells. */
export const events: Subject = {
	id: 'events',
	one: 'event',
	many: 'events',
	verb: 'had',
	notVerb: 'did not have',
	needs: ['events'],
	fields: FIELDS,
	sql: (asked, asOf) => sql`
		SELECT customer_id, happened_at AS at, ${FILE_RECORD} AS record${askedColumns(FIELDS, asked)}
		FROM clean.events e ${asked.includes('kind') ? sql`JOIN ${KINDS} k ON k.event = coalesce(e.event, '')` : sql``}
		WHERE customer_id IS NOT NULL AND happened_at < ${asOf}`
};
