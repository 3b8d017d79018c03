/** What the module of every kernel exports besides its functions. */
interface KernelExports {
	readonly memory: WebAssembly.Memory;
	/** Where free memory begins, in bytes. */
	readonly heapBase: WebAssembly.Global | number;
}

/** An instance of a kernel with memory of its own, which is given back when the instance is let go. */
export interface Kernel<Functions> {
	readonly run: Functions;
	readonly arena: Arena;
}

const PAGE_BYTES = 65_536;
/** Loads of 128 bits are fastest at addresses of this multiple. */
const ALIGNMENT = 16;

/** Memory of a kernel, handed out in order and never taken back. Views of it end whenever more is handed out. */
export class Arena {
	readonly #memory: WebAssembly.Memory;
	#next: number;

	constructor(memory: WebAssembly.Memory, heapBase: number) {
		this.#memory = memory;
		this.#next = heapBase;
	}

	/** The address of so many free bytes, aligned to 16. They are zero unless memory was released before. */
	alloc(bytes: number): number {
		const address = Math.ceil(this.#next / ALIGNMENT) * ALIGNMENT;
		this.#next = address + bytes;
		const lacking = this.#next - this.#memory.buffer.byteLength;
		if (lacking > 0) this.#memory.grow(Math.ceil(lacking / PAGE_BYTES));
		return address;
	}

	/** Where the next bytes would be: for `release`. */
	mark(): number {
		return this.#next;
	}

	/** Gives back everything that was handed out since the mark. */
	release(mark: number): void {
		this.#next = mark;
	}

	f32(address: number, length: number): Float32Array {
		return new Float32Array(this.#memory.buffer, address, length);
	}

	f64(address: number, length: number): Float64Array {
		return new Float64Array(this.#memory.buffer, address, length);
	}

	i32(address: number, length: number): Int32Array {
		return new Int32Array(this.#memory.buffer, address, length);
	}

	u8(address: number, length: number): Uint8Array {
		return new Uint8Array(this.#memory.buffer, address, length);
	}
}

/** Compiled modules by their text; null where the browser has no WebAssembly with SIMD, or its policy forbids it. */
const compiled = new Map<string, WebAssembly.Module | null>();

/**
 * A new instance of a kernel; null where it cannot run, and plain TypeScript does the same work.
 * @param base64 the text that a `.wasm.ts` exports
 */
export function startKernel<Functions extends object>(base64: string): Kernel<Functions> | null {
	const module = compile(base64);
	if (module === null) return null;
	const { exports } = new WebAssembly.Instance(module);
	const { memory, heapBase } = exports as unknown as KernelExports;
	const start = typeof heapBase === 'number' ? heapBase : Number(heapBase.value);
	return { run: exports as unknown as Functions, arena: new Arena(memory, start) };
}

function compile(base64: string): WebAssembly.Module | null {
	const known = compiled.get(base64);
	if (known !== undefined) return known;
	const module = tryCompile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
	compiled.set(base64, module);
	return module;
}

function tryCompile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
	if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null;
	try {
		return new WebAssembly.Module(bytes);
	} catch (error) {
		// A policy that forbids compiling; whatever else fails is a defect of the module.
		if (error instanceof WebAssembly.CompileError) return null;
		throw error;
	}
}
