import type { JourneyFilter } from '#lib/pipeline/segment/journeys/board.sql.ts';
import {
	journeyBoard,
	journeyPeople,
	type JourneyRequest,
	type JourneyResult
} from '#lib/pipeline/segment/journeys/step.ts';
import type { Condition } from '#lib/pipeline/segment/rules/schema.ts';
import { addSegment, nextSegmentId } from '#lib/recipe/own-edits.ts';
import type { Session } from '../session.svelte.ts';
import { BackgroundAnswer, Turns, type Asked } from './background-answer.svelte.ts';

type Followed = Pick<
	Session,
	'recipe' | 'history' | 'features' | 'busy' | 'own' | 'runner' | 'onRun' | 'edit' | 'select'
>;

/** What led to orders, and who is active in how many channels; looked at while its screen is open. */
export class JourneyBoard {
	readonly #session: Followed;
	readonly #turns: Turns;
	readonly answer: BackgroundAnswer<JourneyResult>;
	/** True after the user stopped the work. */
	isStopped = $state(false);

	constructor(session: Followed) {
		this.#session = session;
		this.#turns = new Turns(session.onRun);
		this.answer = new BackgroundAnswer(this.#turns, {
			asked: () => this.#asked(),
			make: (stop) => journeyBoard(session.runner.engine, this.#request(), stop)
		});
	}

	/** Picks the people of a part of the answer; picking the same again lets them go. */
	pick(filter: JourneyFilter, title: string): Promise<void> {
		return this.#turns.take(new AbortController().signal, async (stop) => {
			if (this.answer.now === null) return;
			const ids = await journeyPeople(this.#session.runner.engine, this.#request(), filter, stop);
			this.#session.select({ kind: 'listed', title, ids });
		});
	}

	/** Adds a living rule of one condition to the own segments; the answer is the name that it got. */
	keep(name: string, condition: Condition): string {
		const { recipe, history } = this.#session;
		const id = nextSegmentId(recipe, [...history.past, ...history.future]);
		const rule = { kind: 'group', match: 'all', conditions: [condition] } as const;
		this.#session.edit(addSegment(id, { kind: 'rule', name, rule }));
		return this.#session.recipe.segment.own.segments.at(-1)?.name ?? name;
	}

	/** Nothing while a run changes what the answer is made of. */
	#asked(): Asked | null {
		const { features, busy, own, recipe } = this.#session;
		if (features === null || own === null || busy) return null;
		return { key: JSON.stringify(recipe.segment.journeys), basis: features };
	}

	#request(): JourneyRequest {
		const { features, recipe } = this.#session;
		if (features === null) throw new Error('there are no orders to follow back');
		return { asOf: features.asOf, params: recipe.segment.journeys, featureParams: recipe.features };
	}
}
