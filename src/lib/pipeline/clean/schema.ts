import { z } from 'zod';
import { isDay } from '#lib/core/days.ts';
import { TableKind } from '#lib/pipeline/import/roles.ts';
import { Repair, RepairResult } from './repairs/schema.ts';

/** The state of a consent with which somebody may be written to. */
export const AGREED = 'subscribed';

const DayText = z.string().refine(isDay, 'expected a day such as 2024-01-31');

/** What money, times and weeks mean in this session. */
export const SessionSettings = z.object({
	/** Only rows in this currency are loaded; null while the files have one currency or none. */
	currency: z.string().min(1).nullable(),
	/** IANA name, such as `Europe/Vienna`: times with an offset are moved to it. Null keeps them as they are written. */
	timeZone: z.string().min(1).nullable(),
	/** ISO number of the day on which a week starts, from 1 for Monday to 7 for Sunday. */
	firstWeekday: z.int().min(1).max(7)
});
export type SessionSettings = z.infer<typeof SessionSettings>;

/** What can join records of one person. `id`: the customer id that a system gave out. In order of strength. */
export const IDENTITY_KEYS = ['id', 'email', 'phone', 'card', 'name_postcode'] as const;
export type IdentityKey = (typeof IDENTITY_KEYS)[number];

/** Which of several values of a field a person keeps; ties go to the newest, then to the greater text. */
export const SURVIVOR_RULES = ['newest', 'most_complete', 'source_order'] as const;
export const SurvivorRule = z.enum(SURVIVOR_RULES);
export type SurvivorRule = z.infer<typeof SurvivorRule>;

/** Two accounts by `accountFingerprint`, the lesser text first. They hold no readable data. */
export const AccountPair = z.object({ a: z.string(), b: z.string() });
export type AccountPair = z.infer<typeof AccountPair>;

/** How records of one person are joined across sources. */
export const IdentityParams = z.object({
	/** Which keys join; ids of one system always do. */
	keys: z.object({ email: z.boolean(), phone: z.boolean(), card: z.boolean(), name_postcode: z.boolean() }),
	/** ISO 3166-1 alpha-2 of the phone numbers that name no country; null: they only equal the same digits. */
	phoneCountry: z.string().length(2).nullable(),
	/** A key that more accounts of one system than this have joins nobody: a shared mailbox, the phone of a family or a counter. */
	mostPerKey: z.object({
		email: z.int().min(1),
		phone: z.int().min(1),
		card: z.int().min(1),
		name_postcode: z.int().min(1)
	}),
	/** People of more accounts than this are not joined at all. */
	mostPerPerson: z.int().min(2),
	/** Links that the user cut: `linkFingerprint` of account and key. They hold no readable data. */
	cuts: z.array(z.string()),
	/** Keys that join although too many have them: `keyFingerprint`. */
	trusted: z.array(z.string()),
	/** People that the user found to be one, each by an account of either: `accountFingerprint`. */
	merges: z.array(AccountPair),
	/** People that look alike and are two, as the user said; they are not proposed again. */
	apart: z.array(AccountPair),
	survivor: SurvivorRule,
	/** Source ids, the most trusted first, for `source_order`; sources that are not named come last, in recipe order. */
	sourceOrder: z.array(z.string())
});
export type IdentityParams = z.infer<typeof IdentityParams>;

/** Email, phone and card join; name with postcode, which is weak, does not. */
export const DEFAULT_IDENTITY: IdentityParams = {
	keys: { email: true, phone: true, card: true, name_postcode: false },
	phoneCountry: null,
	mostPerKey: { email: 50, phone: 3, card: 3, name_postcode: 2 },
	mostPerPerson: 100,
	cuts: [],
	trusted: [],
	merges: [],
	apart: [],
	survivor: 'newest',
	sourceOrder: []
};

export const CleanParams = z.object({
	/** Which operations are switched; an id that is absent has its default. */
	operations: z.record(z.string(), z.boolean()),
	/** Orders outside these days, both included, are set aside; null leaves that end open. */
	dates: z.object({ from: DayText.nullable(), to: DayText.nullable() }),
	settings: SessionSettings,
	identity: IdentityParams,
	/** The steps of the clean-up, in order. */
	repairs: z.array(Repair)
});
export type CleanParams = z.infer<typeof CleanParams>;

/** The parameters of a new session: every operation as it is by default, nothing left out, weeks from Monday. */
export const DEFAULT_CLEAN: CleanParams = {
	operations: {},
	dates: { from: null, to: null },
	settings: { currency: null, timeZone: null, firstWeekday: 1 },
	identity: DEFAULT_IDENTITY,
	repairs: []
};

/** One operation after a run. `matches`: rows it speaks of; `setAside`: rows whose first reason it is (0 when off). */
export const OperationResult = z.object({
	id: z.string(),
	kind: z.enum(['fix', 'rule']),
	on: z.boolean(),
	/** False when the files lack what it needs; it is then shown as not needed. */
	applies: z.boolean(),
	/** Null when nobody looked: repeats of earlier rows are counted by `runDetails`. */
	matches: z.int().nullable(),
	setAside: z.int(),
	/** The SQL of the step as it ran, for the reader. */
	sql: z.string()
});
export type OperationResult = z.infer<typeof OperationResult>;

export const ReasonCount = z.object({ reason: z.string(), count: z.int() });
export type ReasonCount = z.infer<typeof ReasonCount>;

/** Per source: `rowsRead` = `rowsLoaded` + the sum of `reasons`. Reasons are in the order of the rules, none with count 0. */
export const SourceAccount = z.object({
	id: z.string(),
	fileName: z.string(),
	kind: TableKind,
	rowsRead: z.int(),
	rowsLoaded: z.int(),
	rowsSetAside: z.int(),
	reasons: z.array(ReasonCount),
	/** Days of its first and its last record, set aside or not; null where it has no dates. */
	oldest: DayText.nullable(),
	newest: DayText.nullable()
});
export type SourceAccount = z.infer<typeof SourceAccount>;

/** One kind of key after a run. */
export const KeyResult = z.object({
	key: z.enum(IDENTITY_KEYS),
	/** Different values. */
	values: z.int(),
	/** Values that join two accounts or more. */
	joining: z.int(),
	/** Values that too many accounts have, and so join nobody. */
	shared: z.int()
});

/** Who is who. An account is what one source calls a customer: an id of its system, else an email, phone or card. */
export const IdentityResult = z.object({
	accounts: z.int(),
	/** Accounts joined to people; those of nobody, such as a counter phone without an id, count as none. */
	people: z.int(),
	/** People of two accounts or more. */
	joinedPeople: z.int(),
	/** People of accounts in two sources or more. */
	acrossSources: z.int(),
	/** Groups of accounts that were left apart because they were more than `mostPerPerson`. */
	heldBack: z.int(),
	/** In the order of IDENTITY_KEYS; kinds without a value are left out. */
	keys: z.array(KeyResult),
	/** Loaded money by account and by person, which must be equal; null without amounts. */
	revenueByAccount: z.number().nullable(),
	revenueByPerson: z.number().nullable()
});
export type IdentityResult = z.infer<typeof IdentityResult>;

/** Nobody to join. */
export const NO_JOINS: IdentityResult = {
	accounts: 0,
	people: 0,
	joinedPeople: 0,
	acrossSources: 0,
	heldBack: 0,
	keys: [],
	revenueByAccount: null,
	revenueByPerson: null
};

export const CleanResult = z.object({
	sources: z.array(SourceAccount),
	rowsRead: z.int(),
	rowsLoaded: z.int(),
	rowsSetAside: z.int(),
	reasons: z.array(ReasonCount),
	operations: z.array(OperationResult),
	/** The steps of the clean-up, in order. */
	repairs: z.array(RepairResult),
	/** Rows of each canonical table besides orders and customers. */
	tables: z.object({
		profiles: z.int(),
		events: z.int(),
		sends: z.int(),
		campaigns: z.int(),
		answers: z.int(),
		places: z.int()
	}),
	identity: IdentityResult,
	/** People with at least one order. */
	customers: z.int(),
	orders: z.int(),
	/** Sum of the loaded amounts; null when no file has amounts. */
	revenue: z.number().nullable(),
	hasAmount: z.boolean(),
	/** Days of the first and last loaded order. */
	firstOrder: z.string().nullable(),
	lastOrder: z.string().nullable(),
	/** Currencies of the orders, by code where it is known, else by sign: that of the loaded rows first, then the most frequent. */
	currencies: z.array(z.string()),
	/** Contact roles that `clean.contacts` has, in the order of ROLES. */
	contactRoles: z.array(z.enum(['email', 'name', 'first_name', 'last_name', 'phone', 'country']))
});
export type CleanResult = z.infer<typeof CleanResult>;

/** Two lists of orders that look like lists of the same sales, by the names of their newest files. */
export const DoubleSales = z.object({
	first: z.string(),
	/** The smaller list. */
	second: z.string(),
	/** Sales of one customer, on one day, of one amount that are in both. */
	orders: z.int(),
	/** Sales of the smaller list. */
	of: z.int()
});
export type DoubleSales = z.infer<typeof DoubleSales>;

/** What `runDetails` finds. */
export const DetailResult = z.object({
	/** Rows that equal an earlier row in every column. */
	repeats: z.int(),
	/** In the order of the lists. */
	doubleSales: z.array(DoubleSales)
});
export type DetailResult = z.infer<typeof DetailResult>;

/* The tables of this step, their columns and keys: README.md. */
