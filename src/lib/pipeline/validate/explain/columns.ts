import type { Matrix } from '#lib/core/matrix.ts';
import type { RuleColumn } from './rules.ts';

/** A text feature of customers: the level of each row. */
interface Texts {
	readonly feature: string;
	readonly codes: ArrayLike<number>;
	readonly levels: readonly string[];
}

/** Levels of a text feature that rules may ask for: those of most customers. */
const MOST_LEVELS = 20;

/** What a tree of rules learns from, and what its columns ask. */
export interface RuleData {
	readonly data: Matrix;
	readonly columns: readonly RuleColumn[];
}

/**
 * The columns that rules ask: the numbers that were compared, and of each compared text feature whether it is this text. Texts
 * that differ in capitals or in spaces around them are one, as rules have it.
 *
 * @param features names of the columns of `data`
 */
export function ruleColumns(data: Matrix, features: readonly string[], texts: readonly Texts[]): RuleData {
	const numbers = features.map((feature, c): RuleColumn => ({
		kind: 'number',
		feature,
		isWhole: isWholeColumn(data, c)
	}));
	const asked = texts.flatMap(({ feature, codes, levels }) => {
		const plain = levels.map(plainText);
		const different = levels.filter((level, code) => plain.indexOf(plainText(level)) === code);
		return different.slice(0, MOST_LEVELS).map((level) => {
			const isIt = plain.map((each) => each === plainText(level));
			return {
				column: { kind: 'level', feature, level } satisfies RuleColumn,
				valueOf: (row: number) => Number(isIt[codes[row] as number])
			};
		});
	});
	const width = features.length + asked.length;
	const values = new Float64Array(data.rowCount * width);
	for (let row = 0; row < data.rowCount; row += 1) {
		for (let c = 0; c < features.length; c += 1)
			values[row * width + c] = data.values[row * features.length + c] as number;
		asked.forEach(({ valueOf }, c) => (values[row * width + features.length + c] = valueOf(row)));
	}
	return {
		data: { values, rowCount: data.rowCount, columnCount: width },
		columns: [...numbers, ...asked.map(({ column }) => column)]
	};
}

function plainText(text: string): string {
	return text.trim().toLowerCase();
}

function isWholeColumn({ values, columnCount }: Matrix, column: number): boolean {
	for (let at = column; at < values.length; at += columnCount) {
		if (!Number.isSafeInteger(values[at])) return false;
	}
	return true;
}
