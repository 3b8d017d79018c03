import { columnWords } from './column-words.ts';

/**
 * What a column tells of a person that the law protects most, such as health or religion (special categories of
 * Article 9 GDPR, and criminal records, Article 10), or null. By its name alone, in English, German, French, Spanish,
 * Italian and Dutch.
 *
 * False alarms are held down by asking for phrases where a word means other things in shops: “health” alone counts, “health
 * food” and “health score” do not; “race” alone counts, “race results” does not; nor do “account disabled”, “golf handicap”,
 * “due date”, “privacy policy” (politique, política), “credit union”, “enceinte bluetooth”.
 */
export function sensitiveKind(columnName: string): string | null {
	const words = columnWords(columnName);
	return KINDS.find(({ names }) => names.test(words))?.kind ?? null;
}

const KINDS: readonly { readonly kind: string; readonly names: RegExp }[] = [
	{
		kind: 'pregnancy',
		names: /pregnan|schwanger|grossesse|^ (est |is )?enceinte $|embaraz|gravidanza| incinta |zwanger/
	},
	{
		kind: 'health',
		names:
			/^ (your |customer |personal )?health $| (mental|reproductive) health | health (condition|conditions|status|issue|issues|problem|problems|data|record|records|insurance|history|concern|concerns|goal|goals) | (medical|diagnosis|diagnoses|disease|diseases|illness|illnesses|medication|medications|allergy|allergies|allergic|blood type|blood group|bmi|symptom|symptoms|patient|hiv|cancer|prescription|prescriptions) |diabet|gesundheit|krankheit|krankenkasse|krankenversicherung|allergi[ea]|blutgruppe|medikament| diagnose| patient|^ sante $| (etat|problemes?|donnees) de sante | maladie| medica(l|ux|le|les) | groupe sanguin |^ salud $| (estado|problemas?) de salud | enfermedad|alergia| grupo sanguineo |^ salute $| stato di salute | malatti|gruppo sanguigno |gezondheid| ziekte/
	},
	{
		kind: 'disability',
		names:
			/ (disability|disabilities|wheelchair|impairment|impairments|handicape|handicapee|en situation de handicap|discapacidad|minusvalia|disabilita|invalidita|arbeidshandicap) |behinderung|behindert|^ handicap $/
	},
	{
		kind: 'religion',
		names:
			/ religio|religionszug| (confession|konfession|faith|church membership|kirchensteuer|glaube|glaubensrichtung|croyances?|confession religieuse|creencias|fede religiosa|geloof|geloofsovertuiging|levensovertuiging) /
	},
	{
		kind: 'ethnicity',
		names:
			/ (ethnicity|ethnicities|ethnic (group|groups|origin|origins|background|identity)|ethnic|ethnie|ethnies|etnia|etnicidad|etnicita|etniciteit|racial|caste|indigenous|aboriginal) $| (ethnicity|racial|ethnic (group|origin|background)) |ethnisch|etnisch| origine? (ethnique|etnica) | origen etnico | gruppo etnico |^ (your |customer |person |respondent )?race( ethnicity| code| group| self reported)? $/
	},
	{
		kind: 'political views',
		names:
			/ political |^ politics $| (party affiliation|party membership|voter|voted for|voting intention|partei|parteizugehorigkeit|parteimitglied|politische (meinung|einstellung|ausrichtung|gesinnung)|(opinions?|affiliation|orientation|tendance) politiques?|parti politique|(opinion|afiliacion|ideologia|orientacion) politica|partido politico|(opinioni|orientamento|ideologia) politic[aoh]e?|partito politico|politieke (voorkeur|overtuiging|partij)) /
	},
	{
		kind: 'union membership',
		names:
			/ (trade|labou?r|workers) union | union member(ship)? |gewerkschaft|syndicat (professionnel)?|syndique| sindicato | afiliacion sindical | sindacato | sindacale |vakbond/
	},
	{
		kind: 'sexual orientation',
		names:
			/ sexual (orientation|preference|preferences|identity) | sexuality |sexuelle orientierung|sexualitat|orientation sexuelle|orientacion sexual|orientamento sessuale|seksuele (geaardheid|voorkeur)|orientation lgbt| lgbtq?i?a? /
	},
	{
		kind: 'criminal record',
		names:
			/ (criminal|felony|felonies|conviction|convictions|arrest record|casier judiciaire|condamnations? penales?|antecedentes penales|antecedentes criminales|precedenti penali|casellario giudiziale) |vorstrafe|strafregister|fuhrungszeugnis|strafblad/
	}
];
