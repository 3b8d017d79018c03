import { tableSubject } from '../table-subject.ts';

/** Messages and what came back, as in `clean.sends`: each is a record of its own, told apart by its action. */
export const sends = tableSubject({
	id: 'sends',
	one: 'message',
	many: 'messages',
	verb: 'were sent',
	notVerb: 'were not sent',
	needs: ['sends'],
	table: 'sends',
	time: 'sent_at',
	fields: [
		{ id: 'campaign', label: 'campaign', type: 'text', unit: 'text', needs: ['send_campaign'] },
		{ id: 'channel', label: 'channel', type: 'text', unit: 'text', needs: ['send_channel_name'] },
		{ id: 'action', label: 'action', type: 'text', unit: 'text', needs: [] },
		{ id: 'variant', label: 'variant', type: 'text', unit: 'text', needs: ['send_variant'] }
	]
});
