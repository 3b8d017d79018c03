import type { FeatureCondition } from '../../schema.ts';
import { readFinite, writeNamed } from '../tests.ts';
import type { Clause } from './clause.ts';

/** `whose total spend is more than 500` */
export const feature: Clause<FeatureCondition> = {
	write: ({ feature: asked, test }, { features }) => `whose ${writeNamed(features, asked, test)}`,
	read: (reader, { features }) => {
		reader.expect('whose');
		const asked = features.read(reader);
		return { kind: 'feature', feature: asked, test: readFinite(reader, features.typeOf(asked)) };
	}
};
