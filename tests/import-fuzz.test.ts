import { expect, test } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { below, seeded, type Random } from '#lib/core/random.ts';
import { inspectTables } from '#lib/pipeline/import/inspect.ts';
import { streamRecords } from '#lib/pipeline/import/raw-records.ts';
import { makeCsv } from './support/made-csv.ts';

const FILES = 3_000;

/** Bytes that mean something to one reader or another. */
const MEANINGFUL = [
	0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20, 0x22, 0x23, 0x27, 0x2c, 0x3b, 0x5c, 0x7c, 0x80, 0xe9, 0xff
];

/** What files of many kinds start with. */
const STARTS: readonly (readonly number[])[] = [
	[],
	[0xef, 0xbb, 0xbf],
	[0xff, 0xfe],
	[0xfe, 0xff],
	[0xff, 0xfe, 0, 0],
	[0x1f, 0x8b, 0x08],
	[0x50, 0x4b, 0x03, 0x04],
	[0x50, 0x41, 0x52, 0x31],
	[0xd0, 0xcf, 0x11, 0xe0],
	[0x7b, 0x22],
	[0x5b, 0x7b],
	[0x73, 0x65, 0x70, 0x3d]
];

function pick<T>(random: Random, values: readonly T[]): T {
	return values[below(random, values.length)] as T;
}

/** Bytes from nothing: any, or only those that mean something. */
function noise(random: Random): Uint8Array<ArrayBuffer> {
	const isMeaningful = random() < 0.5;
	const body = Array.from({ length: below(random, 400) }, () =>
		isMeaningful && random() < 0.7 ? pick(random, MEANINGFUL) : below(random, 256)
	);
	return Uint8Array.from([...pick(random, STARTS), ...body]);
}

/** A sound file of which bytes were changed, lost, doubled or cut off. */
function damaged(random: Random, seed: number): Uint8Array<ArrayBuffer> {
	const bytes = [...makeCsv(seed).bytes.subarray(0, 4_000)];
	for (let change = below(random, 12); change >= 0; change -= 1) {
		const at = below(random, bytes.length + 1);
		const count = below(random, 8);
		const kind = below(random, 4);
		if (kind === 0) bytes[Math.min(at, bytes.length - 1)] = pick(random, MEANINGFUL);
		else if (kind === 1) bytes.splice(at, count);
		else if (kind === 2) bytes.splice(at, 0, ...bytes.slice(at, at + count * 8));
		else if (random() < 0.3) bytes.length = at;
	}
	return Uint8Array.from(bytes, (byte) => byte ?? 0);
}

/** Reads the file as the app does; the code of the refusal, or null when it was read. */
async function read(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
	const file = { name: 'fuzz.csv', blob: new Blob([bytes]) };
	try {
		for (const { source } of await inspectTables(file)) {
			let next = 1;
			for await (const batch of streamRecords(file.blob, source)) {
				for (const { record } of batch) {
					if (record !== next) throw new RangeError(`record ${record} follows ${next - 1}`);
					next += 1;
				}
			}
		}
		return null;
	} catch (error) {
		if (error instanceof AppError && error.code.startsWith('import.')) return error.code;
		throw error;
	}
}

test.each([
	['random bytes', (random: Random) => noise(random)],
	['damaged files', (random: Random, seed: number) => damaged(random, seed)]
])(
	`${FILES} files of %s are read, or refused in words`,
	async (_, make) => {
		const failures: string[] = [];
		const codes = new Map<string, number>();
		for (let seed = 1; seed <= FILES; seed += 1) {
			const bytes = make(seeded(seed * 7919), seed);
			const outcome = await read(bytes).catch((error: unknown) => {
				failures.push(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
				return 'failed';
			});
			codes.set(outcome ?? 'read', (codes.get(outcome ?? 'read') ?? 0) + 1);
		}
		expect(failures.slice(0, 5)).toEqual([]);
		expect(codes.get('read')).toBeGreaterThan(0);
	},
	240_000
);
