/** Countries whose states and provinces are known. */
export const REGION_COUNTRIES = ['US', 'CA', 'AU'] as const;
export type RegionCountry = (typeof REGION_COUNTRIES)[number];

/**
 * States, provinces and territories, one per line: code | name | other names. The codes are those of ISO 3166-2 without the
 * country, which are the postal ones (United States Postal Service Publication 28, Canada Post, Australia Post).
 */
export const REGIONS: Readonly<Record<RegionCountry, string>> = {
	US: `
AL|Alabama|Ala
AK|Alaska|
AZ|Arizona|Ariz
AR|Arkansas|Ark
CA|California|Calif;Cal
CO|Colorado|Colo
CT|Connecticut|Conn
DE|Delaware|Del
DC|District of Columbia|Washington DC;Washington D.C.;Wash DC
FL|Florida|Fla
GA|Georgia|
HI|Hawaii|Hawai‘i
ID|Idaho|
IL|Illinois|Ill
IN|Indiana|Ind
IA|Iowa|
KS|Kansas|Kans;Kan
KY|Kentucky|
LA|Louisiana|
ME|Maine|
MD|Maryland|
MA|Massachusetts|Mass
MI|Michigan|Mich
MN|Minnesota|Minn
MS|Mississippi|Miss
MO|Missouri|
MT|Montana|Mont
NE|Nebraska|Nebr;Neb
NV|Nevada|Nev
NH|New Hampshire|N Hampshire
NJ|New Jersey|N Jersey
NM|New Mexico|N Mex
NY|New York|New York State
NC|North Carolina|N Carolina
ND|North Dakota|N Dakota;N Dak
OH|Ohio|
OK|Oklahoma|Okla
OR|Oregon|Ore;Oreg
PA|Pennsylvania|Penn;Penna
RI|Rhode Island|
SC|South Carolina|S Carolina
SD|South Dakota|S Dakota;S Dak
TN|Tennessee|Tenn
TX|Texas|Tex
UT|Utah|
VT|Vermont|
VA|Virginia|Virg
WA|Washington|Wash;Washington State
WV|West Virginia|W Virginia;W Va
WI|Wisconsin|Wis;Wisc
WY|Wyoming|Wyo
AS|American Samoa|
GU|Guam|
MP|Northern Mariana Islands|
PR|Puerto Rico|
VI|U.S. Virgin Islands|Virgin Islands;US Virgin Islands
`,
	CA: `
AB|Alberta|Alta
BC|British Columbia|Colombie-Britannique
MB|Manitoba|Man
NB|New Brunswick|Nouveau-Brunswick
NL|Newfoundland and Labrador|Newfoundland;Labrador;Nfld;NF;Terre-Neuve-et-Labrador
NS|Nova Scotia|Nouvelle-Écosse
NT|Northwest Territories|NWT;Territoires du Nord-Ouest
NU|Nunavut|
ON|Ontario|Ont
PE|Prince Edward Island|PEI;Île-du-Prince-Édouard
QC|Quebec|Québec;Que;PQ
SK|Saskatchewan|Sask
YT|Yukon|Yukon Territory;YK
`,
	AU: `
ACT|Australian Capital Territory|
NSW|New South Wales|
NT|Northern Territory|
QLD|Queensland|
SA|South Australia|
TAS|Tasmania|
VIC|Victoria|
WA|Western Australia|
`
};
