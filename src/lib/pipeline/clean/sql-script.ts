import type { Sql } from '#lib/engine/sql.ts';
import { fixedRoles } from './facts.ts';
import type { Operation } from './operations/operation.ts';
import { roleText, type SourceContext } from './source.ts';

/**
 * The readable SQL of one operation: the expression or condition that runs, one line for each way in which the sources
 * differ. Empty when it applies to no source.
 */
export function operationSql(operation: Operation, contexts: readonly SourceContext[]): string {
	const texts = contexts.flatMap((context) => fragments(operation, context)).map(({ text }) => text);
	return [...new Set(texts)].join('\n');
}

function fragments(operation: Operation, context: SourceContext): Sql[] {
	if (operation.kind === 'rule' || operation.changes === 'rows') {
		return operation.applies(context) ? [operation.condition(context)] : [];
	}
	return fixedRoles(operation, context.facts).map((role) => operation.value(roleText(context.source, role)));
}
