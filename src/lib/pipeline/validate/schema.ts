import { z } from 'zod';
import { SegmentRef } from '../segment/rules/schema.ts';

/** What somebody said of one card of an audit: the person belongs to the segment, does not, or it cannot be told. */
export const Verdict = z.enum(['fits', 'does-not-fit', 'unsure']);
export type Verdict = z.infer<typeof Verdict>;

/** People of a segment looked at one by one. Who they are follows from the seed and the data: no id stands in a recipe. */
export const Audit = z.object({
	segment: SegmentRef,
	seed: z.int().min(0),
	/** In the order of the cards; null: not yet looked at. */
	verdicts: z.array(Verdict.nullable()).max(50),
	/** Fingerprint of who the cards are: verdicts of other people no longer hold. */
	people: z.string().regex(/^[0-9a-f]{16}$/)
});
export type Audit = z.infer<typeof Audit>;

/** What an experiment on a segment would look like, for the smallest lift that it could show. */
export const TestingParams = z.object({
	/** Share that does it without the message; null: the share of the segment that orders in 30 days, from its own history. */
	baselineRate: z.number().gt(0).lt(1).nullable(),
	alpha: z.number().gt(0).max(0.5),
	power: z.number().min(0.5).lt(1),
	/** Part of the segment that gets no message. */
	holdoutShare: z.number().min(0.05).max(0.5)
});
export type TestingParams = z.infer<typeof TestingParams>;

/** How segments are checked. */
export const ValidateParams = z.object({
	audits: z.array(Audit).max(200),
	testing: TestingParams,
	/** Text features whose groups must be reached alike, such as gender; empty: every sensitive one that the files tell. */
	fairnessFeatures: z.array(z.string()).max(10),
	/** What will be done with a segment, in the user's words, by its ref. */
	plans: z.record(SegmentRef, z.string().min(1).max(500))
});
export type ValidateParams = z.infer<typeof ValidateParams>;

/** The parameters of a new session. */
export const DEFAULT_VALIDATE: ValidateParams = {
	audits: [],
	testing: { baselineRate: null, alpha: 0.05, power: 0.8, holdoutShare: 0.5 },
	fairnessFeatures: [],
	plans: {}
};
