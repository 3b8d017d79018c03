import { z } from 'zod';

export const JourneyParams = z.object({
	/** What led to an order: what people did at most so many days before it, and after the order before. */
	lookbackDays: z.int().min(1).max(365),
	/** Somebody is active in a channel with an order, a visit or a click there in so many days. */
	activeDays: z.int().min(1).max(3650),
	/** So many channels make somebody omni-engaged. */
	omniChannels: z.int().min(2).max(10)
});
export type JourneyParams = z.infer<typeof JourneyParams>;

/** The parameters of a new session. */
export const DEFAULT_JOURNEYS: JourneyParams = { lookbackDays: 30, activeDays: 180, omniChannels: 2 };
