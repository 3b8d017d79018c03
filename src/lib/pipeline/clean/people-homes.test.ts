import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeEngines } from '../../../../tests/support/engines.ts';
import { madeFile, peopleOf, type MadeFile } from '../../../../tests/support/made-people.ts';
import { makeSource } from '../../../../tests/support/raw-tables.ts';
import { readCsv } from '../../../../tests/support/read-csv.ts';

describeEngines('where people are at home', (engine) => {
	const people = (files: readonly MadeFile[], wanted: readonly string[]) => peopleOf(engine(), files, wanted);

	it('have the store of most orders and visits, of two the later', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|order_id|store',
			'1|2024-01-02|o1|North',
			'1|2024-01-02|o1|North',
			'1|2024-01-02|o1|North',
			'1|2024-02-02|o2|South',
			'1|2024-02-03|o3|South',
			'2|2024-01-02|o4|North',
			'2|2024-03-02|o5|South',
			'3|2024-01-02|o6|North',
			'4|2024-01-02|o7|'
		);
		const events = madeFile(
			's2',
			'events',
			'customer|date|event|store|session_id',
			'3|2024-01-05|visit|South|',
			'3|2024-01-06|visit|South|',
			'4|2024-01-05|enter|North|v1',
			'4|2024-01-05|leave|North|v1',
			'4|2024-02-05|enter|South|v2',
			'5|2024-01-05|visit|East|',
			'5|2024-01-06|visit|East|',
			'6|2024-01-06|visit||'
		);
		expect(await people([orders, events], ['home_store'])).toEqual({
			1: ['South'],
			2: ['South'],
			3: ['South'],
			4: ['South'],
			5: ['East'],
			6: ['']
		});
	});

	it('have the channel of most orders in lower case, of two the later', async () => {
		const orders = madeFile(
			's1',
			'orders',
			'customer|date|order_id|channel',
			'1|2024-01-02|o1|Web',
			'1|2024-01-03|o2|web ',
			'1|2024-01-04|o3|App',
			'2|2024-01-02|o4|Web',
			'2|2024-01-03|o5|POS'
		);
		expect(await people([orders], ['home_channel', 'home_store'])).toEqual({
			1: ['web', ''],
			2: ['pos', '']
		});
	});

	it('have the region that a table of postcodes gives them, else that of the files', async () => {
		const [header = [], ...rows] = readCsv(readFileSync('tests/fixtures/places/postcodes.csv', 'utf8'));
		const mapping = { postcode: 'PLZ', city: 'Ort', region: 'Gebiet', country: 'Land' };
		const places: MadeFile = {
			source: { ...makeSource(header, mapping, { id: 's9' }), kind: 'places' },
			rows
		};
		const profiles = madeFile(
			's1',
			'customers',
			'customer|postcode|country|region',
			'exact|1010|AT|W',
			'blanks|sw1a1aa|gb|',
			'prefix|SW 9 9AB|GB|',
			'longest|6020|AT|',
			'short|6099|AT|',
			'zeros|01067|DE|',
			'abroad|10115|DE|',
			'untold|1010||W',
			'unknown|9999|AT|Kärnten',
			'elsewhere|6020|DE|',
			'nowhere||AT|'
		);
		expect(await people([profiles, places], ['home_region', 'region_source', 'postcode'])).toEqual({
			exact: ['Ost', 'postcode', '1010'],
			blanks: ['London', 'postcode', 'sw1a1aa'],
			prefix: ['London', 'postcode', 'SW 9 9AB'],
			longest: ['West', 'postcode', '6020'],
			short: ['West', 'postcode', '6099'],
			zeros: ['Sachsen', 'postcode', '01067'],
			abroad: ['Berlin', 'postcode', '10115'],
			untold: ['W', 'file', '1010'],
			unknown: ['Kärnten', 'file', '9999'],
			elsewhere: ['', '', '6020'],
			nowhere: ['', '', '']
		});
	});

	it('show where they shop and live, with no order at all', async () => {
		const files = [
			madeFile('s1', 'customers', 'customer|postcode', 'anna|A-1010', 'bo|1020'),
			madeFile('s2', 'events', 'customer|date|store', 'bo|2024-01-05|Ring', 'bo|2024-02-05|Ring'),
			madeFile('s3', 'places', 'postcode|city', '1020|Leopoldstadt')
		];
		expect(await people(files, ['has_orders', 'home_store', 'home_region', 'region_source'])).toEqual({
			anna: ['false', '', '', ''],
			bo: ['false', 'Ring', 'Leopoldstadt', 'postcode']
		});
	});
});
