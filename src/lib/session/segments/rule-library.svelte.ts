import { isAbort } from '#lib/core/errors.ts';
import { missingNeeds, type Need } from '#lib/pipeline/features/needs.ts';
import { usualPath } from '#lib/pipeline/segment/journeys/usual-path.ts';
import { usedBy } from '#lib/pipeline/segment/own/order.ts';
import { ownRef } from '#lib/pipeline/segment/own/scope.ts';
import type { OwnSegment } from '#lib/pipeline/segment/own/schema.ts';
import { needsOf } from '#lib/pipeline/segment/rules/compile.ts';
import { activitySpread, type ActivitySpread } from '#lib/pipeline/segment/rules/activity-spread.ts';
import { fieldValues, type FieldValue } from '#lib/pipeline/segment/rules/field-values.ts';
import { PROFILE_FIELDS } from '#lib/pipeline/segment/rules/profile-fields.ts';
import type { ActivityCondition, SegmentRef, SubjectId } from '#lib/pipeline/segment/rules/schema.ts';
import { SUBJECTS_OF_RULES } from '#lib/pipeline/segment/rules/subjects/index.ts';
import type { Subject, SubjectField } from '#lib/pipeline/segment/rules/subjects/subject.ts';
import type { Session } from '../session.svelte.ts';
import { scopeOf, type Asked } from './ask.ts';
import { otherChoices } from './other-choices.ts';
import { ruleChoices, toldSubjects, type ChoiceGroup } from './rule-choices.ts';

/** What the library needs of a session. */
export type Described = Asked & Pick<Session, 'featureLibrary' | 'events' | 'onRun' | 'busy'>;

const MOST_SPREADS = 50;

/** What conditions can be about, and which values their fields have. Forgotten when customers are described again. */
export class RuleLibrary {
	readonly #session: Described;
	/** What the files do not tell of what conditions ask for; null until `look` has found it. */
	#missing = $state.raw<{ readonly of: unknown; readonly needs: ReadonlySet<Need> } | null>(null);
	#values = $state.raw<ReadonlyMap<string, readonly FieldValue[]>>(new Map());
	#valuesOf: unknown = null;
	#spreads = $state.raw<ReadonlyMap<string, ActivitySpread | null>>(new Map());
	#spreadsOf: unknown = null;
	readonly #wanted = new Set<string>();
	#stop = new AbortController();

	constructor(session: Described) {
		this.#session = session;
		session.onRun.add(() => {
			this.#stop.abort();
			this.#stop = new AbortController();
			this.#wanted.clear();
		});
	}

	/** What the files do not tell. Empty until it is known. */
	readonly missing: ReadonlySet<Need> = $derived.by(() => {
		const known = this.#missing;
		return known !== null && known.of === this.#session.features ? known.needs : new Set<Need>();
	});

	/** True until it is known what the files tell. */
	readonly isLooking: boolean = $derived.by(
		() => this.#session.features !== null && this.#missing?.of !== this.#session.features
	);

	/** What people did, as far as the files tell. */
	readonly subjects: readonly Subject[] = $derived.by(() => toldSubjects(SUBJECTS_OF_RULES, this.missing));

	/** Everything that a condition of a segment can be about. `of`: the own segment that is changed. */
	choices(of: string | null): ChoiceGroup[] {
		const scope = scopeOf(this.#session);
		if (scope === null) return [];
		return ruleChoices({
			features: this.#session.featureLibrary.all,
			middleOf: (feature) => middleOf(this.#session.customers?.features.get(feature)),
			subjects: SUBJECTS_OF_RULES,
			profile: PROFILE_FIELDS,
			missing: this.missing,
			segments: [...scope.segments.values()],
			rings: ringsOf(of, this.#session.recipe.segment.own.segments),
			others: otherChoices(this.#session.recipe.segment, this.missing)
		});
	}

	/** The fields of a subject, or of a person, that the files tell. */
	fieldsOf(subject: SubjectId | 'profile'): readonly SubjectField[] {
		const fields =
			subject === 'profile'
				? PROFILE_FIELDS
				: (SUBJECTS_OF_RULES.find(({ id }) => id === subject)?.fields ?? []);
		return fields.filter(({ needs }) => needs.every((need) => !this.missing.has(need)));
	}

	/** The most frequent texts of a field; undefined until they are loaded, which asking for them starts. */
	valuesOf(subject: SubjectId | 'profile', field: string): readonly FieldValue[] | undefined {
		const key = `${subject} ${field}`;
		const { features } = this.#session;
		// Read whatever else holds, so that who asks hears of them.
		const found = this.#values.get(key);
		if (this.#valuesOf === features && found !== undefined) return found;
		if (features !== null && !this.#session.busy && !this.#wanted.has(key)) {
			this.#wanted.add(key);
			queueMicrotask(() => void this.#loadValues(subject, field, key));
		}
		return undefined;
	}

	/** The path that led to most orders, for a condition that has none yet; empty where nobody knows or it was stopped. */
	async usualPath(signal: AbortSignal): Promise<readonly string[]> {
		const { events, runner } = this.#session;
		const scope = scopeOf(this.#session);
		if (scope === null) return [];
		const stop = AbortSignal.any([signal, this.#stop.signal]);
		try {
			const path = await usualPath(runner.engine, scope, stop);
			return stop.aborted ? [] : path;
		} catch (error) {
			if (!stop.aborted && !isAbort(error)) events.onFailure(error);
			return [];
		}
	}

	/** Finds out what the files tell. Rejects only with failures. */
	async look(signal: AbortSignal): Promise<void> {
		const { features, runner } = this.#session;
		const scope = scopeOf(this.#session);
		if (features === null || scope === null || !this.isLooking) return;
		const context = { asOf: scope.asOf, params: scope.featureParams };
		const stop = AbortSignal.any([signal, this.#stop.signal]);
		try {
			const needs = await missingNeeds(runner.engine, allNeeds(this.#session.recipe.segment), context, stop);
			if (this.#session.features === features) this.#missing = { of: features, needs };
		} catch (error) {
			if (!stop.aborted && !isAbort(error)) throw error;
		}
	}

	/** How the measure of a condition spreads over customers, null where it cannot be told; undefined until `lookAt` has found it. */
	spreadOf(condition: ActivityCondition): ActivitySpread | null | undefined {
		const spread = this.#spreads.get(measureKey(condition));
		return this.#spreadsOf === this.#session.features ? spread : undefined;
	}

	/** Finds out how the measure of a condition spreads. Rejects only with failures. */
	async lookAt(condition: ActivityCondition, signal: AbortSignal): Promise<void> {
		const { features, runner } = this.#session;
		const scope = scopeOf(this.#session);
		if (features === null || scope === null || this.spreadOf(condition) !== undefined) return;
		const stop = AbortSignal.any([signal, this.#stop.signal]);
		try {
			const found = await activitySpread(runner.engine, condition, scope, stop);
			if (this.#session.features !== features) return;
			const known = this.#spreadsOf === features ? [...this.#spreads] : [];
			this.#spreadsOf = features;
			this.#spreads = new Map([...known.slice(-MOST_SPREADS), [measureKey(condition), found]]);
		} catch (error) {
			if (!stop.aborted && !isAbort(error)) throw error;
		}
	}

	async #loadValues(subject: SubjectId | 'profile', field: string, key: string): Promise<void> {
		const { features, runner, events } = this.#session;
		const scope = scopeOf(this.#session);
		if (scope === null) return;
		const { signal } = this.#stop;
		try {
			const found = await fieldValues(runner.engine, subject, field, scope.asOf, signal);
			if (this.#session.features !== features) return;
			const known = this.#valuesOf === features ? this.#values : new Map<string, readonly FieldValue[]>();
			this.#valuesOf = features;
			this.#values = new Map([...known, [key, found]]);
		} catch (error) {
			if (!signal.aborted && !isAbort(error)) events.onFailure(error);
		} finally {
			this.#wanted.delete(key);
		}
	}
}

/** What a condition measures, whatever it is tested for. */
function measureKey({ test: _test, ...measured }: ActivityCondition): string {
	return JSON.stringify(measured);
}

/** The own segments that would name themselves if this one named them: itself, and those that name it by any way. */
export function ringsOf(of: string | null, segments: readonly OwnSegment[]): ReadonlySet<SegmentRef> {
	const found = new Set<string>(of === null ? [] : [of]);
	for (let before = -1; before !== found.size;) {
		before = found.size;
		for (const segment of segments) {
			if (usedBy(segment).some((used) => found.has(used))) found.add(segment.id);
		}
	}
	return new Set([...found].map(ownRef));
}

/** Everything that any condition may need of the files. */
function allNeeds(segment: Parameters<typeof otherChoices>[0]): Need[] {
	const fields = [...SUBJECTS_OF_RULES.flatMap((subject) => subject.fields), ...PROFILE_FIELDS];
	const others = otherChoices(segment, new Set()).flatMap(({ choices }) => choices.map(({ make }) => make()));
	return [
		...new Set([
			...SUBJECTS_OF_RULES.flatMap(({ needs }) => needs),
			...fields.flatMap(({ needs }) => needs),
			...others.flatMap((each) => needsOf(each))
		])
	];
}

function middleOf(values: Float64Array | undefined): number | null {
	if (values === undefined) return null;
	const known = values.filter((value) => Number.isFinite(value)).sort();
	return known[Math.floor(known.length / 2)] ?? null;
}
