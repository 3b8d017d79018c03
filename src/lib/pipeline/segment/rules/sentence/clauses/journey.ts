import type { JourneyCondition } from '../../schema.ts';
import { readText } from '../tests.ts';
import { quoted } from '../tokens.ts';
import type { Clause } from './clause.ts';

const MOST_CHANNELS = 12;
const MOST_LENGTH = 60;

/** `who ordered by way of “email”, then “web”` */
export const journey: Clause<JourneyCondition> = {
	write: ({ path }) => `who ordered by way of ${path.map(quoted).join(', then ')}`,
	read: (reader) => {
		reader.expect('who ordered by way of', 'who came to an order by way of');
		const path: string[] = [];
		do {
			const from = reader.at;
			path.push(readText(reader));
			if ((path.at(-1)?.length ?? 0) <= MOST_LENGTH && path.length <= MOST_CHANNELS) continue;
			reader.at = from;
			reader.fail(`at most ${MOST_CHANNELS} channels of at most ${MOST_LENGTH} letters`);
		} while (reader.takesOneOf(', then', 'then', '→'));
		return { kind: 'journey', path };
	}
};
