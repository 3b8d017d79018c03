import type { Selection } from '#lib/pipeline/export/audience.ts';
import { countAgreed } from '#lib/pipeline/export/read-audience.ts';
import { segmentOf } from '#lib/pipeline/export/size-guard.ts';
import type { SegmentRef } from '#lib/pipeline/segment/rules/schema.ts';
import { audienceOf } from '../downloads.ts';
import type { Session } from '../session.svelte.ts';
import { BackgroundAnswer, Turns } from './background-answer.svelte.ts';

/** How many people of each audience agreed to e-mail; counted while a screen shows it. */
export class AgreedCounts {
	readonly #session: Session;
	readonly answer: BackgroundAnswer<ReadonlyMap<string, number>>;

	constructor(session: Session) {
		this.#session = session;
		this.answer = new BackgroundAnswer(new Turns(session.onRun), {
			asked: () => {
				const { own, busy } = session;
				return !this.isTold || own === null || busy ? null : { key: 'agreed', basis: own };
			},
			make: (stop) => this.#count(stop)
		});
	}

	/** True where the files tell who agreed to e-mail. */
	get isTold(): boolean {
		return audienceOf(this.#session)?.consents.includes('email_consent') ?? false;
	}

	/** How many of a selection agreed; null where the files do not tell, and while they are being counted. */
	of(selection: Selection): number | null {
		return this.answer.now?.get(this.#keyOf(selection)) ?? null;
	}

	async #count(signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
		const session = this.#session;
		const audience = audienceOf(session);
		if (!audience || !session.own) throw new Error('there are no audiences to count');
		const { reach, assigned } = session.own;
		const selections: Selection[] = [
			{ kind: 'everyone' },
			...reach.map(({ segment }) => selectionOf(segment)),
			...assigned.map(({ segment }, i) => ({
				...{ kind: 'assigned' as const, segment, name: segment },
				...{ place: i + 1, places: assigned.length }
			}))
		];
		const context = { engine: session.runner.engine, signal };
		const counts = await countAgreed(context, audience, selections, 'email_consent');
		return new Map(selections.map((selection, i) => [this.#keyOf(selection), counts[i] ?? 0]));
	}

	#keyOf(selection: Selection): string {
		const audience = audienceOf(this.#session);
		const ref = audience && segmentOf(selection, audience);
		return selection.kind === 'assigned' ? `assigned ${selection.segment}` : (ref ?? selection.kind);
	}
}

/** Everyone in a segment; what it is called does not change who that is. */
function selectionOf(ref: SegmentRef): Selection {
	const last = ref.split(':').at(-1) ?? '';
	if (ref.startsWith('cluster:')) return { kind: 'cluster', cluster: Number(last) };
	if (ref.startsWith('group:')) return { kind: 'group', group: last, name: last };
	if (ref.startsWith('own:')) return { kind: 'own', segment: last, name: last };
	return { kind: 'saved', name: last, title: last };
}
