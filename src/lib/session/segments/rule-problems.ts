import { needWords, type Need } from '#lib/pipeline/features/needs.ts';
import { needsOf, problemsOf } from '#lib/pipeline/segment/rules/compile.ts';
import type { Condition, Rule } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { at, leafPaths, pathKey } from './rule-edits.ts';

/**
 * What is wrong with single conditions of a rule, in words, by the keys of their paths; those that can be asked are absent.
 * @param missing what the files do not tell
 * @param ringOf why a condition would make the segment name itself
 */
export function problemsByPath(
	rule: Rule,
	scope: RuleScope,
	missing: ReadonlySet<Need>,
	ringOf: (condition: Condition) => string | null
): ReadonlyMap<string, string> {
	return new Map(
		leafPaths(rule).flatMap((path): [string, string][] => {
			const condition = at(rule, path);
			if (condition === null) return [];
			const ring = ringOf(condition);
			if (ring !== null) return [[pathKey(path), ring]];
			const words = [
				...problemsOf(condition, scope),
				...needsOf(condition)
					.filter((need) => missing.has(need))
					.map((need) => `It needs ${needWords(need)}.`)
			];
			return words.length > 0 ? [[pathKey(path), words.join(' ')]] : [];
		})
	);
}
