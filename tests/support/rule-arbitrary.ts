import fc from 'fast-check';
import type { RuleScope } from '#lib/pipeline/segment/rules/scope.ts';
import {
	ENGAGEMENTS,
	NUMBER_OPS,
	SUBJECTS,
	TIME_UNITS,
	type Condition,
	type Rule,
	type Test
} from '#lib/pipeline/segment/rules/schema.ts';
import { PROFILE_FIELDS } from '#lib/pipeline/segment/rules/profile-fields.ts';
import { withoutStrayLimits } from '#lib/pipeline/segment/rules/step-limits.ts';
import { subjectOf } from '#lib/pipeline/segment/rules/subjects/index.ts';

/** Texts that stand in the way: words of sentences, quotes, brackets, line breaks, SQL, letters of all kinds. */
export const NASTY = [
	...[
		'and',
		'or',
		'none',
		'not',
		'who',
		'whose total is more than 5',
		'a, b and c',
		'(x) or (y)',
		'5',
		'1,000'
	],
	...[
		'“”',
		'"',
		"it's",
		'\\',
		'\\n',
		'\\u{41}',
		']',
		'[own:g1]',
		'',
		' ',
		'a\nb',
		'\r\n-- x',
		"'; DROP",
		'/* x',
		'--'
	],
	...[
		'İstanbul',
		'ß',
		'Größe',
		'日本',
		'👩‍👧',
		'\u2028',
		'\u202e',
		'\ud800',
		'e\u0301',
		'\u00e9',
		'in the last 5 days'
	],
	...[
		'of a',
		'a month',
		'everyone',
		'exactly 5',
		'known',
		'is',
		'.',
		'end.',
		'„x“',
		'→',
		'>',
		'2024-01-31',
		'then'
	]
];

/** A text of some of these parts, which is not empty. */
export const nastyText = fc
	.array(
		fc.oneof(
			fc.constantFrom(...NASTY),
			fc.string({ unit: 'grapheme', maxLength: 6 }),
			fc.string({ maxLength: 6 })
		),
		{ minLength: 1, maxLength: 4 }
	)
	.map((parts) => parts.join(' ').slice(0, 60))
	.map((text) => (text === '' ? 'x' : text));

const number = fc.oneof(
	fc.integer({ min: -5, max: 2000 }),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Number.isFinite(value) ? value : 0))
);
const day = fc
	.integer({ min: 0, max: 25_000 })
	.map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const duration = fc.record({
	count: fc.integer({ min: 1, max: 1000 }),
	unit: fc.constantFrom(...TIME_UNITS)
});
const window = fc.oneof(
	fc.record({ kind: fc.constantFrom('last' as const, 'before_last' as const), length: duration }),
	fc.record({ kind: fc.constantFrom('since' as const, 'until' as const), day }),
	fc.record({ kind: fc.constant('between' as const), from: day, to: day })
);
const unsure = fc.record({ op: fc.constantFrom('known' as const, 'unknown' as const) });

const numberTest = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ op: fc.constantFrom(...NUMBER_OPS), value: number }) },
	fc.record({ op: fc.constant('between' as const), from: number, to: number }),
	unsure,
	fc.constantFrom({ op: 'eq' as const, value: 0 }, { op: 'ge' as const, value: 1 })
);
const textTest = fc.oneof(
	fc.record({
		op: fc.constantFrom('is' as const, 'is_not' as const),
		values: fc.array(nastyText, { minLength: 1, maxLength: 4 })
	}),
	fc.record({
		op: fc.constantFrom(
			'contains' as const,
			'not_contains' as const,
			'starts_with' as const,
			'ends_with' as const
		),
		value: nastyText
	}),
	unsure
);
const timeTest = fc.oneof(
	fc.record({ op: fc.constantFrom('in' as const, 'not_in' as const), window }),
	unsure
);

const tests = {
	number: fc.record({ type: fc.constant('number' as const), test: numberTest }),
	text: fc.record({ type: fc.constant('text' as const), test: textTest }),
	time: fc.record({ type: fc.constant('time' as const), test: timeTest }),
	flag: fc.record({
		type: fc.constant('flag' as const),
		test: fc.record({ op: fc.constantFrom('yes' as const, 'no' as const) })
	})
} as const satisfies Record<Test['type'], fc.Arbitrary<Test>>;

const anyTest: fc.Arbitrary<Test> = fc.oneof(...Object.values(tests));

/** A test of a field: mostly of the type that the field has. */
function fieldTest(fields: readonly { readonly id: string; readonly type: Test['type'] }[]) {
	return fc.oneof(
		{
			weight: 6,
			arbitrary: fc
				.constantFrom(...fields)
				.chain(({ id, type }) => (tests[type] as fc.Arbitrary<Test>).map((test) => ({ field: id, test })))
		},
		fc.record({ field: fc.constantFrom(...fields.map(({ id }) => id)), test: anyTest }),
		fc.record({ field: nastyText, test: anyTest })
	);
}

/** The names that random rules may use, besides some that nobody knows. */
export type RuleNames = Pick<RuleScope, 'features' | 'segments' | 'carts'>;

/** Rules of every kind of condition, nested, as the recipe may hold them. */
export function ruleArbitrary({ features, segments, carts }: RuleNames): fc.Arbitrary<Rule> {
	const featureIds = [...features.values()].map(({ id, kind }) => ({ id, type: kind }));
	const where = (subject: (typeof SUBJECTS)[number]) =>
		fc.array(fieldTest(subjectOf(subject).fields), { maxLength: 3 });
	const activity = fc.constantFrom(...SUBJECTS).chain((subject) => {
		const field = fc.oneof(fc.constantFrom(...subjectOf(subject).fields.map(({ id }) => id)), nastyText);
		return fc.record({
			kind: fc.constant('activity' as const),
			subject: fc.constant(subject),
			among: fc.constantFrom('all' as const, 'first' as const, 'last' as const),
			where: where(subject),
			window: fc.option(window),
			measure: fc.oneof(
				fc.constant({ kind: 'count' as const }),
				fc.record({
					kind: fc.constantFrom(
						'sum' as const,
						'mean' as const,
						'min' as const,
						'max' as const,
						'distinct' as const
					),
					field
				})
			),
			per: fc.constantFrom(null, 'week' as const, 'month' as const),
			test: numberTest
		});
	});
	const step = (did: fc.Arbitrary<boolean>) =>
		fc.constantFrom(...SUBJECTS).chain((subject) =>
			fc.record({
				did,
				subject: fc.constant(subject),
				where: where(subject),
				which: fc.constantFrom('any' as const, 'first' as const, 'last' as const),
				times: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 20 })),
				within: fc.option(duration)
			})
		);
	const sequence = fc
		.record({
			kind: fc.constant('sequence' as const),
			ordered: fc.boolean(),
			steps: fc
				.tuple(step(fc.constant(true)), fc.array(step(fc.boolean()), { maxLength: 3 }))
				.map(([first, others]) => [first, ...others]),
			within: fc.option(duration),
			window: fc.option(window)
		})
		.map(withoutStrayLimits);
	const leaf: fc.Arbitrary<Condition> = fc.oneof(
		fieldTest(featureIds).map(({ field, test }) => ({ kind: 'feature' as const, feature: field, test })),
		activity,
		fieldTest(PROFILE_FIELDS).map((test) => ({ kind: 'profile' as const, ...test })),
		fc.record({
			kind: fc.constant('segment' as const),
			segment: fc.oneof(fc.constantFrom(...segments.keys()), fc.constantFrom('own:g99', 'saved:gone')),
			isIn: fc.boolean()
		}),
		sequence,
		fc.record({
			kind: fc.constant('cart' as const),
			stages: fc.array(
				fc.oneof(
					fc.constantFrom(...carts.stages.map(({ id }) => id), 'cold', 'open'),
					nastyText.map((id) => id.slice(0, 40))
				),
				{ minLength: 1, maxLength: 4 }
			),
			value: fc.option(numberTest),
			category: fc.option(textTest)
		}),
		fc.record({
			kind: fc.constant('journey' as const),
			path: fc.array(nastyText, { minLength: 1, maxLength: 4 })
		}),
		fc.record({ kind: fc.constant('channels' as const), engagement: fc.constantFrom(...ENGAGEMENTS) })
	);
	const group = (depth: number): fc.Arbitrary<Rule> =>
		fc.record({
			kind: fc.constant('group' as const),
			match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
			conditions: fc.array(
				depth === 1
					? leaf
					: fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: group(depth - 1) }),
				{ maxLength: 4 }
			)
		});
	return group(4);
}
