import { sql } from '#lib/engine/sql.ts';
import type { FeatureBase } from './base.ts';

/**
 * Answers of people, as in `clean.answers`, with `said_at` (when it was given; long ago where nothing tells) and `is_nps`: the
 * question is answered in whole numbers from 0 to 10, and somebody gave more than 5. Answers without a time were known
 * at any day.
 */
export const answers: FeatureBase = {
	id: 'answers',
	row: 'an answer to a survey',
	sql: ({ asOf }) => sql`
		WITH known AS (
			SELECT * FROM clean.answers WHERE answered_at < ${asOf} OR answered_at IS NULL
		),
		scales AS (
			SELECT question, min(score) >= 0 AND max(score) > 5 AND max(score) <= 10 AND bool_and(score = floor(score)) AS is_nps
			FROM known WHERE score IS NOT NULL GROUP BY question
		)
		SELECT k.*, coalesce(s.is_nps, false) AS is_nps,
			coalesce(answered_at, TIMESTAMP '0001-01-01') AS said_at
		FROM known k LEFT JOIN scales s ON s.question IS NOT DISTINCT FROM k.question`
};
