import { line, scaleLinear } from 'd3';
import { linearTicks } from './ticks.ts';

/** Sizes of the picture in pixels. */
export interface KDistanceLayout {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly height: number;
	readonly ticks: readonly number[];
	/** Of a point of the curve by its number. */
	readonly placePoint: (point: number) => number;
	/** Of a part of all people, 0 to 1. */
	readonly placeShare: (share: number) => number;
	readonly placeDistance: (distance: number) => number;
	/** The point of the curve nearest to a place along the axis. */
	readonly pointAt: (x: number) => number;
	readonly path: string;
}

const TOP = 16;
const BOTTOM = 164;
const LEFT = 44;
const RIGHT = 12;

/** Sizes in pixels for a width. `distances` rise, and stand for evenly many people each. */
export function kDistanceLayout(width: number, distances: ArrayLike<number>): KDistanceLayout {
	const last = Math.max(distances.length - 1, 1);
	const most = distances[distances.length - 1] ?? 0;
	const [, high = 1] = scaleLinear()
		.domain([0, most > 0 ? most : 1])
		.nice(4)
		.domain();
	const right = Math.max(width - RIGHT, LEFT + 1);
	const placeShare = (share: number): number => LEFT + share * (right - LEFT);
	const placeDistance = (distance: number): number =>
		BOTTOM - (Math.min(distance, high) / high) * (BOTTOM - TOP);
	const placePoint = (point: number): number => placeShare(point / last);
	const draw = line<number>((_, point) => placePoint(point), placeDistance);
	return {
		...{ right, placePoint, placeShare, placeDistance },
		left: LEFT,
		top: TOP,
		bottom: BOTTOM,
		height: BOTTOM + 42,
		ticks: linearTicks(0, high, 5),
		pointAt: (x) => {
			const point = Math.round(((x - LEFT) / (right - LEFT)) * last);
			return Math.min(Math.max(point, 0), Math.max(distances.length - 1, 0));
		},
		path: draw(Array.from(distances)) ?? ''
	};
}

/** The part of all people whose distance is at most so much, 0 to 1. */
export function shareWithin(distances: ArrayLike<number>, distance: number): number {
	let [low, high] = [0, distances.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((distances[middle] as number) <= distance) low = middle + 1;
		else high = middle;
	}
	return distances.length === 0 ? 0 : low / distances.length;
}
