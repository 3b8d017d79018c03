import { describe, expect, it } from 'vitest';
import { COUNTRIES } from './countries.ts';
import { findCountry, findRegion, placeKey } from './names.ts';
import { REGION_COUNTRIES, REGIONS } from './regions.ts';

const codeOf = (text: string) => findCountry(text)?.code;

describe('names of countries', () => {
	it('are found by code, English name, endonym and common name, however they are written', () => {
		const written = {
			DE: [
				'DE',
				'deu',
				'GER',
				'Germany',
				'DEUTSCHLAND',
				'Allemagne',
				' germany ',
				'Federal Republic of Germany'
			],
			GB: ['gb', 'UK', 'U.K.', 'United Kingdom', 'Great  Britain', 'England', 'Vereinigtes Königreich'],
			US: [
				'US',
				'USA',
				'U.S.A.',
				'U. S. A.',
				'United States',
				'the United States of America',
				'Estados Unidos'
			],
			IE: ['EIRE', 'Éire', 'Ireland', 'Republic of Ireland'],
			ZA: ['RSA', 'South Africa'],
			NL: ['The Netherlands', 'Holland', 'Nederland'],
			CZ: ['Czech Republic', 'Czechia', 'Česko'],
			TT: ['Trinidad & Tobago', 'Trinidad and Tobago'],
			LC: ['St. Lucia', 'Saint Lucia'],
			CI: ['Côte d’Ivoire', "Cote d'Ivoire", 'Ivory Coast'],
			JP: ['日本', 'Japan'],
			GR: ['Ελλάδα', 'Greece']
		};
		for (const [code, texts] of Object.entries(written)) {
			expect(texts.map(codeOf), code).toEqual(texts.map(() => code));
		}
	});

	it('that are none, or that mean several, are not found', () => {
		const texts = [
			'Unspecified',
			'European Community',
			'Channel Islands',
			'West Indies',
			'Europe',
			'',
			'-',
			'XX',
			'49'
		];
		expect(texts.map(codeOf)).toEqual(texts.map(() => undefined));
	});

	it('stand in the order of the codes, each with three letters and a name that leads back to it', () => {
		const lines = COUNTRIES.trim().split('\n');
		expect(lines).toEqual([...lines].sort());
		expect(lines).toHaveLength(250);
		for (const line of lines) {
			expect(line).toMatch(/^[A-Z]{2}\|[A-Z]{3}\|[^|]+\|[^|]*$/);
			const [code = '', alpha3 = '', name = ''] = line.split('|');
			expect([code, alpha3, name].map(codeOf)).toEqual([code, code, code]);
		}
	});
});

describe('names of regions', () => {
	it('are found within their country', () => {
		const us = findRegion('US');
		expect(
			['ny', 'N.Y.', 'New York', 'US-NY', 'Calif.', 'Washington, D.C.', 'WA'].map((text) => us(text)?.code)
		).toEqual(['NY', 'NY', 'NY', 'NY', 'CA', 'DC', 'WA']);
		expect(findRegion('AU')('WA')?.name).toBe('Western Australia');
		expect(findRegion('CA')('québec')?.code).toBe('QC');
		expect(findRegion('CA')('Texas')).toBeUndefined();
	});

	it('are all of their countries', () => {
		const counts = REGION_COUNTRIES.map((country) => REGIONS[country].trim().split('\n').length);
		expect(counts).toEqual([56, 13, 8]);
	});
});

it('the key of a name is the same for all ways of writing it', () => {
	expect(placeKey(' The São Tomé & Príncipe. ')).toBe('sao tome and principe');
});
