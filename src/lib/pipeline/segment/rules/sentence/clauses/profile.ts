import type { ProfileCondition } from '../../schema.ts';
import { readFinite, writeNamed } from '../tests.ts';
import type { Clause } from './clause.ts';

/** `whose profile says city is “Graz”` */
export const profile: Clause<ProfileCondition> = {
	write: ({ field, test }, { profile: fields }) => `whose profile says ${writeNamed(fields, field, test)}`,
	read: (reader, { profile: fields }) => {
		reader.expect('whose profile says', 'whose profile has');
		const field = fields.read(reader);
		return { kind: 'profile', field, test: readFinite(reader, fields.typeOf(field)) };
	}
};
