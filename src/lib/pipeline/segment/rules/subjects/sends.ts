import { as, id, sql, type Sql } from '#lib/engine/sql.ts';
import { askedColumns, FILE_RECORD, type TableField } from '../table-subject.ts';
import type { Subject } from './subject.ts';

const FIELDS: readonly TableField[] = [
	{
		id: 'campaign',
		label: 'campaign',
		type: 'text',
		unit: 'text',
		needs: ['send_campaign'],
		column: sql`s.campaign`
	},
	{
		id: 'channel',
		label: 'channel',
		type: 'text',
		unit: 'text',
		needs: ['send_channel_name'],
		column: sql`s.channel`
	},
	{ id: 'action', label: 'action', type: 'text', unit: 'text', needs: [], column: sql`s.action` },
	{
		id: 'variant',
		label: 'variant',
		type: 'text',
		unit: 'text',
		needs: ['send_variant'],
		column: sql`s.variant`
	}
];

/** True for the records that are messages. */
const IS_MESSAGE = 'is_message';

/**
 * Messages, as in `clean.sends`, where what came back of one is a record of its own, told apart by its action. Unless the action
 * is asked for, only messages are looked at. Of a campaign that a person was sent, those are the records with the action
 * `sent`; where there is none, those with `delivered`; and where only what came back is listed, the first record of that, once.
 */
export const sends: Subject = {
	id: 'sends',
	one: 'message',
	many: 'messages',
	verb: 'were sent',
	notVerb: 'were not sent',
	needs: ['sends'],
	fields: FIELDS,
	usual: {
		unless: 'action',
		only: { field: IS_MESSAGE, test: { type: 'flag', test: { op: 'yes' } } },
		verb: 'had',
		notVerb: 'did not have'
	},
	sql: (asked, asOf) => {
		const isTold = asked.includes(IS_MESSAGE);
		const columns = askedColumns(FIELDS, asked);
		return sql`
			SELECT s.customer_id, ${as(sql`s.sent_at`, 'at')}, ${FILE_RECORD} AS record${columns}${isTold ? sql`, ${IS_MESSAGE_COLUMN}` : sql``}
			FROM clean.sends s${isTold ? sql` ${unsentJoin(asOf)}` : sql``}
			WHERE ${isKnown(asOf)}`;
	}
};

const IS_MESSAGE_COLUMN = sql`
	coalesce(s.action = 'sent' OR CASE WHEN u.is_delivered THEN s.action = 'delivered' ELSE u.record = ${FILE_RECORD} END, false)
		AS ${id(IS_MESSAGE)}`;

/** Joins `u`: campaigns of people of which no record says that they were sent. */
function unsentJoin(asOf: Sql): Sql {
	return sql`LEFT JOIN (
				SELECT s.customer_id, s.campaign, coalesce(bool_or(s.action = 'delivered'), false) AS is_delivered,
					arg_min(${FILE_RECORD}, (s.sent_at, ${FILE_RECORD})) AS record
				FROM clean.sends s WHERE ${isKnown(asOf)}
				GROUP BY s.customer_id, s.campaign HAVING NOT coalesce(bool_or(s.action = 'sent'), false)
			) u ON u.customer_id = s.customer_id AND u.campaign IS NOT DISTINCT FROM s.campaign`;
}

/** Records of known people before the day. */
function isKnown(asOf: Sql): Sql {
	return sql`s.customer_id IS NOT NULL AND s.sent_at < ${asOf}`;
}
