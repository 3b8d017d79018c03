import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeEngines } from '../../../tests/support/engines.ts';
import type { Engine } from '#lib/engine/engine.ts';
import { GATE_LABELS, isOpen, runGate, type GateCheck, type GateCheckId, type GateInput } from './gate.ts';

/** A page under the policy: requests are blocked, text is refused by scripts. */
function page(): GateInput['page'] {
	const scope = new EventTarget();
	const violation = { effectiveDirective: 'connect-src', blockedURI: 'https://gate-test.invalid/' };
	return Object.assign(scope, {
		location: { origin: 'https://here.test' },
		navigator: {},
		navigation: new EventTarget(),
		setTimeout: ((run: () => void) => setTimeout(run, 10)) as typeof setTimeout,
		fetch: () => {
			scope.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), violation));
			return Promise.reject(new TypeError());
		},
		document: {
			createElement: () => ({
				get text() {
					return '';
				},
				set text(_text: string) {
					throw new TypeError('This document requires TrustedScript assignment.');
				}
			})
		}
	});
}

const unlocked = { version: async () => 'v9' } as Engine;

async function states(input: Partial<GateInput>): Promise<Record<GateCheckId, GateCheck>> {
	const checks = await runGate(
		{
			page: page(),
			computeWorker: Promise.resolve(true),
			engineWorker: Promise.resolve(true),
			engine: Promise.resolve(unlocked),
			...input
		},
		() => undefined
	);
	return Object.fromEntries(checks.map((check) => [check.id, check])) as Record<GateCheckId, GateCheck>;
}

beforeEach(() => vi.stubGlobal('trustedTypes', {}));
afterEach(() => vi.unstubAllGlobals());

describeEngines('the gate', (engine) => {
	it('opens when all holds, telling each step', async () => {
		const told: (readonly GateCheck[])[] = [];
		const input = {
			page: page(),
			computeWorker: Promise.resolve(true),
			engineWorker: Promise.resolve(true),
			engine: Promise.resolve(engine())
		};
		const checks = await runGate(input, (now) => told.push(now));
		expect(isOpen(checks)).toBe(true);
		expect(checks.map(({ label }) => label)).toEqual(Object.values(GATE_LABELS));
		expect(told[0]?.every(({ state, detail }) => state === 'waiting' && detail === '')).toBe(true);
		expect(told).toHaveLength(7);
		expect(told.at(-1)).toEqual(checks);
		expect(isOpen(told.at(-2) ?? [])).toBe(false);
	});
});

describe('the gate stays closed', () => {
	it('when nothing has been checked', () => expect(isOpen([])).toBe(false));

	it('when the page or a worker has no policy', async () => {
		const open = Object.assign(page(), { fetch: () => Promise.reject(new TypeError()) });
		const found = await states({
			page: open,
			computeWorker: Promise.resolve(false),
			engineWorker: Promise.resolve(false)
		});
		for (const id of ['page-policy', 'compute-policy', 'engine-policy'] as const) {
			expect(found[id]).toMatchObject({
				state: 'failed',
				detail: expect.stringContaining('policy is missing')
			});
		}
	});

	it('when a worker never reports', async () => {
		const found = await states({ computeWorker: new Promise(() => undefined), workerWaitMs: 10 });
		expect(found['compute-policy']).toMatchObject({ state: 'failed', detail: 'No report arrived in time.' });
		expect(found['engine-policy'].state).toBe('passed');
	});

	it('when the engine is not locked, or did not start', async () => {
		expect((await states({}))['engine-lock']).toMatchObject({
			state: 'failed',
			detail: 'The lock failed: version v9.'
		});
		const engine = Promise.reject(new Error('No memory'));
		expect((await states({ engine }))['engine-lock']).toMatchObject({
			state: 'failed',
			detail: 'No memory.'
		});
	});

	it('when text can become a script', async () => {
		const document = { createElement: () => ({ text: '' }) };
		expect((await states({ page: Object.assign(page(), { document }) }))['trusted-types'].state).toBe(
			'failed'
		);
	});

	it('when a channel cannot be closed', async () => {
		const navigator = Object.freeze({ sendBeacon: () => true });
		expect((await states({ page: Object.assign(page(), { navigator }) })).channels.state).toBe('failed');
	});
});

describe('browsers that lack something', () => {
	it('says so where there are no Trusted Types', async () => {
		vi.stubGlobal('trustedTypes', undefined);
		expect((await states({}))['trusted-types']).toMatchObject({
			state: 'passed',
			detail: expect.stringContaining('no Trusted Types')
		});
	});

	it('says so where there is no Navigation API', async () => {
		const scope = Object.assign(page(), { navigation: undefined });
		expect((await states({ page: scope as unknown as GateInput['page'] })).channels.detail).toContain(
			'cannot stop links'
		);
	});
});
