/** Row-major numbers: `values[row * columnCount + column]`. */
export interface Matrix {
	readonly values: Float64Array;
	readonly rowCount: number;
	readonly columnCount: number;
}

/** A matrix from columns of equal length. */
export function fromColumns(columns: readonly ArrayLike<number>[]): Matrix {
	const columnCount = columns.length;
	const rowCount = columns[0]?.length ?? 0;
	const values = new Float64Array(rowCount * columnCount);
	columns.forEach((column, c) => {
		if (column.length !== rowCount) {
			throw new RangeError(`column ${c} has ${column.length} values, expected ${rowCount}`);
		}
		for (let row = 0; row < rowCount; row += 1) values[row * columnCount + c] = column[row] as number;
	});
	return { values, rowCount, columnCount };
}

/** One column of a matrix as a new array. */
export function columnOf({ values, rowCount, columnCount }: Matrix, column: number): Float64Array {
	const out = new Float64Array(rowCount);
	for (let row = 0; row < rowCount; row += 1) out[row] = values[row * columnCount + column] as number;
	return out;
}

/** The values at some places, in their order. Many times as fast as `Float64Array.from` with a function. */
export function valuesAt(values: ArrayLike<number>, places: ArrayLike<number>): Float64Array {
	const out = new Float64Array(places.length);
	for (let i = 0; i < places.length; i += 1) out[i] = values[places[i] as number] as number;
	return out;
}

/** The chosen rows, in the order given, as a new matrix. */
export function rowsOf({ values, columnCount }: Matrix, rows: ArrayLike<number>): Matrix {
	const out = new Float64Array(rows.length * columnCount);
	for (let i = 0; i < rows.length; i += 1) {
		const from = (rows[i] as number) * columnCount;
		for (let c = 0; c < columnCount; c += 1) out[i * columnCount + c] = values[from + c] as number;
	}
	return { values: out, rowCount: rows.length, columnCount };
}
