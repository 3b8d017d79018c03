import { toAppError } from '#lib/core/errors.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { checkLockdown } from '#lib/engine/lockdown.ts';
import { policyBlocks, TEST_URL, type PolicyScope } from './guard.ts';
import { guardPage, type PageScope } from './page-guard.ts';
import { trustedTypes } from './trusted-url.ts';

/** The checks that must pass before a file may be opened, in the order in which they are shown. */
export const GATE_LABELS = {
	'page-policy': 'This page cannot reach other sites',
	'compute-policy': 'The calculations cannot reach other sites',
	'engine-policy': 'The database cannot reach other sites',
	'engine-lock': 'The database reads only the files you open',
	'trusted-types': 'Text from files cannot become code',
	channels: 'Calls, sockets and links to other sites are closed'
} as const;

export type GateCheckId = keyof typeof GATE_LABELS;

export interface GateCheck {
	readonly id: GateCheckId;
	readonly label: string;
	readonly state: 'waiting' | 'passed' | 'failed';
	/** What was tried and what happened; empty while waiting. */
	readonly detail: string;
}

export interface GateInput {
	readonly page: PageScope &
		PolicyScope & { readonly document: { createElement(name: 'script'): { text: string } } };
	/** Whether the worker's own test was blocked: `WorkerWatch.verdict`. */
	readonly computeWorker: Promise<boolean>;
	readonly engineWorker: Promise<boolean>;
	readonly engine: Promise<Engine>;
	/** How long a worker may take to report; default 60,000. */
	readonly workerWaitMs?: number;
}

type Outcome = Pick<GateCheck, 'state' | 'detail'>;

/** How long a violation event may take after its request. */
const VIOLATION_WAIT_MS = 3000;

/**
 * Proves that nothing can leave: six checks, side by side. `onChange` is given all of them at the start and whenever one
 * has an outcome. Never rejects: what goes wrong is a failed check.
 */
export async function runGate(
	input: GateInput,
	onChange: (checks: readonly GateCheck[]) => void
): Promise<readonly GateCheck[]> {
	let checks = Object.entries(GATE_LABELS).map(([id, label]): GateCheck => ({
		id: id as GateCheckId,
		label,
		state: 'waiting',
		detail: ''
	}));
	onChange(checks);
	await Promise.all(
		Object.entries(outcomes(input)).map(async ([id, outcome]) => {
			const { state, detail } = await outcome.catch(failure);
			checks = checks.map((check) => (check.id === id ? { ...check, state, detail } : check));
			onChange(checks);
		})
	);
	return checks;
}

/** True when every check has passed. */
export function isOpen(checks: readonly GateCheck[]): boolean {
	return checks.length > 0 && checks.every(({ state }) => state === 'passed');
}

function outcomes(input: GateInput): Record<GateCheckId, Promise<Outcome>> {
	const waitMs = input.workerWaitMs ?? 60_000;
	return {
		'page-policy': policyBlocks(input.page, TEST_URL, VIOLATION_WAIT_MS).then(policyOutcome),
		'compute-policy': inTime(input.computeWorker, waitMs).then(policyOutcome),
		'engine-policy': inTime(input.engineWorker, waitMs).then(policyOutcome),
		'engine-lock': input.engine.then(checkEngine),
		'trusted-types': checkTrustedTypes(input.page),
		channels: checkChannels(input.page)
	};
}

function policyOutcome(isBlocked: boolean): Outcome {
	return isBlocked
		? { state: 'passed', detail: `A test request to ${TEST_URL} was blocked by the content policy.` }
		: {
				state: 'failed',
				detail: `A test request to ${TEST_URL} was not blocked: the content policy is missing.`
			};
}

async function checkEngine(engine: Engine): Promise<Outcome> {
	await checkLockdown(engine);
	return {
		state: 'passed',
		detail: 'Reading elsewhere, the network, extensions and settings were all refused.'
	};
}

async function checkTrustedTypes({ document }: GateInput['page']): Promise<Outcome> {
	if (!trustedTypes()) {
		return {
			state: 'passed',
			detail: 'This browser has no Trusted Types; the content policy alone blocks new scripts.'
		};
	}
	try {
		document.createElement('script').text = 'gate test';
	} catch {
		return { state: 'passed', detail: 'Text given to a script was refused.' };
	}
	return { state: 'failed', detail: 'Text given to a script was accepted: Trusted Types are not enforced.' };
}

async function checkChannels(page: GateInput['page']): Promise<Outcome> {
	if (!guardPage(page))
		return { state: 'failed', detail: 'A side channel of this browser could not be closed.' };
	return page.navigation
		? { state: 'passed', detail: 'Calls and sockets are removed; links to other sites are stopped.' }
		: {
				state: 'passed',
				detail: 'Calls and sockets are removed. This browser cannot stop links, so there are none.'
			};
}

function failure(error: unknown): Outcome {
	const { code, details } = toAppError(error);
	const reason = Object.values(details).join(', ');
	return {
		state: 'failed',
		detail: code === 'engine.not-locked' ? `The lock failed: ${reason}.` : `${reason}.`
	};
}

async function inTime(verdict: Promise<boolean>, waitMs: number): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('No report arrived in time')), waitMs);
	});
	try {
		return await Promise.race([verdict, late]);
	} finally {
		clearTimeout(timer);
	}
}
