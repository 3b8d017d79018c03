import { needWords, type Need } from '#lib/pipeline/features/needs.ts';
import { needsOf, problemsOf } from '#lib/pipeline/segment/rules/compile.ts';
import type { Rule } from '#lib/pipeline/segment/rules/schema.ts';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import { at, leafPaths, pathKey } from './rule-edits.ts';

/**
 * What is wrong with single conditions of a rule, in words, by the keys of their paths; those that can be asked are absent.
 * @param missing what the files do not tell
 */
export function problemsByPath(
	rule: Rule,
	scope: RuleScope,
	missing: ReadonlySet<Need>
): ReadonlyMap<string, string> {
	return new Map(
		leafPaths(rule).flatMap((path): [string, string][] => {
			const condition = at(rule, path);
			if (condition === null) return [];
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
