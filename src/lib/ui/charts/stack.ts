/**
 * Pieces of a stacked bar in pixels: one after the other with a gap of one pixel, each at least one pixel
 * wide.
 */
export function stack(shares: readonly number[], width: number): { x: number; width: number }[] {
	const gap = 1;
	const total = shares.reduce((sum, share) => sum + Math.max(share, 0), 0);
	const room = Math.max(width - gap * (shares.length - 1), 0);
	let x = 0;
	return shares.map((share) => {
		const piece = { x, width: Math.max(total > 0 ? (Math.max(share, 0) / total) * room : 0, 1) };
		x += piece.width + gap;
		return piece;
	});
}

/**
 * Bars of a tiny histogram as one path: counts scaled to the height, at least 1.5 pixels where there is
 * anything.
 */
export function sparkPath(counts: readonly number[], width: number, height: number): string {
	const most = Math.max(0, ...counts);
	if (most === 0) return '';
	const step = width / counts.length;
	const bar = Math.max(step - 1, 0.8);
	return counts
		.map((count, i) => {
			if (count <= 0) return '';
			const tall = Math.max((count / most) * (height - 2), 1.5);
			return `M${round(i * step)} ${height}v${-round(tall)}h${round(bar)}V${height}Z`;
		})
		.join('');
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}
