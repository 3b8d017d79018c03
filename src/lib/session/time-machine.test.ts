import { describe, expect, it } from 'vitest';
import { SessionTimeMachine } from './time-machine.svelte.ts';

type Travelled = ConstructorParameters<typeof SessionTimeMachine>[0];

function machineOf(firstOrder: string, lastOrder: string): SessionTimeMachine {
	const session = {
		busy: false,
		clean: { firstOrder, lastOrder },
		features: { asOf: lastOrder },
		rfm: {},
		clustering: null,
		onRun: new Set<() => void>()
	};
	return new SessionTimeMachine(session as unknown as Travelled);
}

describe('the base rates', () => {
	it('are those of the latest day after which 60 days are seen', () => {
		const { base } = machineOf('2010-12-01', '2011-08-31');
		expect(base).toMatchObject({ day: '2011-07-03', isReady: true, answer: null, shown: null });
	});

	it('stay what they are, whatever is chosen on the time machine', () => {
		const machine = machineOf('2010-12-01', '2011-08-31');
		const { asked } = machine.base;
		expect(machine.asked).toBe(asked);
		machine.goTo('2011-02-01');
		machine.followTo('2011-05-01');
		machine.useLinesOfNow(true);
		machine.horizon = 90;
		machine.by = 'segment';
		expect(machine.day).toBe('2011-02-01');
		expect(machine.asked).not.toBe(asked);
		expect(machine.base).toMatchObject({ day: '2011-07-03', asked });
	});

	it('have the nearest day where the history is short', () => {
		expect(machineOf('2011-07-20', '2011-08-31').base.day).toBe('2011-08-02');
		expect(machineOf('2011-08-20', '2011-08-31').base.day).toBe('2011-08-21');
	});
});
