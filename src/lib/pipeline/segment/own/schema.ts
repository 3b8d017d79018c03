import { z } from 'zod';
import { Rule, SegmentRef } from '../rules/schema.ts';

const Id = z.string().regex(/^g\d+$/);
const Name = z.string().min(1).max(60);

/** The most people that a list keeps. */
export const MOST_LISTED = 200_000;

/** A segment that the user made. Living rules and SQL are asked anew whenever the data changes; a list stays as it is. */
export const OwnSegment = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('rule'),
		id: Id,
		name: Name,
		rule: Rule,
		/** The natural segment that the rule stands for, and how much of it the rule met then; null: it stands for itself. */
		of: z.object({ segment: SegmentRef, fidelity: z.number().min(0).max(1) }).nullable()
	}),
	z.object({
		kind: z.literal('sql'),
		id: Id,
		name: Name,
		/** One SELECT with a column `customer_id`, over every table there is. */
		sql: z.string().min(1).max(20_000)
	}),
	z.object({
		kind: z.literal('list'),
		id: Id,
		name: Name,
		/** Fingerprints of customer ids, as `own/fingerprint.ts` makes them, ascending: no id stands in a recipe. */
		members: z.array(z.string().regex(/^[0-9a-f]{16}$/)).max(MOST_LISTED),
		/** Where the list came from, in words: `Pasted`, `newsletter.csv`, `Champions on 31 May 2024`. */
		origin: z.string().max(200)
	})
]);
export type OwnSegment = z.infer<typeof OwnSegment>;

/** When a segment is too small, and how many segments are too many. */
export const GuardParams = z.object({
	/** Active customers that a segment needs. */
	floor: z.int().min(0).max(100_000),
	/** Active: an order, visit or click at most so many days before the as-of day. */
	activeDays: z.int().min(1).max(3650),
	/** The most segments that are kept side by side. */
	mostSegments: z.int().min(1).max(200),
	/** Why a segment is used all the same, by its ref. */
	overrides: z.record(SegmentRef, z.string().min(3).max(500))
});
export type GuardParams = z.infer<typeof GuardParams>;

/** How a segment is shown, besides its name. */
export const SegmentLook = z.object({
	/** One of the marks of the design, from 0; null: by its place. */
	color: z.int().min(0).max(11).nullable(),
	note: z.string().max(2000)
});
export type SegmentLook = z.infer<typeof SegmentLook>;

/** The segments that the user made, and how all segments are used. */
export const OwnParams = z.object({
	segments: z.array(OwnSegment).max(200),
	/** By ref; segments that are absent look as usual. */
	looks: z.record(SegmentRef, SegmentLook),
	/** Who gets one message: somebody in several of these segments counts in the first. Empty: nobody has been asked. */
	priority: z
		.array(SegmentRef)
		.max(200)
		// Of a segment that stands there twice, the first place counts: nobody is left for the second.
		.overwrite((refs) => [...new Set(refs)]),
	guard: GuardParams
});
export type OwnParams = z.infer<typeof OwnParams>;

/** The parameters of a new session. */
export const DEFAULT_OWN: OwnParams = {
	segments: [],
	looks: {},
	priority: [],
	guard: { floor: 100, activeDays: 365, mostSegments: 30, overrides: {} }
};

/** An own segment after a run. */
export const OwnSegmentResult = z.object({
	id: Id,
	customers: z.int(),
	revenue: z.number().nullable(),
	/** Why it gives nothing, in words; null when it does. Others run on without it. */
	problem: z.string().nullable(),
	/** Of a list: how many of its people are no customers of today; else 0. */
	notFound: z.int()
});
export type OwnSegmentResult = z.infer<typeof OwnSegmentResult>;

/** A segment of the priority order, and who is left for it. */
export const AssignedResult = z.object({
	segment: SegmentRef,
	/** Everyone in the segment. */
	customers: z.int(),
	/** Those who are in no segment before it. */
	assigned: z.int(),
	/** Those of the latter who are active. */
	active: z.int(),
	/** Who of the segment was given to segments before it, in the order of priority; those of nobody left out. */
	givenTo: z.array(z.object({ segment: SegmentRef, customers: z.int() }))
});
export type AssignedResult = z.infer<typeof AssignedResult>;

/** How many people a segment has, and how many of them are active, as `GuardParams` has it. */
export const SegmentReach = z.object({ segment: SegmentRef, customers: z.int(), active: z.int() });
export type SegmentReach = z.infer<typeof SegmentReach>;

export const OwnResult = z.object({
	/** In the order of the recipe. */
	segments: z.array(OwnSegmentResult),
	/** In the order of priority; segments that are not there are left out. */
	assigned: z.array(AssignedResult),
	/** People in at least one segment that the user made or saved, and those of them whom the order of priority reaches. */
	yours: z.object({ customers: z.int(), reached: z.int() }),
	/** Every segment that there is: RFM groups, natural segments, own segments and saved ones. */
	reach: z.array(SegmentReach)
});
export type OwnResult = z.infer<typeof OwnResult>;

/*
 * segment.own       one row per own segment and customer in it: segment VARCHAR (its id), idx INTEGER
 * segment.assigned  one row per customer in any segment of the priority order: idx INTEGER, segment VARCHAR (the ref of
 *                   the first they are in)
 */
