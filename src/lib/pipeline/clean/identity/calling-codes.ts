/** How phone numbers of a country are written. */
export interface CallingCode {
	/** ISO 3166-1 alpha-2. */
	readonly country: string;
	/** ISO 3166-1 alpha-3. */
	readonly alpha3: string;
	/** The digits behind the plus sign, by ITU-T E.164. */
	readonly code: string;
	/** What stands before a number that is dialled within the country, and is no part of it abroad; empty where nothing does. */
	readonly trunk: string;
	/** Digits of a number with its trunk prefix, where only the length tells the prefix from a first digit; else 0. */
	readonly trunkDigits: number;
	/** English names. */
	readonly names: readonly string[];
}

type Row = readonly [country: string, alpha3: string, code: string, trunk: string, ...names: string[]];

/*
 * Calling codes by ITU-T E.164 (list of assigned codes), national prefixes by the ITU's list of dialling procedures
 * (Operational Bulletin 994). In North America no area code starts with 1, so a 1 in front is always the prefix.
 */
const ROWS: readonly Row[] = [
	['US', 'USA', '1', '1', 'United States', 'United States of America', 'America'],
	['GB', 'GBR', '44', '0', 'United Kingdom', 'UK', 'Great Britain', 'England', 'Scotland', 'Wales'],
	['DE', 'DEU', '49', '0', 'Germany'],
	['FR', 'FRA', '33', '0', 'France'],
	['ES', 'ESP', '34', '', 'Spain'],
	['IT', 'ITA', '39', '', 'Italy'],
	['NL', 'NLD', '31', '0', 'Netherlands', 'The Netherlands', 'Holland'],
	['BE', 'BEL', '32', '0', 'Belgium'],
	['AT', 'AUT', '43', '0', 'Austria'],
	['CH', 'CHE', '41', '0', 'Switzerland'],
	['CA', 'CAN', '1', '1', 'Canada'],
	['AU', 'AUS', '61', '0', 'Australia'],
	['IE', 'IRL', '353', '0', 'Ireland', 'Eire'],
	['PT', 'PRT', '351', '', 'Portugal'],
	['DK', 'DNK', '45', '', 'Denmark'],
	['SE', 'SWE', '46', '0', 'Sweden'],
	['NO', 'NOR', '47', '', 'Norway'],
	['FI', 'FIN', '358', '0', 'Finland'],
	['IS', 'ISL', '354', '', 'Iceland'],
	['LU', 'LUX', '352', '', 'Luxembourg'],
	['LI', 'LIE', '423', '', 'Liechtenstein'],
	['PL', 'POL', '48', '', 'Poland'],
	['CZ', 'CZE', '420', '', 'Czechia', 'Czech Republic'],
	['SK', 'SVK', '421', '0', 'Slovakia'],
	['HU', 'HUN', '36', '06', 'Hungary'],
	['SI', 'SVN', '386', '0', 'Slovenia'],
	['HR', 'HRV', '385', '0', 'Croatia'],
	['BA', 'BIH', '387', '0', 'Bosnia and Herzegovina'],
	['RS', 'SRB', '381', '0', 'Serbia'],
	['ME', 'MNE', '382', '0', 'Montenegro'],
	['MK', 'MKD', '389', '0', 'North Macedonia', 'Macedonia'],
	['AL', 'ALB', '355', '0', 'Albania'],
	['GR', 'GRC', '30', '', 'Greece'],
	['CY', 'CYP', '357', '', 'Cyprus'],
	['MT', 'MLT', '356', '', 'Malta'],
	['BG', 'BGR', '359', '0', 'Bulgaria'],
	['RO', 'ROU', '40', '0', 'Romania'],
	['MD', 'MDA', '373', '0', 'Moldova'],
	['UA', 'UKR', '380', '0', 'Ukraine'],
	['BY', 'BLR', '375', '80', 'Belarus'],
	['RU', 'RUS', '7', '8', 'Russia', 'Russian Federation'],
	['KZ', 'KAZ', '7', '8', 'Kazakhstan'],
	['LT', 'LTU', '370', '8', 'Lithuania'],
	['LV', 'LVA', '371', '', 'Latvia'],
	['EE', 'EST', '372', '', 'Estonia'],
	['TR', 'TUR', '90', '0', 'Turkey', 'Türkiye', 'Turkiye'],
	['GE', 'GEO', '995', '0', 'Georgia'],
	['AM', 'ARM', '374', '0', 'Armenia'],
	['AZ', 'AZE', '994', '0', 'Azerbaijan'],
	['UZ', 'UZB', '998', '', 'Uzbekistan'],
	['IL', 'ISR', '972', '0', 'Israel'],
	['JO', 'JOR', '962', '0', 'Jordan'],
	['LB', 'LBN', '961', '0', 'Lebanon'],
	['SA', 'SAU', '966', '0', 'Saudi Arabia'],
	['AE', 'ARE', '971', '0', 'United Arab Emirates', 'UAE'],
	['QA', 'QAT', '974', '', 'Qatar'],
	['KW', 'KWT', '965', '', 'Kuwait'],
	['BH', 'BHR', '973', '', 'Bahrain'],
	['OM', 'OMN', '968', '', 'Oman'],
	['IQ', 'IRQ', '964', '0', 'Iraq'],
	['IR', 'IRN', '98', '0', 'Iran'],
	['EG', 'EGY', '20', '0', 'Egypt'],
	['MA', 'MAR', '212', '0', 'Morocco'],
	['DZ', 'DZA', '213', '0', 'Algeria'],
	['TN', 'TUN', '216', '', 'Tunisia'],
	['ZA', 'ZAF', '27', '0', 'South Africa', 'RSA'],
	['NG', 'NGA', '234', '0', 'Nigeria'],
	['KE', 'KEN', '254', '0', 'Kenya'],
	['GH', 'GHA', '233', '0', 'Ghana'],
	['TZ', 'TZA', '255', '0', 'Tanzania'],
	['UG', 'UGA', '256', '0', 'Uganda'],
	['ET', 'ETH', '251', '0', 'Ethiopia'],
	['SN', 'SEN', '221', '', 'Senegal'],
	['CI', 'CIV', '225', '', 'Ivory Coast', "Côte d'Ivoire"],
	['CM', 'CMR', '237', '', 'Cameroon'],
	['IN', 'IND', '91', '0', 'India'],
	['PK', 'PAK', '92', '0', 'Pakistan'],
	['BD', 'BGD', '880', '0', 'Bangladesh'],
	['LK', 'LKA', '94', '0', 'Sri Lanka'],
	['NP', 'NPL', '977', '0', 'Nepal'],
	['TH', 'THA', '66', '0', 'Thailand'],
	['VN', 'VNM', '84', '0', 'Vietnam', 'Viet Nam'],
	['MY', 'MYS', '60', '0', 'Malaysia'],
	['SG', 'SGP', '65', '', 'Singapore'],
	['ID', 'IDN', '62', '0', 'Indonesia'],
	['PH', 'PHL', '63', '0', 'Philippines'],
	['CN', 'CHN', '86', '0', 'China'],
	['HK', 'HKG', '852', '', 'Hong Kong'],
	['MO', 'MAC', '853', '', 'Macao', 'Macau'],
	['TW', 'TWN', '886', '0', 'Taiwan'],
	['JP', 'JPN', '81', '0', 'Japan'],
	['KR', 'KOR', '82', '0', 'South Korea', 'Korea', 'Republic of Korea'],
	['MN', 'MNG', '976', '0', 'Mongolia'],
	['NZ', 'NZL', '64', '0', 'New Zealand'],
	['MX', 'MEX', '52', '', 'Mexico'],
	['BR', 'BRA', '55', '0', 'Brazil'],
	['AR', 'ARG', '54', '0', 'Argentina'],
	['CL', 'CHL', '56', '', 'Chile'],
	['CO', 'COL', '57', '', 'Colombia'],
	['PE', 'PER', '51', '0', 'Peru'],
	['EC', 'ECU', '593', '0', 'Ecuador'],
	['UY', 'URY', '598', '0', 'Uruguay'],
	['PY', 'PRY', '595', '0', 'Paraguay'],
	['BO', 'BOL', '591', '0', 'Bolivia'],
	['VE', 'VEN', '58', '0', 'Venezuela'],
	['CR', 'CRI', '506', '', 'Costa Rica'],
	['PA', 'PAN', '507', '', 'Panama'],
	['GT', 'GTM', '502', '', 'Guatemala'],
	['SV', 'SLV', '503', '', 'El Salvador'],
	['HN', 'HND', '504', '', 'Honduras'],
	['NI', 'NIC', '505', '', 'Nicaragua'],
	['DO', 'DOM', '1', '1', 'Dominican Republic'],
	['JM', 'JAM', '1', '1', 'Jamaica'],
	['TT', 'TTO', '1', '1', 'Trinidad and Tobago'],
	['BS', 'BHS', '1', '1', 'Bahamas'],
	['BB', 'BRB', '1', '1', 'Barbados'],
	['PR', 'PRI', '1', '1', 'Puerto Rico']
];

/** Where numbers may start with the digits of the prefix: their length with it. */
const TRUNK_DIGITS: Readonly<Record<string, number>> = { BY: 11, KZ: 11, LT: 9, RU: 11 };

/** Countries whose phone numbers can be told without a country code. */
export const CALLING_CODES: readonly CallingCode[] = ROWS.map(([country, alpha3, code, trunk, ...names]) => ({
	country,
	alpha3,
	code,
	trunk,
	trunkDigits: TRUNK_DIGITS[country] ?? 0,
	names
}));
