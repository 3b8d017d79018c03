import { columnNamed, isBirthDate } from './propose-mapping.ts';
import type { TableKind } from './roles.ts';
import {
	distinctShare,
	filledCells,
	holdsEmails,
	isRepeatedId,
	isUniqueId,
	isVague,
	shareOf,
	type MappableColumn,
	type SampleRecords
} from './sample-columns.ts';
import type { Role } from './schema.ts';
import { synonymRank } from './synonyms.ts';
import { isNumeric } from './value-kind.ts';

/** A file as the rules see it. */
interface Sample {
	readonly columns: readonly MappableColumn[];
	readonly records: SampleRecords;
}

interface KindRule {
	readonly kind: TableKind;
	readonly holds: (sample: Sample) => boolean;
}

/** What mail systems write down about a message; the second only they do. */
const SEND_WORDS =
	/\b(sent|send|deliver\w*|open\w*|click\w*|bounc\w*|unsubscri\w*|complain\w*|spam\w*|received|drop\w*|defer\w*|process\w*)\b/i;
const MAIL_ONLY_WORDS = /\b(opened|click\w*|bounc\w*|unsubscri\w*|spam\w*|complain\w*)\b/i;
/** What people do in a shop or an app before and after buying. */
const VISIT_WORDS =
	/view|visit|cart|click|session|log.?(in|out)|sign.?up|search|scroll|page|wishlist|checkout|download|install|start|active/i;
const EVENT_NAME = /event|ereignis|[ée]v[ée]nement|gebeurtenis/i;
/** Counts and sums that a campaign has and a message to one person does not. */
const CAMPAIGN_TOTALS: readonly Role[] = [
	'recipients',
	'opens',
	'clicks',
	'impressions',
	'conversions',
	'revenue',
	'spend',
	'unsubscribes'
];
/** What is known of people and not of orders. */
const PROFILE_ROLES: readonly Role[] = [
	'email_consent',
	'sms_consent',
	'consented_at',
	'birth_date',
	'gender',
	'language',
	'total_spent',
	'order_count',
	'created_at'
];
/** What names a person. */
const PERSON_ROLES: readonly Role[] = [
	'customer',
	'email',
	'phone',
	'card',
	'name',
	'first_name',
	'last_name'
];
/** Where somebody or something is, and not just its postcode. */
const STREET = /address|adresse|stra(ss|ß)e|street|\b(rue|calle|via)\b|dirección|indirizzo|straat/i;
/** The share of rows that a table of postcodes may not repeat. */
const MOST_PLACES_ONCE = 0.9;
const QUESTION =
	/\b(how|what|why|which|would you|do you|did you|are you|wie|warum|comment|pourquoi|c[oó]mo|qu[eé]|come|perch[eé]|hoe|waarom)\b.*\?\s*$|how likely|how satisfied/i;
const VISITORS = /\b(users|sessions|visitors|visits|page ?views)\b/i;
const FEW_COLUMNS = 8;
/** Fewer keys without a repeat prove little. */
const FEW_ROWS = 10;

/** The first that holds names the kind. */
const RULES: readonly KindRule[] = [
	{ kind: 'places', holds: isListOfPlaces },
	{ kind: 'campaigns', holds: isListOfCampaigns },
	{ kind: 'survey', holds: isListOfAnswers },
	{ kind: 'sends', holds: isListOfSends },
	{ kind: 'events', holds: isListOfEvents },
	{ kind: 'customers', holds: isListOfPeople },
	{ kind: 'orders', holds: isListOfOrders },
	{ kind: 'customers', holds: (sample) => hasPerson(sample) && !hasDate(sample) },
	{ kind: 'orders', holds: (sample) => hasDate(sample) && (hasPerson(sample) || !isReport(sample)) }
];

/**
 * What an unknown file is most likely a list of, by the names and the values of its columns. A file in which nothing
 * stands for a person, an order or a day is a report, and so are totals by day. The user corrects a wrong proposal with one choice, so it is made even
 * where little speaks for it.
 */
export function proposeKind(columns: readonly MappableColumn[], records: SampleRecords): TableKind {
	return RULES.find(({ holds }) => holds({ columns, records }))?.kind ?? 'report';
}

/** Postcodes with where they are, each place once, and nothing that people are, do or buy. */
function isListOfPlaces(sample: Sample): boolean {
	const parts = (['postcode', 'region', 'city'] as const).map((role) => named(sample, 'places', role));
	const [postcode, region, city] = parts;
	if (postcode === undefined || (region === undefined && city === undefined)) return false;
	if (hasDate(sample) || isSale(sample) || isReport(sample) || has(sample, 'campaigns', 'campaign'))
		return false;
	if (sample.columns.some(({ name }) => STREET.test(name))) return false;
	if (has(sample, 'customers', ...PERSON_ROLES, ...PROFILE_ROLES) || hasEmails(sample)) return false;
	const places = sample.records.map((record) =>
		parts.map((column) => (column === undefined ? '' : (record[column.index] ?? '').trim())).join('\n')
	);
	return places.length > 1 && new Set(places).size >= MOST_PLACES_ONCE * places.length;
}

/** Ads name an account beside the campaign; with several totals in a row it is no person for all that. */
function isListOfCampaigns(sample: Sample): boolean {
	if (!has(sample, 'campaigns', 'campaign') || has(sample, 'orders', 'order_id')) return false;
	const totals = CAMPAIGN_TOTALS.filter((role) => has(sample, 'campaigns', role)).length;
	return hasPerson(sample) ? totals >= 3 && !hasEmails(sample) : totals > 0;
}

/** A score on a short scale, or words, beside a person, in a table made for it: nothing was sold there. */
function isListOfAnswers(sample: Sample): boolean {
	if (!hasPerson(sample) || isSale(sample)) return false;
	if (sample.columns.some(({ name }) => QUESTION.test(name))) return true;
	const answer = named(sample, 'survey', 'answer');
	if (has(sample, 'survey', 'question') && answer !== undefined) return true;
	const score = named(sample, 'survey', 'score');
	if (score === undefined || !isOnScale(score, sample)) return false;
	return hasDate(sample, 'survey') || answer?.kind === 'text' || sample.columns.length <= FEW_COLUMNS;
}

function isOnScale(column: MappableColumn, { records }: Sample): boolean {
	const most = /sat/i.test(column.name) ? 100 : 10;
	return shareOf(column, records, (cell) => Math.abs(Number(cell.replace(',', '.'))) <= most) >= 0.9;
}

function isListOfSends(sample: Sample): boolean {
	if (!hasPerson(sample) || !hasDate(sample, 'sends') || isSale(sample)) return false;
	const action = named(sample, 'sends', 'action');
	if (action !== undefined) {
		const cells = filledCells(action, sample.records);
		if (cells.every((cell) => SEND_WORDS.test(cell)) && cells.some((cell) => MAIL_ONLY_WORDS.test(cell)))
			return true;
	}
	const came = action !== undefined || has(sample, 'campaigns', 'opens', 'clicks');
	return came && has(sample, 'sends', 'campaign') && !has(sample, 'events', 'session_id', 'url');
}

/** Different things that people do; a table whose events are payments and refunds is one of orders. */
function isListOfEvents(sample: Sample): boolean {
	const event = named(sample, 'events', 'event');
	if (event === undefined || !hasPerson(sample) || !hasDate(sample, 'events')) return false;
	const areVisits =
		shareOf(event, sample.records, (cell) => VISIT_WORDS.test(cell)) >= 0.5 &&
		new Set(filledCells(event, sample.records)).size > 1;
	if (areVisits) return true;
	const isOrderTable = has(sample, 'orders', 'order_id', 'quantity', 'order_total') && isSale(sample);
	return EVENT_NAME.test(event.name) && !isOrderTable;
}

/** One row for each person, with what is known of the person and nothing that was bought. */
function isListOfPeople(sample: Sample): boolean {
	if (has(sample, 'orders', 'order_id', 'quantity', 'unit_price') || !isOneRowPerPerson(sample)) return false;
	const profile = PROFILE_ROLES.filter((role) => isProfile(role, sample)).length;
	if (profile > 1) return true;
	const isSold = has(sample, 'orders', 'amount', 'order_total', 'product');
	return profile === 1 ? !isSold || !hasDate(sample) : !isSold && has(sample, 'customers', 'first_name');
}

/** “Created” says when a person or an order came to be, so it speaks for neither. */
function isProfile(role: Role, sample: Sample): boolean {
	const column = named(sample, 'customers', role);
	return column !== undefined && (role !== 'created_at' || isPersonDate(column));
}

function isOneRowPerPerson(sample: Sample): boolean {
	const { columns, records } = sample;
	const key =
		named(sample, 'customers', 'customer') ??
		named(sample, 'customers', 'email') ??
		columns.find((column) => holdsEmails(column, records)) ??
		columns.find((column) => isUniqueId(column, records));
	return key !== undefined && distinctShare(key, records) >= 0.98;
}

/** Orders name an order, or a person beside money or goods, on a day; a file without days may lack just these. */
function isListOfOrders(sample: Sample): boolean {
	const isPerson = hasPerson(sample);
	if (has(sample, 'orders', 'order_id', 'quantity', 'unit_price')) return hasDate(sample) || isPerson;
	if (hasDate(sample)) return isPerson || (isSale(sample) && has(sample, 'orders', 'product'));
	return isPerson && isSale(sample) && !isOneRowPerPerson(sample);
}

/** Totals of many people by day, channel or place. */
function isReport(sample: Sample): boolean {
	return (
		has(sample, 'campaigns', ...CAMPAIGN_TOTALS) || sample.columns.some(({ name }) => VISITORS.test(name))
	);
}

function isSale(sample: Sample): boolean {
	return (['quantity', 'unit_price', 'amount', 'order_total'] as const).some((role) => {
		const column = named(sample, 'orders', role);
		return column !== undefined && isNumeric(column.kind);
	});
}

/** A column that tells people apart: by its name, by addresses in it, or as the key of a table without other names. */
function hasPerson(sample: Sample): boolean {
	const { columns, records } = sample;
	if (has(sample, 'customers', 'customer', 'email', 'phone', 'first_name', 'last_name')) return true;
	if (named(sample, 'orders', 'customer') !== undefined) return true;
	if (hasEmails(sample)) return true;
	return columns.some(
		(column) => isVague(column) && (isRepeatedId(column, records) || isPeopleKey(column, sample))
	);
}

/** A key named `ID` with no value twice may count anything: it counts people where no order stands beside it. */
function isPeopleKey(column: MappableColumn, sample: Sample): boolean {
	if (!/^(id|uid|uuid)$/i.test(column.name) || !isUniqueId(column, sample.records)) return false;
	if (sample.records.length < FEW_ROWS) return false;
	return !has(sample, 'orders', 'order_id') && !has(sample, 'campaigns', 'campaign');
}

function hasEmails({ columns, records }: Sample): boolean {
	return columns.some((column) => holdsEmails(column, records));
}

/** A day on which something happened, by its values or by its name: not one of a person's life. */
function hasDate({ columns }: Sample, kind: TableKind = 'orders'): boolean {
	return columns.some(
		(column) =>
			!isPersonDate(column) && (column.kind === 'date' || synonymRank('date', column.name, kind) !== null)
	);
}

/** Birth, consent and the day of joining, by names that no order date has. */
function isPersonDate({ name }: MappableColumn): boolean {
	if (synonymRank('date', name) !== null) return false;
	return (
		isBirthDate({ name }) ||
		synonymRank('created_at', name) !== null ||
		synonymRank('consented_at', name) !== null
	);
}

function has(sample: Sample, kind: TableKind, ...roles: readonly Role[]): boolean {
	return roles.some((role) => named(sample, kind, role) !== undefined);
}

function named({ columns, records }: Sample, kind: TableKind, role: Role): MappableColumn | undefined {
	return columnNamed(role, kind, columns, records);
}
