import type { Sql } from '#lib/engine/sql.ts';
import type { FeatureKind, FeatureParams } from '#lib/pipeline/features/schema.ts';
import type { FeatureTableName } from '#lib/pipeline/features/step.ts';
import type { CartParams } from '../carts/schema.ts';
import type { JourneyParams } from '../journeys/schema.ts';
import type { SegmentRef } from './schema.ts';

/** A feature that a rule may ask for, on the day of the scope. */
export interface RuleFeature {
	readonly id: string;
	readonly label: string;
	readonly kind: FeatureKind;
	/** Where its column stands; null: the files cannot tell it. */
	readonly table: FeatureTableName | null;
	/** What is missing, in words, where they cannot. */
	readonly needs: readonly string[];
}

/** A segment that a rule may name, on the day of the scope. */
export interface RuleSegment {
	readonly ref: SegmentRef;
	readonly name: string;
	/** A SELECT of the `idx` of its people; null while they are not known, which `problem` explains. */
	readonly members: Sql | null;
	readonly problem: string | null;
}

/** What a rule is asked of: the customers of a day, and everything that is known of them before it. */
export interface RuleScope {
	/** A DATE: the start of the as-of day. Nothing on or after it is seen. */
	readonly asOf: Sql;
	/** Everyone: `idx`, `customer_id`, and the core features. */
	readonly customers: FeatureTableName;
	readonly features: ReadonlyMap<string, RuleFeature>;
	readonly segments: ReadonlyMap<SegmentRef, RuleSegment>;
	readonly featureParams: FeatureParams;
	readonly carts: CartParams;
	readonly journeys: JourneyParams;
}
