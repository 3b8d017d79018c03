import { transferHandlers, type TransferHandler } from 'comlink';
import { AppError, type ErrorCode, type ErrorDetails } from '#lib/core/errors.ts';

/** What crosses in place of a thrown value. */
type Thrown =
	| { kind: 'app'; code: ErrorCode; details: ErrorDetails[ErrorCode]; stack: string | undefined }
	| { kind: 'error'; name: string; message: string; stack: string | undefined }
	| { kind: 'value'; value: unknown };

let isInstalled = false;

/**
 * Lets errors keep what they are across a worker boundary: an AppError its code and details, any other Error its name,
 * message and stack. Comlink alone would lose the code. Both sides call it; calling it again does nothing.
 */
export function installErrorTransfer(): void {
	if (isInstalled) return;
	isInstalled = true;
	const original = transferHandlers.get('throw') as TransferHandler<{ value: unknown }, unknown>;
	const handler: TransferHandler<{ value: unknown }, Thrown> = {
		canHandle: original.canHandle,
		serialize: ({ value }) => [toThrown(value), []],
		deserialize: (thrown) => {
			throw fromThrown(thrown);
		}
	};
	transferHandlers.set('throw', handler);
}

function toThrown(value: unknown): Thrown {
	if (value instanceof AppError) {
		return { kind: 'app', code: value.code, details: value.details, stack: value.stack };
	}
	if (value instanceof Error) {
		return { kind: 'error', name: value.name, message: value.message, stack: value.stack };
	}
	return { kind: 'value', value };
}

function fromThrown(thrown: Thrown): unknown {
	if (thrown.kind === 'value') return thrown.value;
	const { stack } = thrown;
	const error =
		thrown.kind === 'app'
			? new AppError(thrown.code, thrown.details)
			: namedError(thrown.name, thrown.message);
	return stack === undefined ? error : Object.assign(error, { stack });
}

function namedError(name: string, message: string): Error {
	return Object.assign(new Error(message), { name });
}
