import type {
	ActivityCondition,
	Condition,
	FieldTest,
	NumberTest,
	ProfileCondition,
	SegmentRef,
	SubjectId,
	Test,
	TextTest,
	TimeTest,
	Window
} from '#lib/pipeline/segment/rules/schema.ts';

/*
 * Rules by the words of `rules/schema.ts`, one person and one record at a time, without SQL. It shares no code with what
 * it checks.
 */

export type Value = string | number | boolean | null;

/** Something that a person did. */
export interface OracleRecord {
	readonly customer: string;
	/** `2024-01-31 23:59:59`; null: no time is known. */
	readonly at: string | null;
	/** Records of one time are in the order of these. */
	readonly order: readonly (string | number)[];
	readonly fields: Readonly<Record<string, Value>>;
}

/** An entry of a customers file. */
export interface OracleEntry {
	readonly customer: string;
	readonly createdAt: string | null;
	/** When the entry was written, as far as that is known. */
	readonly saidAt: string | null;
	readonly fields: Readonly<Record<string, Value>>;
}

/** All that rules can be asked of. */
export interface OracleWorld {
	readonly asOf: string;
	/** In the order of `idx`. */
	readonly people: readonly {
		readonly customer: string;
		readonly features: Readonly<Record<string, Value>>;
	}[];
	readonly records: Readonly<Record<SubjectId, readonly OracleRecord[]>>;
	readonly entries: readonly OracleEntry[];
	readonly segments: ReadonlyMap<SegmentRef, ReadonlySet<number>>;
}

/** The `idx` of everyone of whom a rule holds, ascending. */
export function membersByHand(rule: Condition, world: OracleWorld): number[] {
	return world.people.flatMap((_, idx) => (holds(rule, idx, world) ? [idx] : []));
}

function holds(condition: Condition, idx: number, world: OracleWorld): boolean {
	const person = world.people[idx];
	if (!person) throw new RangeError(`nobody has the index ${idx}`);
	switch (condition.kind) {
		case 'group': {
			const all = condition.conditions.map((each) => holds(each, idx, world));
			if (condition.match === 'all') return all.every(Boolean);
			return all.some(Boolean) === (condition.match === 'any');
		}
		case 'feature':
			return passes(person.features[condition.feature] ?? null, condition.test, world.asOf);
		case 'segment':
			return (world.segments.get(condition.segment)?.has(idx) ?? false) === condition.isIn;
		case 'profile':
			return passes(saidOf(person.customer, condition, world), condition.test, world.asOf);
		case 'activity':
			return passesNumber(measured(person.customer, condition, world), condition.test);
		default:
			throw new RangeError(`the oracle does not know conditions of the kind ${condition.kind}`);
	}
}

/** What the newest entry with a value says; of equal ones the greatest value. */
function saidOf(customer: string, { field }: ProfileCondition, { entries, asOf }: OracleWorld): Value {
	const known = entries.filter(
		(entry) =>
			entry.customer === customer &&
			(entry.createdAt === null || entry.createdAt < asOf) &&
			(entry.fields[field] ?? null) !== null
	);
	const ordered = known.sort(
		(a, b) =>
			compare([a.saidAt ?? ''], [b.saidAt ?? '']) || compare([`${a.fields[field]}`], [`${b.fields[field]}`])
	);
	return ordered.at(-1)?.fields[field] ?? null;
}

function measured(customer: string, condition: ActivityCondition, world: OracleWorld): number | null {
	const { subject, among, where, window, measure, per } = condition;
	const { asOf } = world;
	const asksForAction =
		where.some(({ field }) => field === 'action') || (measure.kind !== 'count' && measure.field === 'action');
	const all = world.records[subject].filter((record) => record.customer === customer);
	const mine = subject === 'sends' && !asksForAction ? messagesOf(all, asOf) : all;
	const seen = mine.filter(({ at }) => (at === null ? window === null : at < asOf && isIn(at, window, asOf)));
	const ordered = [...seen].sort((a, b) => compare([a.at ?? '', ...a.order], [b.at ?? '', ...b.order]));
	const looked = { all: ordered, first: ordered.slice(0, 1), last: ordered.slice(-1) }[among];
	const kept = looked.filter((record) => matches(record, where, asOf));
	const whole = measureOf(
		kept.map(({ fields }) => (measure.kind === 'count' ? null : (fields[measure.field] ?? null))),
		measure.kind
	);
	return whole === null || per === null ? whole : whole / periods(customer, window, per, world);
}

/** Of each campaign what was sent before the day, else what was delivered, else the first of what came back. */
function messagesOf(records: readonly OracleRecord[], asOf: string): OracleRecord[] {
	const known = records.filter(({ at }) => at !== null && at < asOf);
	const campaigns = [...new Set(known.map(({ fields }) => fields['campaign'] ?? null))];
	return campaigns.flatMap((campaign) => {
		const own = known.filter(({ fields }) => (fields['campaign'] ?? null) === campaign);
		const [sent, delivered] = ['sent', 'delivered'].map((action) =>
			own.filter(({ fields }) => fields['action'] === action)
		);
		if (sent?.length) return sent;
		if (delivered?.length) return delivered;
		return own.sort((a, b) => compare([a.at ?? '', ...a.order], [b.at ?? '', ...b.order])).slice(0, 1);
	});
}

function matches({ fields }: OracleRecord, where: readonly FieldTest[], asOf: string): boolean {
	return where.every(({ field, test }) => passes(fields[field] ?? null, test, asOf));
}

/** Money and quantities have four decimals at most. */
function measureOf(values: readonly Value[], kind: ActivityCondition['measure']['kind']): number | null {
	if (kind === 'count') return values.length;
	const known = values.filter((value) => value !== null);
	if (kind === 'distinct') return new Set(known.map((value) => plain(value))).size;
	const parts = known.map((value) => Math.round(Number(value) * 10_000));
	const sum = parts.reduce((total, each) => total + each, 0) / 10_000;
	if (kind === 'sum') return sum;
	if (parts.length === 0) return null;
	if (kind === 'mean') return sum / parts.length;
	return (kind === 'min' ? Math.min(...parts) : Math.max(...parts)) / 10_000;
}

function periods(
	customer: string,
	window: Window | null,
	per: 'week' | 'month',
	{ records, asOf }: OracleWorld
): number {
	if (per === 'month' && window?.kind === 'last') {
		if (window.length.unit === 'month') return window.length.count;
		if (window.length.unit === 'year') return window.length.count * 12;
	}
	const orders = records.orders.filter((order) => order.customer === customer && (order.at ?? '') < asOf);
	const [first = asOf] = orders.map(({ at }) => at ?? '').sort();
	const { from, to } = edges(window, asOf);
	const days = (Math.min(to, msOf(asOf)) - (from ?? msOf(first.slice(0, 10)))) / 86_400_000;
	return Math.max(1, (days * 1440) / (per === 'week' ? 7 * 1440 : 43_830));
}

/** The first moment of a window, and the first after it. */
function edges(window: Window | null, asOf: string): { from: number | null; to: number } {
	const now = msOf(asOf);
	const dayAfter = (day: string) => msOf(day) + 86_400_000;
	switch (window?.kind) {
		case undefined:
			return { from: null, to: now };
		case 'last':
			return { from: before(asOf, window.length), to: now };
		case 'before_last':
			return { from: null, to: before(asOf, window.length) };
		case 'since':
			return { from: msOf(window.day), to: now };
		case 'until':
			return { from: null, to: dayAfter(window.day) };
		case 'between':
			return { from: msOf(window.from), to: dayAfter(window.to) };
	}
}

function isIn(at: string, window: Window | null, asOf: string): boolean {
	const { from, to } = edges(window, asOf);
	return msOf(at) < Math.min(to, msOf(asOf)) && (from === null || msOf(at) >= from);
}

/** So long before a day; the last day of a month that is shorter. */
function before(day: string, { count, unit }: Extract<Window, { kind: 'last' }>['length']): number {
	const minutes = { minute: 1, hour: 60, day: 1440, week: 10_080 };
	if (unit !== 'month' && unit !== 'year') return msOf(day) - count * minutes[unit] * 60_000;
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const months = year * 12 + month - 1 - count * (unit === 'year' ? 12 : 1);
	const daysInMonth = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
	return Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, daysInMonth));
}

function passes(value: Value, test: Test, asOf: string): boolean {
	switch (test.type) {
		case 'number':
			return passesNumber(value === null ? null : Number(value), test.test);
		case 'text':
			return passesText(value === null ? null : String(value), test.test);
		case 'flag':
			return (value === true) === (test.test.op === 'yes');
		case 'time':
			return passesTime(value === null ? null : String(value), test.test, asOf);
	}
}

function passesTime(at: string | null, test: TimeTest, asOf: string): boolean {
	switch (test.op) {
		case 'known':
			return at !== null;
		case 'unknown':
			return at === null;
		default:
			return (at !== null && isIn(at, test.window, asOf)) === (test.op === 'in');
	}
}

function passesNumber(value: number | null, test: NumberTest): boolean {
	if (value === null) return test.op === 'unknown' || test.op === 'ne';
	switch (test.op) {
		case 'known':
			return true;
		case 'unknown':
			return false;
		case 'between':
			return test.from <= value && value <= test.to;
		case 'eq':
			return value === test.value;
		case 'ne':
			return value !== test.value;
		case 'lt':
			return value < test.value;
		case 'le':
			return value <= test.value;
		case 'gt':
			return value > test.value;
		case 'ge':
			return value >= test.value;
	}
}

function passesText(value: string | null, test: TextTest): boolean {
	if (value === null) return ['unknown', 'is_not', 'not_contains'].includes(test.op);
	const text = plain(value);
	switch (test.op) {
		case 'known':
			return true;
		case 'unknown':
			return false;
		case 'is':
			return test.values.map(plain).includes(text);
		case 'is_not':
			return !test.values.map(plain).includes(text);
		case 'contains':
			return text.includes(plain(test.value));
		case 'not_contains':
			return !text.includes(plain(test.value));
		case 'starts_with':
			return text.startsWith(plain(test.value));
		case 'ends_with':
			return text.endsWith(plain(test.value));
	}
}

function plain(value: Value): string {
	return String(value)
		.replace(/^\p{Zs}+|\p{Zs}+$/gu, '')
		.toLowerCase();
}

function msOf(text: string): number {
	return Date.parse(`${text.replace(' ', 'T')}${text.length === 10 ? 'T00:00:00' : ''}Z`);
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
	for (const [i, left] of a.entries()) {
		const right = b[i] as string | number;
		if (left !== right) return left < right ? -1 : 1;
	}
	return 0;
}
