import { describe, expect, it } from 'vitest';
import { Autosave, type SaveState } from './autosave.ts';

describe('Autosave', () => {
	it('joins changes and shows where it is', async () => {
		const states: SaveState['kind'][] = [];
		let saves = 0;
		const autosave = new Autosave(
			async () => void (saves += 1),
			(state) => states.push(state.kind),
			1
		);
		autosave.touch();
		autosave.touch();
		await autosave.flush();
		expect(saves).toBe(1);
		expect(states.at(-1)).toBe('saved');
	});

	it('saves once more when something changed during a save', async () => {
		let saves = 0;
		const gates: (() => void)[] = [];
		const autosave = new Autosave(
			() => {
				saves += 1;
				return new Promise<void>((resolve) => gates.push(resolve));
			},
			() => undefined,
			1
		);
		const first = autosave.flush();
		const second = autosave.flush();
		gates[0]?.();
		await new Promise((resolve) => setTimeout(resolve, 5));
		gates[1]?.();
		await Promise.all([first, second]);
		expect(saves).toBe(2);
	});

	it('reports a failure and can save again', async () => {
		const states: SaveState['kind'][] = [];
		let fails = true;
		const autosave = new Autosave(
			async () => {
				if (fails) throw new Error('full');
			},
			(state) => states.push(state.kind)
		);
		await autosave.flush();
		expect(states.at(-1)).toBe('failed');
		fails = false;
		await autosave.flush();
		expect(states.at(-1)).toBe('saved');
	});
});
