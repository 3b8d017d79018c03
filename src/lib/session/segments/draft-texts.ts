import {
	EVERYONE,
	type Condition,
	type FieldTest,
	type JourneyCondition,
	type Rule,
	type RuleGroup,
	type Test,
	type TextTest
} from '#lib/pipeline/segment/rules/schema.ts';
import { at, leafPaths, pathKey } from './rule-edits.ts';

/** A condition that is no bracket. */
type Leaf = Exclude<Condition, RuleGroup>;

/** What a draft keeps beside a test of a text. It is no part of what is asked, and never leaves the draft. */
interface Beside {
	/** Typed, and not taken as a value. */
	readonly typed?: string;
	/** Values that the operator of now has no place for, for when another one has. */
	readonly kept?: readonly string[];
}

/** What a draft keeps beside a path of channels: what is typed for each. */
interface BesidePath {
	readonly typed?: readonly string[];
}

/** A condition that waits for its text. */
export interface Unfinished {
	/** What is missing. */
	readonly words: string;
	/** The whole condition is not asked: it has no value at all. */
	readonly isLeftOut: boolean;
}

/** The texts of a test, without empty ones. */
export function textsOf(test: TextTest): readonly string[] {
	const texts = 'values' in test ? test.values : 'value' in test ? [test.value] : [];
	return texts.filter((text) => text.trim() !== '');
}

/** What is typed in a test and not taken yet. */
export function typedOf(test: TextTest): string {
	return (test as TextTest & Beside).typed ?? '';
}

/** A test with these texts, and what is typed beside them. Without a text it is not finished. */
export function withTexts(test: TextTest, texts: readonly string[], typed: string): TextTest {
	if (test.op === 'known' || test.op === 'unknown') return test;
	if (test.op !== 'is' && test.op !== 'is_not') return { op: test.op, value: texts[0] ?? '' };
	return { op: test.op, values: [...texts], ...besideOf({ typed }) };
}

/** A test of a text by another operator. Every text of the old one stays or is kept; without any it is not finished. */
export function withTextOp(test: TextTest, op: TextTest['op']): TextTest {
	const typed = typedOf(test);
	const own = textsOf(test);
	const { kept = [] } = test as TextTest & Beside;
	const texts = own.length === 0 || own[0] === kept[0] ? [...own, ...kept.slice(own.length)] : own;
	if (op === 'known' || op === 'unknown') return { op, ...besideOf({ typed, kept: texts }) };
	if (op === 'is' || op === 'is_not') return { op, values: [...texts], ...besideOf({ typed }) };
	return { op, value: texts[0] ?? typed, ...besideOf({ kept: texts.length > 1 ? texts : [] }) };
}

/** The channels of a path, and what is typed for each. */
export function stepsOfPath(
	condition: JourneyCondition
): { readonly channel: string; readonly typed: string }[] {
	const { typed = [] } = condition as JourneyCondition & BesidePath;
	return condition.path.map((channel, i) => ({ channel, typed: typed[i] ?? '' }));
}

/** A path of these channels. */
export function withPath(steps: ReturnType<typeof stepsOfPath>): JourneyCondition {
	const path = steps.map(({ channel }) => channel);
	const typed = steps.map((step) => step.typed);
	const isTyped = typed.some((text) => text !== '');
	const condition: JourneyCondition & BesidePath = { kind: 'journey', path, ...(isTyped && { typed }) };
	return condition;
}

/** What is asked of a draft: without conditions that have no text yet, and the brackets that held nothing else. */
export function askedRule(rule: Rule): Rule {
	return askedGroup(rule) ?? EVERYONE;
}

/** A condition as it is asked; null while it has no text. */
export function askedCondition<C extends Leaf>(condition: C): C | null {
	return isBlank(condition) ? null : bare(condition);
}

/** A condition as it is shown in words: dots stand for a text that is missing. */
export function shownCondition(condition: Leaf): Leaf {
	if (!isBlank(condition)) return condition;
	if (condition.kind === 'journey')
		return { ...condition, path: condition.path.map((channel) => channel.trim() || '…') };
	return mapTexts(condition, (test) => (isBlankTest(test) ? withTexts(test, ['…'], '') : test));
}

/** The conditions that wait for a text, by the keys of their paths. */
export function unfinishedByPath(rule: Rule): ReadonlyMap<string, Unfinished> {
	return new Map(
		leafPaths(rule).flatMap((path): [string, Unfinished][] => {
			const condition = at(rule, path);
			const found = condition === null || condition.kind === 'group' ? null : unfinishedOf(condition);
			return found ? [[pathKey(path), found]] : [];
		})
	);
}

function unfinishedOf(condition: Leaf): Unfinished | null {
	const isLeftOut = isBlank(condition);
	const typed = typedIn(condition);
	if (typed !== undefined) {
		const rest = isLeftOut ? 'the condition does' : 'it does';
		const words = `Not finished: “${typed}” is typed but not taken. Press Enter or choose from the list; until then ${rest} not count.`;
		return { words, isLeftOut };
	}
	if (!isLeftOut) return null;
	return { words: 'Not finished: it lacks a text, and does not count until it has one.', isLeftOut };
}

function isBlank(condition: Leaf): boolean {
	if (condition.kind === 'journey') return condition.path.some((channel) => channel.trim() === '');
	return textTestsOf(condition).some(isBlankTest);
}

function isBlankTest(test: TextTest): boolean {
	return test.op !== 'known' && test.op !== 'unknown' && textsOf(test).length === 0;
}

function typedIn(condition: Leaf): string | undefined {
	const typed =
		condition.kind === 'journey'
			? stepsOfPath(condition).map((step) => step.typed)
			: textTestsOf(condition).map((test) => ('values' in test ? typedOf(test) : ''));
	return typed.map((text) => text.trim()).find((text) => text !== '');
}

function askedGroup(group: RuleGroup): RuleGroup | null {
	const conditions = group.conditions.flatMap((each) => {
		if (each.kind === 'group') return askedGroup(each) ?? [];
		return askedCondition(each) ?? [];
	});
	if (conditions.length === 0 && group.conditions.length > 0) return null;
	const isSame =
		conditions.length === group.conditions.length &&
		conditions.every((each, i) => each === group.conditions[i]);
	return isSame ? group : { ...group, conditions };
}

/** A condition without what a draft keeps beside it; the same one where there is nothing. */
function bare<C extends Leaf>(condition: C): C {
	if (condition.kind === 'journey') {
		const { typed, ...rest } = condition as JourneyCondition & BesidePath;
		return typed === undefined ? condition : (rest as C);
	}
	const has = textTestsOf(condition).some((test) => 'typed' in test || 'kept' in test);
	return has ? mapTexts(condition, bareTest) : condition;
}

function bareTest(test: TextTest): TextTest {
	const { typed: _typed, kept: _kept, ...rest } = test as TextTest & Beside;
	return rest;
}

function besideOf({ typed = '', kept = [] }: Beside): Beside {
	return { ...(typed !== '' && { typed }), ...(kept.length > 0 && { kept }) };
}

/** Every test of a text that stands in a condition. */
function textTestsOf(condition: Leaf): TextTest[] {
	const found: TextTest[] = [];
	mapTexts(condition, (test) => {
		found.push(test);
		return test;
	});
	return found;
}

/** A condition with another test in the place of each test of a text. */
function mapTexts<C extends Leaf>(condition: C, map: (test: TextTest) => TextTest): C {
	return withMapped(condition, map) as C;
}

function withMapped(condition: Leaf, map: (test: TextTest) => TextTest): Leaf {
	const mapTest = (test: Test): Test =>
		test.type === 'text' ? { type: 'text', test: map(test.test) } : test;
	const mapWhere = (where: readonly FieldTest[]) =>
		where.map((each) => ({ ...each, test: mapTest(each.test) }));
	switch (condition.kind) {
		case 'feature':
		case 'profile':
			return { ...condition, test: mapTest(condition.test) };
		case 'activity':
			return { ...condition, where: mapWhere(condition.where) };
		case 'sequence':
			return {
				...condition,
				steps: condition.steps.map((step) => ({ ...step, where: mapWhere(step.where) }))
			};
		case 'cart':
			return { ...condition, category: condition.category && map(condition.category) };
		default:
			return condition;
	}
}
