import type { Format } from '#lib/core/format.ts';
import type { Progress } from '#lib/core/progress.ts';

/** A size as people say it: “84.0 kB”, “28.3 MB”, “1.20 GB”. */
export function sizeWords(bytes: number, format: Format): string {
	if (bytes < 100_000) return `${format.decimal(bytes / 1000, 1)} kB`;
	if (bytes < 1_000_000_000) return `${format.decimal(bytes / 1_000_000, 1)} MB`;
	return `${format.decimal(bytes / 1_000_000_000, 2)} GB`;
}

/** How far reading is, in rows and bytes: “1,200,000 rows, 80.0 MB of 120.0 MB”; undefined when neither is known. */
export function progressWords(progress: Progress, format: Format): string | undefined {
	const { rows, bytes, totalBytes } = progress;
	const parts: string[] = [];
	if (rows !== undefined && rows > 0) parts.push(`${format.count(rows)} ${rows === 1 ? 'row' : 'rows'}`);
	if (bytes !== undefined) {
		const read = sizeWords(bytes, format);
		parts.push(totalBytes === undefined ? read : `${read} of ${sizeWords(totalBytes, format)}`);
	}
	return parts.length === 0 ? undefined : parts.join(', ');
}
