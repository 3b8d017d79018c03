import { AppError } from '#lib/core/errors.ts';
import { sqlTokens, type SqlToken } from '#lib/engine/sql-tokens.ts';
import { membersSql } from './compile.ts';
import { laidOut } from './laid-out.ts';
import type { Rule } from './schema.ts';
import type { RuleScope } from './scope.ts';
import { normalise, parseSentence, sentenceOf, vocabularyOf } from './sentence/index.ts';

/**
 * The SQL of a rule as a reader sees it: the sentence as a comment, then the SELECT of its customers (`idx`, `customer_id`) on
 * the day of the scope. It runs wherever the user's own SQL runs, and `ruleOfSql` finds the rule in it again.
 */
export function ruleSqlText(rule: Rule, scope: RuleScope): string {
	// The sentence is one line, whatever the names in it hold.
	return `-- ${sentenceOf(rule, vocabularyOf(scope))}\n${laidOut(membersSql(normalise(rule), scope).text)}`;
}

/**
 * The rule of a SQL text that is, blanks between its words aside, just what `ruleSqlText` writes for the sentence of its first
 * line. Null for all other SQL: that stays as the user wrote it.
 */
export function ruleOfSql(text: string, scope: RuleScope): Rule | null {
	const [, sentence, body] = /^\s*--[ \t]?([^\n\r]*)\r?\n([^]*)$/.exec(text) ?? [];
	if (sentence === undefined || body === undefined) return null;
	const rule = ruleOf(sentence, scope);
	if (rule === null) return null;
	const meant = sqlTokens(membersSql(rule, scope).text).tokens;
	return isSame(piecesOf(body), meant) ? rule : null;
}

function ruleOf(sentence: string, scope: RuleScope): Rule | null {
	try {
		return parseSentence(sentence, vocabularyOf(scope));
	} catch (error) {
		if (error instanceof AppError && error.code === 'rule.sentence') return null;
		throw error;
	}
}

/** The tokens of a text, a semicolon at its end left out; null where a comment or something open stands in it. */
function piecesOf(text: string): readonly SqlToken[] | null {
	const { tokens, open } = sqlTokens(text);
	const hasComment = [...tokens, { from: text.length, to: text.length }].some(
		({ from }, i) => text.slice(tokens[i - 1]?.to ?? 0, from).trim() !== ''
	);
	if (open !== null || hasComment) return null;
	const last = tokens.at(-1);
	return last?.kind === 'mark' && last.text === ';' ? tokens.slice(0, -1) : tokens;
}

function isSame(pieces: readonly SqlToken[] | null, meant: readonly SqlToken[]): boolean {
	return (
		pieces?.length === meant.length &&
		pieces.every(({ kind, text }, i) => kind === meant[i]?.kind && text === meant[i].text)
	);
}
