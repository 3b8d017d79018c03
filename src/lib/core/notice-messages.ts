import type { Notice, NoticeCode, NoticeDetails } from './errors.ts';
import { dayWords, names, plural, whole } from './words.ts';

/** The words of a notice: a bold finding and one sentence. */
export interface NoticeWords {
	readonly kind: 'info' | 'care';
	readonly title: string;
	readonly text: string;
}

type NoticeMap = { readonly [Code in NoticeCode]: (details: NoticeDetails[Code]) => NoticeWords };

const NOTICES: NoticeMap = {
	'import.encoding': ({ fileName, encoding }) => ({
		kind: 'info',
		title: `Read as ${encoding}.`,
		text: `${fileName} is not UTF-8. Look at a name with an accent to see that it is right; it can be changed under How it is read.`
	}),
	'import.skipped-lines': ({ fileName, lines }) => ({
		kind: 'info',
		title: `${plural(lines, 'line')} above the table ${lines === 1 ? 'is' : 'are'} no data.`,
		text: `${fileName} begins with a title or remarks; they were passed over. It can be changed under How it is read.`
	}),
	'import.damaged-text': ({ fileName }) => ({
		kind: 'care',
		title: 'Some letters are damaged.',
		text: `A few bytes of ${fileName} are no text in UTF-8 and show as \uFFFD. Export it again if names matter.`
	}),
	'import.nul-cells': ({ fileName, count }) => ({
		kind: 'info',
		title: `${plural(count, 'cell')} held hidden NUL characters.`,
		text: `They were taken out of ${fileName}; all else is as it was.`
	}),
	'import.withheld': ({ fileName, columns }) => ({
		kind: 'info',
		title: `${plural(columns.length, 'column')} of ${fileName} ${columns.length === 1 ? 'was' : 'were'} not kept.`,
		text: `${names(columns.map(({ column, reason, action }) => `${column} (${reason.replaceAll('_', ' ')}, ${action})`))}. Nobody needs them to know their customers.`
	}),
	'import.sensitive': ({ columns }) => ({
		kind: 'care',
		title: `${plural(columns.length, 'column')} may be sensitive.`,
		text: `${names(columns.map(({ column, kind }) => `${column} (${kind})`))}. Using them to choose who gets what may be unfair or unlawful.`
	}),
	'import.other-sheets': ({ fileName, sheet, sheets }) => ({
		kind: 'info',
		title: `Sheet “${sheet}” of ${fileName} was read.`,
		text: `It also has ${names(sheets)}; choose another under How it is read.`
	}),
	'import.several-tables': ({ fileName, tables }) => ({
		kind: 'info',
		title: `${fileName} holds ${whole(tables)} tables.`,
		text: 'Each became a source of its own.'
	}),
	'import.platform-note': ({ label, text, isWarning }) => ({
		kind: isWarning ? 'care' : 'info',
		title: `${label}.`,
		text
	}),
	'import.entries-skipped': ({ fileName, entries }) => ({
		kind: 'info',
		title: `${plural(entries.length, 'file')} in ${fileName} ${entries.length === 1 ? 'was' : 'were'} left out.`,
		text: `${names(entries.map(({ name, reason }) => `${name} (${reason})`))}.`
	}),
	'import.unreadable-rows': ({ fileName, count }) => ({
		kind: 'care',
		title: `${plural(count, 'row')} could not be read.`,
		text: `They are set aside from ${fileName}, with line number and raw text.`
	}),
	'import.renamed-columns': ({ columns }) => ({
		kind: 'info',
		title: `${plural(columns.length, 'column')} had an empty or repeated name.`,
		text: `Now called ${names(columns)}.`
	}),
	'import.no-order-id': ({ fileName }) => ({
		kind: 'info',
		title: 'Every row counts as one order.',
		text: `${fileName} has no order number.`
	}),
	'import.no-amount': ({ fileName }) => ({
		kind: 'info',
		title: 'There is no money in this file.',
		text: `${fileName} still gives how recently and how often people buy.`
	}),
	'import.header-guessed': ({ fileName, hasHeader }) => ({
		kind: 'info',
		title: hasHeader ? 'The first row was taken for column names.' : 'The first row is data, not names.',
		text: hasHeader
			? `Nothing else in ${fileName} tells names from data. If it is data, say so under How it is read.`
			: `${fileName} has no column names, so they are numbered.`
	}),
	'clean.superseded': ({ fileName, rows }) => ({
		kind: 'info',
		title: `${plural(rows, 'row')} of ${fileName} ${rows === 1 ? 'is' : 'are'} in a newer export too.`,
		text: 'They count once, as the newer file has them. If it is another shop, say so under Sources.'
	}),
	'clean.double-sales': ({ first, second, orders, of }) => ({
		kind: 'care',
		title: `${whole(orders)} of ${whole(of)} sales of ${second} look like sales of ${first}.`,
		text: 'The customer, the day and the amount are the same. If they are the same sales, remove one of the files, or revenue counts twice.'
	}),
	'clean.shared-keys': ({ key, keys, accounts }) => ({
		kind: 'info',
		title: `${plural(keys, key)} ${keys === 1 ? 'is' : 'are'} used by too many to tell who it is.`,
		text: `${plural(accounts, 'account')} ${accounts === 1 ? 'has' : 'have'} such a value; it joins nobody. Look at them under People.`
	}),
	'import.older-export': ({ fileName, newest, newerFile }) => ({
		kind: 'info',
		title: `${fileName} ends on ${newest}, before ${newerFile}.`,
		text: `What both have counts as ${newerFile} has it. If ${fileName} is newer all the same, say so under Sources.`
	}),
	'import.stale': ({ fileName, newest, ageDays, maxAgeDays }) => ({
		kind: 'care',
		title: `${fileName} is ${plural(ageDays, 'day')} old.`,
		text: `Its newest record is of ${newest}, and the limit you set is ${plural(maxAgeDays, 'day')}. Add a newer export before you act on it.`
	}),
	'clean.repair-columns-missing': ({ step, fileName, columns }) => ({
		kind: 'care',
		title: `A clean-up step leaves ${fileName} as it is.`,
		text: `“${step}” needs ${names(columns)}, which the file does not have.`
	}),
	'clean.rule-failing': ({ rule, rows, isBlocking }) => ({
		kind: 'care',
		title: `${plural(rows, 'row')} ${rows === 1 ? 'breaks' : 'break'} a rule of yours: ${rule}.`,
		text: isBlocking ? 'Files of customers are held back until it is settled.' : 'They count all the same.'
	}),
	'queries.failed': ({ title, problem }) => ({
		kind: 'care',
		title: `The saved query “${title}” gives nothing.`,
		text: problem
	}),
	'clean.other-currencies': ({ currency, rows }) => ({
		kind: 'care',
		title: `Only ${currency} counts.`,
		text: `${plural(rows, 'row')} in other currencies ${rows === 1 ? 'is' : 'are'} set aside.`
	}),
	'rfm.empty-score': ({ feature, scores, sharedBy, customers }) => ({
		kind: 'info',
		title: `Nobody scores ${scores.join(' or ')} on ${feature}.`,
		text: `${whole(sharedBy)} of ${plural(customers, 'customer')} (${Math.round((100 * sharedBy) / Math.max(1, customers))}%) ${sharedBy === 1 ? 'has' : 'have'} the same value. Equal values always get equal scores, so a score stays empty.`
	}),
	'rfm.without-amounts': ({ scheme }) => ({
		kind: 'info',
		title: 'Groups are made without money.',
		text: `The files have no amounts. ${scheme} would tell groups by money, too; now recency and frequency alone decide.`
	}),
	'features.orders-after-as-of': ({ orders }) => ({
		kind: 'info',
		title: `${plural(orders, 'later order')} ${orders === 1 ? 'is' : 'are'} not used.`,
		text: 'Everything is shown as it was known at the end of the chosen day.'
	}),
	'features.future-order': ({ lastOrder }) => ({
		kind: 'care',
		title: `The last order is dated ${dayWords(lastOrder)}, which is after today.`,
		text: 'Everything is measured from the day after it.'
	}),
	'past.short-before': ({ day, firstOrder, days, needed }) => ({
		kind: 'care',
		title: `Only ${plural(days, 'day')} of orders before ${dayWords(day)}.`,
		text: `The files begin on ${dayWords(firstOrder)}. With less than ${needed} days nobody can look long gone, so the groups of that day are not those of today.`
	}),
	'past.short-after': ({ day, lastOrder, horizons }) => ({
		kind: 'info',
		title: `${horizons.join(' and ')} days after ${dayWords(day)} are not over yet.`,
		text: `The last order is of ${dayWords(lastOrder)}. Nobody knows yet what these people do until then.`
	}),
	'segment.distinct-points': ({ distinct, asked }) => ({
		kind: 'care',
		title: `Only ${plural(distinct, 'different customer')}.`,
		text: `Many are alike in what is compared, so ${asked} segments cannot be told apart.`
	}),
	'segment.no-dense-group': ({ customers }) => ({
		kind: 'care',
		title: 'No dense group was found.',
		text: `All ${plural(customers, 'customer')} are too far apart. Try a larger distance, fewer neighbours or a smaller segment.`
	}),
	'segment.one-dense-group': ({ customers, noise }) => ({
		kind: 'care',
		title: 'Only one dense group was found.',
		text: `It has ${plural(customers, 'customer')}; ${whole(noise)} belong to no group. A smaller distance may split it, or nothing divides these customers.`
	}),
	'segment.many-dense-groups': ({ found, kept }) => ({
		kind: 'care',
		title: `${whole(found)} dense groups were found.`,
		text: `The ${whole(kept)} largest are kept, and the rest count as belonging to no group. A larger distance or more neighbours make fewer.`
	}),
	'segment.constant-feature': ({ feature }) => ({
		kind: 'care',
		title: `“${feature}” is the same for everyone.`,
		text: 'It cannot separate anyone and is left without weight.'
	}),
	'segment.sampled-silhouette': ({ sample, customers }) => ({
		kind: 'info',
		title: `Separation is measured on ${whole(sample)} of ${whole(customers)} customers.`,
		text: 'They are drawn with a fixed seed, so that it comes out the same every time.'
	}),
	'segment.sampled-tree': ({ sample, customers }) => ({
		kind: 'info',
		title: `The tree is of ${whole(sample)} of ${whole(customers)} customers.`,
		text: 'They are drawn with a fixed seed. Everyone else is in the group whose middle is nearest.'
	}),
	'trust.small-segment': ({ segments, floor }) => ({
		kind: 'care',
		title: `${segments.map(({ name, customers }) => `${name}: only ${plural(customers, 'person', 'people')}`).join('. ')}.`,
		text: `Under ${whole(floor)}, a result can be chance, and ad platforms may refuse the list.`
	})
};

/** The words for a notice. */
export function noticeWords(notice: Notice): NoticeWords {
	const words = NOTICES[notice.code] as (details: NoticeDetails[NoticeCode]) => NoticeWords;
	return words(notice.details);
}
