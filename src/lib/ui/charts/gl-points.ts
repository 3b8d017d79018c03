import { SEGMENT_COLOURS } from '../segmentMarks.ts';
import { fadedColour, pointRadius, type ScatterPicture, type ScatterPoints } from './scatter-paint.ts';
import type { Rgb } from './raster.ts';

/** Draws points on a canvas by the graphics processor: a frame takes a few milliseconds, whatever their number. */
export interface GlPoints {
	draw(points: ScatterPoints, picture: ScatterPicture): void;
	/** Gives its memory back. */
	close(): void;
}

const VERTEX = `#version 300 es
uniform vec4 view;
uniform float size;
uniform float alpha;
uniform int layer;
uniform vec3 palette[${SEGMENT_COLOURS + 2}];
in float x;
in float y;
in float segment;
in float chosen;
out vec4 colour;
flat out int hollow;
void main() {
	bool isNoise = segment >= ${SEGMENT_COLOURS}.0;
	int own = chosen < 0.5 ? 0 : isNoise ? 1 : 2;
	bool hasPlace = x == x && y == y;
	vec2 shown = (vec2(x, y) - view.xy) / (view.zw - view.xy);
	gl_Position = own == layer && hasPlace ? vec4(shown * 2.0 - 1.0, 0.0, 1.0) : vec4(2.0, 2.0, 0.0, 1.0);
	gl_PointSize = size + (own == 1 ? 1.0 : 0.0);
	int tone = own == 0 ? ${SEGMENT_COLOURS + 1} : min(int(segment), ${SEGMENT_COLOURS});
	colour = vec4(palette[tone], alpha);
	hollow = own == 1 ? 1 : 0;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform float size;
in vec4 colour;
flat in int hollow;
out vec4 pixel;
void main() {
	float radius = (size + float(hollow)) * 0.5;
	float from = length(gl_PointCoord - 0.5) * 2.0 * radius;
	float cover = clamp(radius - from + 0.5, 0.0, 1.0);
	if (hollow == 1) cover = min(cover, clamp(from - radius + 1.5, 0.0, 1.0));
	pixel = vec4(colour.rgb, 1.0) * colour.a * cover;
}`;

/** Behind: what is not selected; then noise, as rings; in front the segments. */
const LAYERS = [0, 1, 2];

/**
 * The painter of a canvas that nothing was drawn on yet; null where there is no WebGL2, or only one that a processor
 * pretends to be, which is slower than drawing the pixels oneself.
 */
export function glPoints(canvas: HTMLCanvasElement): GlPoints | null {
	const gl = canvas.getContext('webgl2', {
		alpha: false,
		antialias: false,
		depth: false,
		failIfMajorPerformanceCaveat: true,
		// The picture is read again when it is saved.
		preserveDrawingBuffer: true
	});
	const program = gl === null ? null : linked(gl);
	return gl === null || program === null ? null : painterOf(gl, program);
}

function painterOf(gl: WebGL2RenderingContext, program: WebGLProgram): GlPoints {
	const attributes = {
		x: attribute(gl, program, 'x', gl.FLOAT),
		y: attribute(gl, program, 'y', gl.FLOAT),
		segment: attribute(gl, program, 'segment', gl.UNSIGNED_BYTE),
		chosen: attribute(gl, program, 'chosen', gl.UNSIGNED_BYTE)
	};
	const everyone = new WeakMap<Uint8Array, Uint8Array>();
	return {
		draw(points, picture) {
			gl.useProgram(program);
			attributes.x.set(points.x);
			attributes.y.set(points.y);
			attributes.segment.set(points.segment);
			attributes.chosen.set(points.mask ?? onesFor(everyone, points.segment));
			drawGround(gl, picture);
			setUniforms(gl, program, points.x.length, picture);
			const layer = gl.getUniformLocation(program, 'layer');
			for (const each of LAYERS) {
				if (each === 0 && points.mask === null) continue;
				gl.uniform1i(layer, each);
				gl.drawArrays(gl.POINTS, 0, points.x.length);
			}
		},
		close: () => gl.getExtension('WEBGL_lose_context')?.loseContext()
	};
}

function setUniforms(
	gl: WebGL2RenderingContext,
	program: WebGLProgram,
	count: number,
	{ pixelRatio, view, tokens }: ScatterPicture
): void {
	const at = (name: string) => gl.getUniformLocation(program, name);
	const colours = [...tokens.segments, tokens.noise, fadedColour(tokens)];
	gl.uniform4f(at('view'), view.x0, view.y0, view.x1, view.y1);
	gl.uniform1f(at('size'), 2 * pointRadius(count) * pixelRatio);
	gl.uniform1f(at('alpha'), tokens.pointAlpha);
	gl.uniform3fv(
		at('palette'),
		Float32Array.from(colours.flat(), (channel) => channel / 255)
	);
	gl.enable(gl.BLEND);
	gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
}

function drawGround(
	gl: WebGL2RenderingContext,
	{ width, height, pixelRatio, gridLines, tokens }: ScatterPicture
): void {
	const across = Math.round(width * pixelRatio);
	const down = Math.round(height * pixelRatio);
	if (gl.canvas.width !== across) gl.canvas.width = across;
	if (gl.canvas.height !== down) gl.canvas.height = down;
	gl.viewport(0, 0, across, down);
	clear(gl, tokens.surface);
	const thickness = Math.max(1, Math.round(pixelRatio));
	gl.enable(gl.SCISSOR_TEST);
	for (const y of gridLines) {
		gl.scissor(0, down - Math.round(y * pixelRatio) - thickness, across, thickness);
		clear(gl, tokens.grid);
	}
	gl.disable(gl.SCISSOR_TEST);
}

function clear(gl: WebGL2RenderingContext, [red, green, blue]: Rgb): void {
	gl.clearColor(red / 255, green / 255, blue / 255, 1);
	gl.clear(gl.COLOR_BUFFER_BIT);
}

/** A buffer of one number per point; the same array is not sent twice. */
function attribute(gl: WebGL2RenderingContext, program: WebGLProgram, name: string, type: number) {
	const buffer = gl.createBuffer();
	const at = gl.getAttribLocation(program, name);
	let sent: Float32Array | Uint8Array | null = null;
	return {
		set(values: Float32Array | Uint8Array): void {
			if (values === sent) return;
			sent = values;
			gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
			gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
			gl.enableVertexAttribArray(at);
			gl.vertexAttribPointer(at, 1, type, false, 0, 0);
		}
	};
}

function onesFor(known: WeakMap<Uint8Array, Uint8Array>, segment: Uint8Array): Uint8Array {
	const ones = known.get(segment) ?? new Uint8Array(segment.length).fill(1);
	known.set(segment, ones);
	return ones;
}

function linked(gl: WebGL2RenderingContext): WebGLProgram | null {
	const program = gl.createProgram();
	for (const [type, source] of [
		[gl.VERTEX_SHADER, VERTEX],
		[gl.FRAGMENT_SHADER, FRAGMENT]
	] as const) {
		const shader = gl.createShader(type);
		if (shader === null) return null;
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	}
	gl.linkProgram(program);
	return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}
