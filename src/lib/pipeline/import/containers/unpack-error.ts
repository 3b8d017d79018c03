/** What is said of files that cannot be unpacked. */
export const TRUNCATED = 'It ends in the middle. Download it again.';
export const DAMAGED = 'Its content is damaged. Download it again.';
export const CHANGED = 'It changed or went away while it was being read.';
export const TOO_BIG = 'It unpacks to far more than a table.';

/** A compressed file that cannot be unpacked. The message is a sentence for people. */
export class UnpackError extends Error {
	override readonly name = 'UnpackError';
}
