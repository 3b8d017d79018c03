import { untrack } from 'svelte';
import type { Session } from '#lib/session/session.svelte.ts';

/** Makes the passports of a session while a component is there, and whatever of them is lacking again. */
export function keepTesting(session: () => Session, onFailure: (error: unknown) => void): void {
	const isLacking = $derived(session().validation.passports.wanted !== null);
	$effect(() => {
		if (!isLacking) return;
		const controller = new AbortController();
		const { passports } = session().validation;
		untrack(() => passports.look(controller.signal)).catch(onFailure);
		return () => controller.abort();
	});
}
