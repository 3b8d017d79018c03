import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { REPAIR_OPERATIONS } from '#lib/pipeline/clean/repairs/operations/index.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** A command of the palette. */
interface CleanCommand {
	readonly id: string;
	readonly label: string;
	readonly icon: 'plus';
	readonly keywords: string;
	readonly run: () => void;
}

/** What the palette offers for the clean-up: a step of any kind, or of one by its name. */
export function cleanCommands(session: Session): CleanCommand[] {
	const add = (operation: string | null) => () => {
		void goto(resolve('/[step]', { step: 'clean' }));
		session.cleanEditor.add({ operation });
	};
	return [
		{ id: 'clean-add', label: 'Add a clean-up step', icon: 'plus', keywords: 'repair mend', run: add(null) },
		...REPAIR_OPERATIONS.map(({ id, label, group }) => ({
			id: `clean-add-${id}`,
			label: `Add a step: ${label}`,
			icon: 'plus' as const,
			keywords: `clean ${group} ${id.replaceAll('_', ' ')}`,
			run: add(id)
		}))
	];
}
