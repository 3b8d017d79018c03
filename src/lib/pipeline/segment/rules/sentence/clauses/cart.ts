import type { CartCondition, NumberTest, TextTest } from '../../schema.ts';
import type { Reader } from '../reader.ts';
import { readAttached, writeAttached } from '../tests.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { Clause } from './clause.ts';

const MOST_STAGES = 10;

/** `who have a cart at Reminder or Last call with a value more than 50 and a category “Shoes”` */
export const cart: Clause<CartCondition> = {
	write: ({ stages, value, category }, { cartStages }) => {
		const names = stages.map((stage) => cartStages.write(stage));
		const listed = [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ');
		const tests = [
			...(value ? [`a value ${writeAttached({ type: 'number', test: value }, 'number')}`] : []),
			...(category ? [`a category ${writeAttached({ type: 'text', test: category }, 'text')}`] : [])
		];
		return `who have a cart at ${listed}${tests.length > 0 ? ` with ${tests.join(' and ')}` : ''}`;
	},
	read: (reader, vocabulary) => {
		reader.expect('who have a cart at', 'who left a cart at');
		const stages = readStages(reader, vocabulary);
		if (!reader.takes('with')) return { kind: 'cart', stages, value: null, category: null };
		const value = reader.attempt(() => readValue(reader));
		const category = value
			? reader.attempt(() => {
					reader.expect('and', 'and with');
					return readCategory(reader);
				})
			: readCategory(reader);
		return { kind: 'cart', stages, value, category };
	}
};

function readStages(reader: Reader, { cartStages }: Vocabulary): string[] {
	const stages = [cartStages.read(reader)];
	while (stages.length < MOST_STAGES) {
		const next = reader.attempt(() => {
			const isParted = reader.takesQuietly(',');
			if (!reader.takes('or') && !isParted) reader.fail();
			return cartStages.read(reader);
		});
		if (next === null) break;
		stages.push(next);
	}
	return stages;
}

function readValue(reader: Reader): NumberTest {
	reader.expect('a value');
	const test = readAttached(reader, 'number');
	return test.type === 'number' ? test.test : reader.fail('a number');
}

function readCategory(reader: Reader): TextTest {
	reader.expect('a category');
	const test = readAttached(reader, 'text');
	return test.type === 'text' ? test.test : reader.fail('a text in quotes');
}
