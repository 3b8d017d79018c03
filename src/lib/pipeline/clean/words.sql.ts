import { as, id, join, sql, type Sql } from '#lib/engine/sql.ts';
import { ROLES, type Role, type SourceParams } from '#lib/pipeline/import/schema.ts';
import { wordRules } from './operations/index.ts';
import type { WordRule } from './operations/operation.ts';
import { plainText } from './operations/word-rule.ts';
import { markOf } from './marks.ts';
import { andIn, type Part } from './parts.sql.ts';
import { sourceTable } from './repairs/tables.ts';
import { hasColumn, roleText, type SourceContext } from './source.ts';
import { textColumn } from './texts.sql.ts';

/*
 * Rules that look at words, such as "is this product postage?", would test the same few texts a million times. So the
 * different texts of a column are judged first, and rows are joined with those that a rule speaks of. Where texts seldom
 * repeat (`variedRoles`), each row is judged on its own: a group for every row would not fit the memory of a browser.
 */

/** Roles of a source that a word rule reads, in the order of ROLES. */
export function wordRoles(source: SourceParams): Role[] {
	const roles = new Set(wordRules.flatMap((rule) => rule.rolesIn(source)));
	return ROLES.filter((role) => roles.has(role));
}

/**
 * A stage after `texts`, with two more columns for each word role: `<role>_marks` INTEGER, the bits of the word rules
 * that speak of the text (NULL for none), and `<role>_word`, the text where there are any. The texts of roles that
 * nothing else reads are left behind. The texts are those of a part that cuts no order whose fields are filled down.
 */
export function wordedSql({ source, facts }: SourceContext, kept: readonly Role[], part: Part): Sql {
	const roles = wordRoles(source);
	if (roles.length === 0) return sql`SELECT * FROM texts`;
	const isJoined = (role: Role) => hasColumn(source, role) && !facts.variedRoles.includes(role);
	const columns = roles.flatMap((role) => {
		const [marks, word] = isJoined(role)
			? [id(`${role}_words`, 'marks'), id(`${role}_words`, 'word')]
			: [sql`nullif(${marksOf(role, id(textColumn(role)), source)}, 0)`, id(textColumn(role))];
		return [as(marks, `${role}_marks`), as(word, `${role}_word`)];
	});
	const joins = roles.filter(isJoined).map((role) => {
		const words = id(`${role}_words`);
		return sql`LEFT JOIN (${differentTexts(role, source, part)}) ${words} ON ${words}.word = texts.${id(textColumn(role))}`;
	});
	const left = roles.filter((role) => !kept.includes(role)).map((role) => id(textColumn(role)));
	const rest = left.length > 0 ? sql`EXCLUDE (${join(left, ', ')})` : sql``;
	return sql`SELECT texts.* ${rest}, ${join(columns, ', ')} FROM texts ${join(joins, '\n')}`;
}

/** The bits of all word rules that speak of a row. Over the columns of `wordedSql`. */
export function wordMarks(source: SourceParams): Sql[] {
	return wordRoles(source).map((role) => sql`coalesce(${id(`${role}_marks`)}, 0)`);
}

/** The text that a word rule speaks of. Over the columns of `wordedSql`, in rows that it speaks of. */
export function wordDetail(rule: WordRule, source: SourceParams): Sql {
	const branches = rule.rolesIn(source).map((role) => {
		const isSaid = sql`(coalesce(${id(`${role}_marks`)}, 0) & ${markOf(rule)}) <> 0`;
		return sql`WHEN ${isSaid} THEN left(${id(`${role}_word`)}, 200)`;
	});
	return sql`CASE ${join(branches, '\n')} END`;
}

/** One row per different text of a column that any word rule speaks of: `word`, `marks`. */
function differentTexts(role: Role, source: SourceParams, part: Part): Sql {
	const text = roleText(source, role);
	// The smallest text of a group is the text itself; a filter on it is not moved below the grouping.
	return sql`
		SELECT word, marks
		FROM (
			SELECT word, ${marksOf(role, sql`word`, source)} AS marks
			FROM (SELECT min(${text}) AS word FROM ${id(...sourceTable(source.id))} WHERE ${text} <> ''${andIn(part)} GROUP BY ${text})
		)
		WHERE marks <> 0`;
}

function marksOf(role: Role, text: Sql, source: SourceParams): Sql {
	const speaking = wordRules.filter((rule) => rule.rolesIn(source).includes(role));
	const bits = speaking.map(
		(rule) => sql`CASE WHEN ${rule.says(plainText(text), role, source)} THEN ${markOf(rule)} ELSE 0 END`
	);
	return sql`(${join(bits, ' + ')})`;
}
