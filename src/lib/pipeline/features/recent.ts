/** What happened in so many days before the as-of day is recent. */
export const RECENT_DAYS = 90;
