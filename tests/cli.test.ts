import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PassportsReport } from '#lib/recipe/passports-report.ts';
import { parseRecipe } from '#lib/recipe/recipe.ts';
import { Report } from '#lib/recipe/report.ts';
import { MADE_HEADER, makeOrders } from './support/made-orders.ts';
import { readCsv } from './support/read-csv.ts';
import { expectSameRows } from './support/recipe-script.ts';

const COMMAND = resolve(import.meta.dirname, '../src/cli/segment.ts');
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex');

interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'segment-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command in the test's folder. */
function segment(...args: string[]): Promise<Ended> {
	return new Promise((done, fail) => {
		const loader = import.meta.resolve('tsx');
		const child = spawn(process.execPath, ['--import', loader, COMMAND, ...args], { cwd: folder });
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', (text) => (stdout += String(text)));
		child.stderr.on('data', (text) => (stderr += String(text)));
		child.on('error', fail);
		child.on('close', (code) => done({ code, stdout, stderr }));
	});
}

async function write(name: string, content: string | Uint8Array): Promise<string> {
	await writeFile(join(folder, name), content);
	return name;
}

function read(...path: string[]): Promise<string> {
	return readFile(join(folder, ...path), 'utf8');
}

async function readReport(out: string): Promise<Report> {
	return Report.parse(JSON.parse(await read(out, 'report.json')));
}

/** Says that `segments.csv` and the result of `recipe.sql` hold the same rows. */
async function expectSameSegments(out: string): Promise<void> {
	await expectSameRows(await read(out, 'recipe.sql'), await read(out, 'segments.csv'));
}

describe('a run on one file', () => {
	const made = makeOrders();
	let ended: Ended;

	beforeAll(async () => {
		await write('orders.csv', made.csv);
		ended = await segment('orders.csv', '--out', 'one');
	});

	it('succeeds in silence but for a summary', () => {
		expect(ended.stderr).toBe('');
		expect(ended.code).toBe(0);
		expect(ended.stdout).toContain(`${made.rows} rows read`);
		expect(ended.stdout).toContain('90 customers');
	});

	it('writes its files and no others', async () => {
		const names = (await readdir(join(folder, 'one'))).sort();
		expect(names).toEqual([
			'orders.utf8.csv',
			'passports.json',
			'recipe.json',
			'recipe.sql',
			'report.json',
			'segments.csv',
			'set_aside.csv'
		]);
	});

	it('accounts for every row', async () => {
		const report = await readReport('one');
		const lost = Object.values(made.setAside).reduce((sum, count) => sum + count, 0);
		expect(report.sources).toEqual([
			{
				file: 'orders.csv',
				rows_read: made.rows,
				rows_loaded: made.rows - lost,
				rows_set_aside: lost,
				reasons: made.setAside,
				newest_record: expect.stringMatching(/^2024-12-\d\d$/)
			}
		]);
		const [header, ...records] = readCsv(await read('one', 'set_aside.csv'));
		expect(header).toEqual(['file', 'record_number', 'line', 'reason', 'raw_text']);
		expect(records).toHaveLength(lost);
		for (const [file, record, line, , raw] of records) {
			expect(file).toBe('orders.csv');
			expect(Number(line)).toBe(Number(record) + 1);
			expect(raw).toBe(made.csv.split('\n')[Number(line) - 1]);
		}
		const reasons = records.map((record) => record[3]);
		for (const [reason, count] of Object.entries(made.setAside)) {
			expect(reasons.filter((found) => found === reason)).toHaveLength(count);
		}
	});

	it('finds the three planted kinds of customers', async () => {
		const report = await readReport('one');
		const [header = [], ...records] = readCsv(await read('one', 'segments.csv'));
		const column = (name: string) => records.map((record) => record[header.indexOf(name)] ?? '');
		expect(column('customer_id')).toEqual(Array.from({ length: 90 }, (_, i) => String(1000 + i)));
		expect(report.customers).toBe(90);
		expect(report.clustering?.k).toBe(3);
		const kinds = [0, 30, 60].map((from) => new Set(column('cluster').slice(from, from + 30)));
		expect(kinds.map((kind) => kind.size)).toEqual([1, 1, 1]);
		const names = report.clustering?.stability.map(({ name }) => name);
		expect(column('segment_name').every((name, i) => name === names?.[Number(column('cluster')[i])])).toBe(
			true
		);
		const members = report.rfm.groups.reduce((sum, { customers }) => sum + customers, 0);
		expect(members).toBe(90);
		expect(Object.keys(report.timings_ms)).toContain('total');
	});

	it('grades every segment, after small changes and against earlier days, and tells it alike in its files', async () => {
		const report = await readReport('one');
		const { segments } = PassportsReport.parse(JSON.parse(await read('one', 'passports.json')));
		const ofKind = (kind: string) => segments.filter(({ segment: ref }) => ref.startsWith(`${kind}:`));
		const graded = (each: { readonly name: string; readonly grade: string | null }) => [
			each.name,
			each.grade
		];
		expect(ofKind('cluster').map(graded)).toEqual(report.clustering?.stability.map(graded));
		expect(ofKind('group').map(graded).toSorted()).toEqual(report.rfm.groups.map(graded).toSorted());
		// Nobody was one of those who have just arrived before they came.
		expect(ofKind('cluster').map(({ over_time }) => over_time)).toEqual([1, 1, null]);
		for (const { natural, checks } of ofKind('cluster')) {
			expect(natural?.disturbed?.seed).toBe(1);
			expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
		}
	});

	it('writes a script that gives the same rows in plain DuckDB', () => expectSameSegments('one'));

	it('gives the same rows again from its recipe', async () => {
		parseRecipe(JSON.parse(await read('one', 'recipe.json')));
		const again = await segment('orders.csv', '--recipe', 'one/recipe.json', '--out', 'again');
		expect(again.stderr).toBe('');
		expect(await read('again', 'segments.csv')).toBe(await read('one', 'segments.csv'));
		expect(await read('again', 'recipe.json')).toBe(await read('one', 'recipe.json'));
	});
});

describe('a run with every option', () => {
	it('reads packed and foreign files by an explicit mapping', async () => {
		const first = makeOrders({ delimiter: ';', decimalMark: ',' }, 6);
		const second = makeOrders({ delimiter: ';', decimalMark: ',' }, 7);
		await write('first.csv.gz', gzipSync(first.csv));
		await write("second's.csv", Buffer.from(second.csv, 'latin1'));
		const mapping =
			'customer=customerid,date=InvoiceDate,order-id=InvoiceNo,quantity=Quantity,unit_price=UnitPrice,name=CustomerName';
		const ended = await segment(
			'first.csv.gz',
			"second's.csv",
			...['--out', 'two', '--mapping', mapping, '--as-of', '2025-02-01', '--clusters', '4', '--seed', '3']
		);
		expect(ended.stderr).toBe('');
		const report = await readReport('two');
		expect(report.sources.map(({ rows_read }) => rows_read)).toEqual([first.rows, second.rows]);
		expect(report).toMatchObject({ as_of: '2025-02-01', clustering: { k: 4, seed: 3, method: 'kmeans' } });
		expect(await readdir(join(folder, 'two'))).toEqual(
			expect.arrayContaining(['first.utf8.csv', "second's.utf8.csv"])
		);
		await expectSameSegments('two');
	});

	it('keeps files of one name from two folders apart', async () => {
		await mkdir(join(folder, 'april'));
		await mkdir(join(folder, 'may'));
		const april = await write('april/orders.csv', makeOrders({}, 6).csv);
		const may = await write('may/orders.csv.gz', gzipSync(makeOrders({}, 7).csv));
		const ended = await segment(april, may, '--out', 'months');
		expect(ended.stderr).toBe('');
		expect(await readdir(join(folder, 'months'))).toEqual(
			expect.arrayContaining(['orders.utf8.csv', 'orders (2).utf8.csv'])
		);
		await expectSameSegments('months');
	});

	it('asks for the order of day and month, and takes the answer', async () => {
		const days = ['01/02/2024', '03/04/2024', '05/06/2024'];
		const rows = days.map((day, i) => `${i},${day},c${i % 2},10`);
		await write('ambiguous.csv', ['order,date,customer,total', ...rows, ''].join('\n'));
		const asked = await segment('ambiguous.csv', '--out', 'ambiguous');
		expect(asked.code).toBe(1);
		expect(asked.stderr).toMatch(/^pomelo: .*01\/02\/2024.*--date-order dmy.*\n$/);
		const told = await segment('ambiguous.csv', '--out', 'ambiguous', '--date-order', 'dmy');
		expect(told.stderr).toBe('');
		expect((await readReport('ambiguous')).as_of).toBe('2024-06-06');
	});

	it('gives scores and groups when there are too few customers for segments', async () => {
		const rows = Array.from({ length: 8 }, (_, i) => `${i},2024-01-${10 + i},c${i % 4},${10 + i}`);
		await write('few.csv', ['order,date,customer,total', ...rows, ''].join('\n'));
		const ended = await segment('few.csv', '--out', 'few');
		expect(ended.code).toBe(0);
		expect(ended.stdout).toContain('Too few');
		expect((await readReport('few')).clustering).toBeNull();
		const [header = [], ...records] = readCsv(await read('few', 'segments.csv'));
		expect(records.map((record) => record[header.indexOf('cluster')])).toEqual(['', '', '', '']);
		await expectSameSegments('few');
		const forced = await segment('few.csv', '--out', 'forced', '--clusters', '3');
		expect(forced.code).toBe(1);
		expect(forced.stderr).toMatch(/^pomelo: Only 4 customers.*\n$/);
	});
});

describe('a run that cannot work', () => {
	beforeAll(async () => {
		await write('good.csv', makeOrders().csv);
		await write('image.csv', PNG);
	});

	it.each([
		[[], 2, ['No order file', '--help']],
		[['missing.csv'], 1, ['missing.csv', 'no such file']],
		[['good.csv', '--mapping', 'customer'], 2, ['“customer”', 'customer=CustomerID']],
		[['image.csv'], 1, ['image.csv is not a CSV', 'PNG']],
		[['good.csv', '--mapping', 'customer=Client'], 1, ['“Client”', ...MADE_HEADER]]
	])('%j says why in one line on standard error', async (args, code, words) => {
		const ended = await segment(...args, '--out', 'nothing');
		expect(ended.stdout).toBe('');
		expect(ended.stderr).toMatch(/^pomelo: [^\n]+\n$/);
		for (const word of words) expect(ended.stderr).toContain(word);
		expect(ended.code).toBe(code);
	});
});

it('--help lists the options', async () => {
	const ended = await segment('--help');
	expect(ended.code).toBe(0);
	expect(ended.stdout).toContain('--date-order');
});

describe('a newer export', () => {
	const header = 'order_id,customer_id,order_date,amount';
	const line = (i: number, amount = (i % 40) + 1) =>
		`${1000 + i},${i % 60},2024-${String(1 + Math.floor(i / 60)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')},${amount}.50`;
	const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i));
	let january: Report;
	let ended: Ended;

	beforeAll(async () => {
		await write('january.csv', [header, ...lines(0, 300)].join('\n'));
		// Overlaps by 100 orders, of which one is corrected; the customers 60 to 64 are new.
		const newcomers = Array.from({ length: 5 }, (_, i) => `${9000 + i},${60 + i},2024-07-1${i},20.00`);
		await write('february.csv', [header, line(200, 999), ...lines(201, 420), ...newcomers].join('\n'));
		expect((await segment('january.csv', '--out', 'jan')).code).toBe(0);
		january = await readReport('jan');
		ended = await segment(
			...['january.csv', '--newer', 'february.csv', '--recipe', 'jan/recipe.json', '--since', 'jan'],
			...['--out', 'feb']
		);
	});

	it('counts what both have once, as the newer has it', async () => {
		expect(ended.stderr).toBe('');
		const report = await readReport('feb');
		expect(january.customers).toBe(60);
		expect(report.customers).toBe(65);
		expect(report.sources.map(({ reasons }) => reasons)).toEqual([{ superseded: 100 }, {}]);
		const { orders, revenue } = (JSON.parse(await read('feb', 'changes.json')) as ChangesFile).now;
		const plain = [...lines(0, 200), line(200, 999), ...lines(201, 420)].map((text) =>
			Number(text.split(',')[3])
		);
		expect(orders).toBe(425);
		expect(revenue).toBeCloseTo(
			plain.reduce((sum, amount) => sum + amount, 100),
			6
		);
	});

	it('says who is new and who moved since the earlier run', async () => {
		const {
			before,
			customers,
			rfm_groups: groups
		} = JSON.parse(await read('feb', 'changes.json')) as ChangesFile;
		expect(before.customers).toBe(60);
		expect(customers).toMatchObject({ new: 5, returned: 60, gone: 0, joined: 0 });
		for (const group of groups) {
			expect(group.before).toBe(group.stayed + group.left);
			expect(group.now).toBe(group.stayed + group.entered);
		}
		const moved = readCsv(await read('feb', 'moved.csv'));
		expect(moved[0]?.slice(0, 1)).toEqual(['customer_id']);
		expect(moved.filter((record) => record.at(-2) === 'Newcomer')).toHaveLength(5);
		expect(moved.length - 1).toBe(groups.reduce((sum, { entered }) => sum + entered, 0));
		expect(ended.stdout).toContain('Since the earlier run: 5 new, 60 returned');
	});

	it('refuses a newer export that is not like the older one, or of nothing', async () => {
		const cents = lines(300, 420).map((text) => text.replace(/,(\d+)\.50$/, ',$150'));
		await write('cents.csv', [header, ...cents].join('\n'));
		const drifted = await segment('january.csv', '--newer', 'cents.csv', '--out', 'none');
		expect(drifted.code).not.toBe(0);
		expect(drifted.stderr).toContain('cents.csv is not like january.csv');
		await write('people.csv', 'email,first_name,city\na@example.org,Ann,Oslo\nb@example.org,Bo,Rome\n');
		const other = await segment('january.csv', '--newer', 'people.csv', '--out', 'none');
		expect(other.code).not.toBe(0);
		expect(other.stderr).toContain(
			'people.csv (customers) is a newer export of none of these: january.csv (orders)'
		);
	});

	it('refuses an earlier run that is none', async () => {
		const none = await segment('january.csv', '--since', 'nowhere', '--out', 'none');
		expect(none.code).not.toBe(0);
		expect(none.stderr).toContain('There is no such file');
	});
});

interface ChangesFile {
	readonly before: { readonly customers: number };
	readonly now: { readonly orders: number; readonly revenue: number };
	readonly customers: Readonly<Record<string, number>>;
	readonly rfm_groups: readonly {
		before: number;
		now: number;
		stayed: number;
		entered: number;
		left: number;
	}[];
}
