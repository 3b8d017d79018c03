/** Undo and redo over immutable values. A change with the same merge key as the last one replaces it. */
export interface History<Value> {
	readonly past: readonly Value[];
	readonly present: Value;
	readonly future: readonly Value[];
	readonly mergeKey: string | null;
}

const LIMIT = 200;

/** A history that starts here. */
export function begin<Value>(present: Value): History<Value> {
	return { past: [], present, future: [], mergeKey: null };
}

/** The history after a change; the same value changes nothing. */
export function push<Value>(
	history: History<Value>,
	value: Value,
	mergeKey: string | null = null
): History<Value> {
	if (value === history.present) return history;
	const merges = mergeKey !== null && mergeKey === history.mergeKey;
	const past = merges ? history.past : [...history.past, history.present].slice(-LIMIT);
	return { past, present: value, future: [], mergeKey };
}

/** The history with another present, as part of the same step: what follows from a change belongs to it. */
export function amend<Value>(history: History<Value>, present: Value): History<Value> {
	return { ...history, present };
}

/** One step back, or the same history when there is none. */
export function undo<Value>({ past, present, future, ...rest }: History<Value>): History<Value> {
	const previous = past.at(-1);
	if (previous === undefined) return { past, present, future, ...rest };
	return { past: past.slice(0, -1), present: previous, future: [present, ...future], mergeKey: null };
}

/** One step forward again, or the same history when there is none. */
export function redo<Value>({ past, present, future, ...rest }: History<Value>): History<Value> {
	const [next, ...later] = future;
	if (next === undefined) return { past, present, future, ...rest };
	return { past: [...past, present], present: next, future: later, mergeKey: null };
}
