import type { Format } from '#lib/core/format.ts';
import type { JourneyFilter } from '#lib/pipeline/segment/journeys/board.sql.ts';
import type { JourneyParams } from '#lib/pipeline/segment/journeys/schema.ts';
import type { JourneyResult } from '#lib/pipeline/segment/journeys/step.ts';
import { engagementName, UNTOUCHED_TITLE } from './words.ts';

/** What the screen counts, first of all. */
export function journeyTiles(
	result: JourneyResult,
	params: JourneyParams,
	format: Format,
	pick: (filter: JourneyFilter, title: string) => void
) {
	const { orders, led, ledCustomers, pathCount, engagement } = result;
	const share = (count: number) => format.percent(count / Math.max(1, orders));
	const omni = engagement.find((group) => group.engagement === 'omni');
	const everyone = engagement.reduce((sum, { customers }) => sum + customers, 0);
	return [
		{
			label: 'Orders that can be followed back',
			value: format.count(led),
			unit: share(led),
			note: `of ${format.count(ledCustomers)} customers`
		},
		{
			label: 'Orders without a known way',
			value: format.count(orders - led),
			unit: share(orders - led),
			note: 'Counted, and left out of the paths',
			onclick: () => pick({ kind: 'untouched' }, UNTOUCHED_TITLE)
		},
		{ label: 'Different paths', value: format.count(pathCount), note: 'Each run of one channel counts once' },
		{
			label: engagementName('omni', params),
			value: format.count(omni?.customers ?? 0),
			unit: format.percent((omni?.customers ?? 0) / Math.max(1, everyone)),
			note: `customers in ${params.omniChannels} channels or more`,
			onclick: () => pick({ kind: 'engagement', engagement: 'omni' }, engagementName('omni', params))
		}
	];
}
