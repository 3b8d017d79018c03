import { id, join, sql, type Sql } from '#lib/engine/sql.ts';
import type { Role, SourceParams } from '#lib/pipeline/import/schema.ts';
import { hasRole } from '../source.ts';
import type { OperationWords, RowOperation, WordRule } from './operation.ts';

/** What a word rule is made of. */
export interface WordRuleParts extends OperationWords {
	readonly roles: readonly Role[];
	readonly says: WordRule['says'];
	/** Roles that do not speak in some sources; by default all do. */
	readonly reads?: (role: Role, source: SourceParams) => boolean;
}

/** A rule that looks for words in the columns of some roles. */
export function wordRule({ roles, says, reads = () => true, ...words }: WordRuleParts): WordRule {
	const rolesIn: WordRule['rolesIn'] = (source) =>
		roles.filter((role) => hasRole(source, role) && reads(role, source));
	return {
		...words,
		kind: 'rule',
		rolesIn,
		says,
		applies: ({ source }) => rolesIn(source).length > 0,
		condition: ({ source }) =>
			join(
				rolesIn(source).map((role) => sql`(${says(plainText(id(`${role}_text`)), role, source)})`),
				' OR '
			)
	};
}

/** True for a rule over words. */
export function isWordRule(operation: RowOperation): operation is WordRule {
	return 'says' in operation;
}

/** A text as word rules read it: in lower case, without blanks around it. */
export function plainText(text: Sql): Sql {
	return sql`lower(trim(${text}))`;
}

/** Condition: the text holds one of the alternatives of a pattern as a whole word; words end at anything but a letter. */
export function hasWord(text: Sql, alternatives: string): Sql {
	return sql`regexp_matches(${text}, ${String.raw`(?:^|[^\p{L}])(?:${alternatives})(?:$|[^\p{L}])`})`;
}

/** Condition: one entry of a list of tags (`vip, "test"`) is, as a whole, one of the alternatives of a pattern. */
export function hasTag(text: Sql, alternatives: string): Sql {
	return sql`regexp_matches(${text}, ${String.raw`(?:^|[,;|"'\[])\s*(?:${alternatives})\s*(?:$|[,;|"'\]])`})`;
}
