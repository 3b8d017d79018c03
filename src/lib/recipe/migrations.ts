interface RecipeV1 {
	readonly import: {
		readonly sources: readonly { readonly dialect: object; readonly reading: object }[];
	};
	readonly clean: object;
}

/** Version 2 knows other files than orders as text, and what money, times and weeks mean in a session. */
function fromV1(old: unknown): unknown {
	const recipe = old as RecipeV1;
	const sources = recipe.import.sources.map((source) => ({
		...source,
		kind: 'orders',
		constants: {},
		withheld: [],
		dialect: {
			...source.dialect,
			format: 'text',
			sheet: null,
			isDamaged: false,
			escape: 'double',
			comment: '',
			endLine: null,
			setAsideTotals: false
		},
		reading: { ...source.reading, isUtc: false }
	}));
	return {
		...recipe,
		version: 2,
		import: { sources },
		clean: {
			...recipe.clean,
			dates: { from: null, to: null },
			settings: { currency: null, timeZone: null, firstWeekday: 1 }
		}
	};
}

/** `migrations[n - 1]` turns version n into version n + 1. Append; never edit. */
export const migrations: readonly ((old: unknown) => unknown)[] = [fromV1];
