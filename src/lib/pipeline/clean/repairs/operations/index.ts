import type { AnyRepairOperation } from '../operation.ts';
import { trimCase } from './trim-case.ts';

/** Every operation of the clean-up, in the order in which they are offered. */
export const REPAIR_OPERATIONS: readonly AnyRepairOperation[] = [trimCase];

const byId = new Map(REPAIR_OPERATIONS.map((operation) => [operation.id, operation]));

/** The operation with that id; undefined when there is none. */
export function repairOperation(id: string): AnyRepairOperation | undefined {
	return byId.get(id);
}
