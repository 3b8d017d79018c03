import type { Sql } from '#lib/engine/sql.ts';
import { fixedRoles } from './facts.ts';
import { idFixes } from './operations/index.ts';
import { isOn, type IdRole } from './operations/operation.ts';
import type { SourceContext } from './source.ts';

/** A text of an id column after its fixes. */
export function idValue({ facts, switches }: SourceContext, role: IdRole, text: Sql): Sql {
	return idFixes
		.filter((fix) => isOn(fix, switches) && fixedRoles(fix, facts).includes(role))
		.reduce((value, fix) => fix.value(value), text);
}
