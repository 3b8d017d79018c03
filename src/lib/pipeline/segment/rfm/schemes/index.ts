import { AppError } from '#lib/core/errors.ts';
import { averagedFm } from './averaged-fm.ts';
import { fixed } from './fixed.ts';
import { natural } from './natural.ts';
import { ntile } from './ntile.ts';
import { quintiles } from './quintiles.ts';
import type { Scheme } from './scheme.ts';
import { threeLevel } from './three-level.ts';

/** Every scheme, in the order in which they are offered; the first is the default. */
export const SCHEMES: readonly [Scheme, ...Scheme[]] = [
	quintiles,
	ntile,
	threeLevel,
	averagedFm,
	fixed,
	natural
];

/**
 * The scheme of an id.
 * @throws `recipe.invalid` when there is none
 */
export function schemeOf(id: string): Scheme {
	const scheme = SCHEMES.find((each) => each.id === id);
	if (!scheme) {
		const known = SCHEMES.map((each) => each.id).join(', ');
		throw new AppError('recipe.invalid', { issues: [`segment.rfm.scheme: “${id}” is none of ${known}`] });
	}
	return scheme;
}
