/**
 * Words that mean the same in a label, the form they are compared in first. An ambiguous short form stands with all that it may
 * be short for: “St” is Saint and Street, and a label seldom has one where another has the other.
 */
const EQUAL_WORDS = [
	'st saint street sankt',
	'ste sainte suite',
	'mt mount mountain',
	'ft fort foot feet',
	'rd road',
	'ave avenue av',
	'blvd boulevard',
	'dr drive doctor',
	'sq square',
	'pl place plaza',
	'ln lane',
	'hwy highway',
	'str strasse straße',
	'apt apartment',
	'n north',
	's south',
	'e east',
	'w west',
	'twp township',
	'co company county',
	'cos companies',
	'corp corporation',
	'inc incorporated',
	'ltd limited',
	'bros brothers',
	'intl international',
	'natl national',
	'assn association assoc',
	'assoc associates',
	'dept department',
	'univ university',
	'inst institute',
	'govt government',
	'gen general',
	'mgmt management mgt',
	'mgr manager',
	'mfg manufacturing',
	'svc service',
	'svcs services',
	'tech technology',
	'ctr center centre',
	'hosp hospital',
	'sch school',
	'grp group',
	'acct account',
	'pkg package',
	'pk pack',
	'pcs pieces',
	'pc piece',
	'sm small',
	'med medium',
	'lg large lrg',
	'wht white',
	'blk black',
	'blu blue',
	'grn green',
	'gray grey',
	'color colour',
	'jan january',
	'feb february',
	'mar march',
	'apr april',
	'jun june',
	'jul july',
	'aug august',
	'sep september sept',
	'oct october',
	'nov november',
	'dec december',
	'mon monday',
	'tue tuesday tues',
	'wed wednesday',
	'thu thursday thurs thur',
	'fri friday',
	'sat saturday',
	'sun sunday'
] as const;

/** Whole labels that mean the same, as words in small letters. They count only when nothing else stands in the label. */
const EQUAL_LABELS = [
	['new york city', 'nyc', 'ny city'],
	['los angeles', 'la', 'l a'],
	['san francisco', 'sf', 'san fran', 'frisco'],
	['washington dc', 'dc', 'washington district columbia'],
	['philadelphia', 'philly', 'phila'],
	['las vegas', 'vegas', 'lv'],
	['new orleans', 'nola'],
	['salt lake city', 'slc'],
	['atlanta', 'atl'],
	['chicago', 'chi'],
	['united kingdom', 'uk', 'great britain', 'gb'],
	['united states', 'us', 'usa', 'united states america', 'america'],
	['united arab emirates', 'uae'],
	['european union', 'eu'],
	['yes', 'y'],
	['no', 'n'],
	['male', 'm'],
	['female', 'f'],
	['small', 's'],
	['large', 'l'],
	['extra small', 'xs'],
	['extra large', 'xl', 'x large'],
	['extra extra large', 'xxl', '2xl'],
	['television', 'tv'],
	['human resources', 'hr'],
	['information technology', 'it'],
	['customer service', 'cs'],
	['credit card', 'cc'],
	['not available', 'na', 'n a'],
	['unknown', 'unk', 'unkn']
] as const;

/** Words that say nothing by themselves. */
const FILLERS: ReadonlySet<string> = new Set(['the', 'of', 'and']);

const firstForm = new Map<string, string>();
for (const line of EQUAL_WORDS) {
	const [first = '', ...others] = line.split(' ');
	for (const word of [first, ...others]) if (!firstForm.has(word)) firstForm.set(word, first);
}

const wholeLabel = new Map<string, string>();
for (const [first, ...others] of EQUAL_LABELS) for (const label of others) wholeLabel.set(label, first);

/** Words without those that say nothing; all of them when nothing else is left. */
export function withoutFillers(words: readonly string[]): readonly string[] {
	const kept = words.filter((word) => !FILLERS.has(word));
	return kept.length > 0 ? kept : words;
}

/** The words of a label in the forms they are compared in: abbreviations are equal to what they are short for. */
export function expandWords(words: readonly string[]): readonly string[] {
	const kept = withoutFillers(words);
	const label = kept.join(' ');
	return (wholeLabel.get(label) ?? label).split(' ').map((word) => firstForm.get(word) ?? word);
}
