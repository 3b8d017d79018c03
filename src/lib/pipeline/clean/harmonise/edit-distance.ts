/**
 * The distance between two texts in single edits: a letter more, a letter less, another letter, or two neighbours swapped, no
 * part being edited twice (optimal string alignment, a restricted Damerau-Levenshtein distance). O(limit × length): only what
 * can be within the limit is looked at. The answer is `limit + 1` for everything beyond it.
 */
export function editDistance(a: string, b: string, limit: number): number {
	const beyond = limit + 1;
	if (Math.abs(a.length - b.length) > limit) return beyond;
	let start = 0;
	let [endA, endB] = [a.length, b.length];
	while (endA > 0 && endB > 0 && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
		endA--;
		endB--;
	}
	while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
	const [n, m] = [endA - start, endB - start];
	if (n === 0 || m === 0) return Math.min(n + m, beyond);
	return alignment(a.slice(start, endA), b.slice(start, endB), limit);
}

/** Rows of the table of distances between what `a` and `b` start with; only a band around the diagonal is filled. */
function alignment(a: string, b: string, limit: number): number {
	const beyond = limit + 1;
	const width = b.length + 1;
	let [twoUp, up, row] = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
	for (let j = 0; j < width; j++) up[j] = Math.min(j, beyond);
	for (let i = 1; i <= a.length; i++) {
		row.fill(beyond);
		if (i <= limit) row[0] = i;
		const [from, to] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
		let least = row[0] ?? beyond;
		for (let j = from; j <= to; j++) {
			const letterA = a.charCodeAt(i - 1);
			const letterB = b.charCodeAt(j - 1);
			let best = Math.min(
				(up[j - 1] ?? beyond) + Number(letterA !== letterB),
				(up[j] ?? beyond) + 1,
				(row[j - 1] ?? beyond) + 1
			);
			const isSwap = i > 1 && j > 1 && letterA === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === letterB;
			if (isSwap) best = Math.min(best, (twoUp[j - 2] ?? beyond) + 1);
			row[j] = Math.min(best, beyond);
			least = Math.min(least, best);
		}
		if (least > limit) return beyond;
		[twoUp, up, row] = [up, row, twoUp];
	}
	return up[b.length] ?? beyond;
}
