const POLYNOMIAL = 0xedb88320;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
	return value;
});

/** The checksum of gzip and zip (RFC 1952, section 8), taken over bytes as they come. */
export class Crc32 {
	#state = -1;

	/** Takes the next bytes. */
	add(bytes: Uint8Array): void {
		let state = this.#state;
		for (let i = 0; i < bytes.length; i += 1) {
			state = (TABLE[(state ^ (bytes[i] as number)) & 0xff] as number) ^ (state >>> 8);
		}
		this.#state = state;
	}

	/** The checksum of all bytes so far, from 0 to 2³² − 1. */
	get value(): number {
		return ~this.#state >>> 0;
	}
}
