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

/** Layouts of version 2 that belong to no platform. */
const DATA_SETS: readonly (string | null)[] = ['online-retail', 'hillstrom'];

interface RecipeV2 {
	readonly import: {
		readonly sources: readonly {
			readonly id: string;
			readonly platform: string | null;
			readonly kind: string;
			readonly columns: readonly string[];
			readonly constants: object;
		}[];
	};
	readonly clean: object;
}

/** Version 3 knows who is one person across files, and which files are exports of the same list. */
function fromV2(old: unknown): unknown {
	const recipe = old as RecipeV2;
	const { sources } = recipe.import;
	const listOf = ({ kind, columns, constants }: (typeof sources)[number]) =>
		JSON.stringify([kind, columns, constants]);
	return {
		...recipe,
		version: 3,
		import: {
			sources: sources.map((source) => ({
				...source,
				idSystem: DATA_SETS.includes(source.platform) ? 'own' : (source.platform?.split('-')[0] ?? 'own'),
				series: sources.find((other) => listOf(other) === listOf(source))?.id,
				version: 1,
				notes: { origin: '', purpose: '', lawfulBasis: null, maxAgeDays: null }
			}))
		},
		clean: {
			...recipe.clean,
			identity: {
				keys: { email: true, phone: true, card: true, name_postcode: false },
				phoneCountry: null,
				mostPerKey: { email: 50, phone: 3, card: 3, name_postcode: 2 },
				mostPerPerson: 100,
				cuts: [],
				trusted: [],
				survivor: 'newest',
				sourceOrder: []
			}
		}
	};
}

interface RecipeV3 {
	readonly clean: { readonly identity: object };
}

/** Version 4 cleans columns in steps, joins people whom the user found to be one, and keeps queries. */
function fromV3(old: unknown): unknown {
	const recipe = old as RecipeV3;
	const identity = { ...recipe.clean.identity, merges: [], apart: [] };
	return { ...recipe, version: 4, clean: { ...recipe.clean, identity, repairs: [] }, queries: [] };
}

interface RecipeV4 {
	readonly features: { readonly asOf: string | null };
	readonly segment: {
		readonly rfm: { readonly method: string };
		readonly clustering: object;
	};
}

/** Version 5 knows more features, several schemes of scores with groups of the user's own, and kept scales. */
function fromV4(old: unknown): unknown {
	const recipe = old as RecipeV4;
	const { rfm, clustering } = recipe.segment;
	const scheme = rfm.method === 'quantile' ? 'quintiles' : rfm.method;
	return {
		...recipe,
		version: 5,
		features: {
			...recipe.features,
			affinityCount: 8,
			premiumQuantile: 0.8,
			margin: null,
			behaviour: { halfLifeDays: 30, weights: {} },
			loyalty: { weights: {} },
			sensitive: {}
		},
		segment: {
			...recipe.segment,
			rfm: { scheme, cutPoints: null, groups: null },
			clustering: { ...clustering, scaler: null, componentShare: null }
		}
	};
}

interface RecipeV5 {
	readonly segment: object;
}

/** Version 6 knows segments of the user's own, their order, what is done about carts that were left, and journeys. */
function fromV5(old: unknown): unknown {
	const recipe = old as RecipeV5;
	const stages = [
		{ id: 'reminder', name: 'Reminder', afterMinutes: 30 },
		{ id: 'follow_up', name: 'Follow-up', afterMinutes: 1440 },
		{ id: 'last_call', name: 'Last call', afterMinutes: 4320 }
	];
	return {
		...recipe,
		version: 6,
		segment: {
			...recipe.segment,
			own: {
				segments: [],
				looks: {},
				priority: [],
				guard: { floor: 100, activeDays: 365, mostSegments: 30, overrides: {} }
			},
			carts: { delayMinutes: 30, stages, coldAfterDays: 7, recentBuyerDays: 30, valueCuts: null },
			journeys: { lookbackDays: 30, activeDays: 180, omniChannels: 2 }
		}
	};
}

interface RecipeV6 {
	readonly segment: {
		readonly clustering: object;
		readonly own: { readonly segments: readonly { readonly kind: string }[] };
	};
}

/** Version 7 knows several methods of clustering, where a rule came from, and how segments are checked. */
function fromV6(old: unknown): unknown {
	const recipe = old as RecipeV6;
	const { clustering, own } = recipe.segment;
	return {
		...recipe,
		version: 7,
		segment: {
			...recipe.segment,
			clustering: { ...clustering, options: {}, categories: [] },
			own: {
				...own,
				segments: own.segments.map((segment) =>
					segment.kind === 'rule' ? { ...segment, of: null } : segment
				)
			}
		},
		validate: {
			audits: [],
			testing: { baselineRate: null, alpha: 0.05, power: 0.8, holdoutShare: 0.5 },
			fairnessFeatures: [],
			plans: {}
		}
	};
}

/** `migrations[n - 1]` turns version n into version n + 1. Append; never edit. */
export const migrations: readonly ((old: unknown) => unknown)[] = [
	fromV1,
	fromV2,
	fromV3,
	fromV4,
	fromV5,
	fromV6
];
