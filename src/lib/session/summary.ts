import type { Session } from './session.svelte.ts';
import type { SessionSummary } from './store.ts';

/** What the list of sessions shows of a session; null before it has customers. */
export function summaryOf(session: Session): SessionSummary | null {
	const { features, clean, clustering } = session;
	if (!features) return null;
	return {
		customers: features.customers,
		revenue: features.revenue,
		lastOrder: clean?.lastOrder ?? null,
		segments: (clustering?.result.profiles ?? []).map(({ cluster, customers }) => ({
			name: session.nameOf(cluster),
			customers
		}))
	};
}
