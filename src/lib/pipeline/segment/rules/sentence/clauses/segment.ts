import { SegmentRef, type SegmentCondition } from '../../schema.ts';
import type { Clause } from './clause.ts';

/** `who are not in Champions` */
export const segment: Clause<SegmentCondition> = {
	write: ({ segment: ref, isIn }, { segments }) => `who are ${isIn ? 'in' : 'not in'} ${segments.write(ref)}`,
	read: (reader, { segments }) => {
		reader.expect('who');
		const isIn = reader.takesOneOf('are in', 'is in', 'belong to');
		if (!isIn) reader.expect('are not in', 'is not in', "aren't in", 'do not belong to');
		const from = reader.at;
		const ref = segments.read(reader);
		if (SegmentRef.safeParse(ref).success) return { kind: 'segment', segment: ref, isIn };
		reader.at = from;
		return reader.fail('the id of a segment such as [own:g1]');
	}
};
