import { ENGAGEMENTS, type ChannelsCondition } from '../../schema.ts';
import type { Clause } from './clause.ts';

const WORDS = { omni: 'several channels', single: 'one channel', none: 'no known channel' } as const;

/** `who are active in several channels` */
export const channels: Clause<ChannelsCondition> = {
	write: ({ engagement }) => `who are active in ${WORDS[engagement]}`,
	read: (reader) => {
		reader.expect('who are active in');
		const engagement = ENGAGEMENTS.find((each) => reader.takes(WORDS[each]));
		return { kind: 'channels', engagement: engagement ?? reader.fail() };
	}
};
