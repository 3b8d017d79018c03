import { describe, expect, test } from 'vitest';
import { proposeKind } from './propose-kind.ts';
import { columnKind } from './value-kind.ts';

/** The kind of a file given as lines of cells parted by commas, the first with the names. */
function kindOf(...lines: readonly string[]): string {
	const [names = [], ...records] = lines.map((line) => line.split(',').map((cell) => cell.trim()));
	const columns = names.map((name, index) => {
		const cells = records.map((record) => record[index] ?? '');
		const filled = cells.filter((cell) => cell !== '').length / Math.max(1, cells.length);
		return { name, index, kind: columnKind(cells), filled };
	});
	return proposeKind(columns, records);
}

/** Lines of a file in which the first cell is a new number in every row. */
const numbered = (count: number, rest: string) => Array.from({ length: count }, (_, i) => `${i + 1},${rest}`);

describe('proposeKind', () => {
	test.each([
		['order_id,customer_id,date,total', '1,a,2025-03-01,30'],
		[
			'InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID',
			'536365,85123A,6,2010-12-01,2.55,17850'
		],
		['Bestellnummer,Bestelldatum,Kunde,Gesamtbetrag', '1,01.03.2025,anna@example.com,"12,50"'],
		['email,created', 'a@example.com,2025-03-01'],
		['email,first name,last name,date,total', 'a@example.com,Anna,Hall,2025-03-01,30'],
		['customer_id,date,amount', 'a,2025-03-01,30'],
		['Date,Item,Qty,Price', '2025-03-01,Mug,2,9.50'],
		[
			'Date,Time,Name,Type,Status,Gross,From Email Address',
			'1/3/2025,10:00,A,Payment,Completed,5.00,a@example.com'
		],
		['Date,Net Sales,Transaction ID,Event Type,Customer ID', '2025-03-01,$5.00,SQ1,Payment,C1'],
		[
			'ID,Purchase Date,Bill-to Name,Grand Total (Base),Action',
			'1,Jan 5 2025 3:15:00 PM,Anna Hall,$5.00,View'
		],
		['Numer,Data zakupu,Nabywca,Kwota', '17/a,2025-03-01,Anna Hall,12.50']
	])('orders: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('orders');
	});

	test.each([
		['PLZ,Ort,Gebiet,Land', '1010,Wien,Ost,AT', '6020,Innsbruck,West,AT'],
		['zip,state', '10001,NY', '94105,CA'],
		['id,postcode,city', ...numbered(20, '').map((line, i) => `${line}${1000 + i},Town ${i}`)],
		['code postal,commune', '75001,Paris', '69001,Lyon']
	])('postcodes and where they are: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('places');
	});

	test.each([
		['customer_id,postcode,city', 'c-17,1010,Wien', 'c-18,6020,Innsbruck'],
		['email,zip,state', 'a@example.com,10001,NY', 'b@example.com,94105,CA'],
		['first name,zip,city', 'Anna,10001,New York', 'Bo,94105,San Francisco'],
		['address,zip,city', '1 Main Street,10001,New York', '2 Low Road,94105,San Francisco'],
		['gender,zip,city', 'f,10001,New York', 'm,94105,San Francisco'],
		['date,zip,city', '2025-03-01,10001,New York', '2025-03-02,94105,San Francisco'],
		['zip,city,amount', '10001,New York,12.50', '94105,San Francisco,8.00'],
		['zip,city,users', '10001,New York,12', '94105,San Francisco,8'],
		['zip,city', '10001,New York', '10001,New York', '94105,San Francisco'],
		['zip,product', '10001,Mug', '94105,Cup']
	])('no table of postcodes: %s', (...lines) => {
		expect(kindOf(...lines)).not.toBe('places');
	});

	test('orders by values alone, or without a date', () => {
		const dated = ['17,2025-03-01', '18,2025-03-01', '17,2025-03-02', '19,2025-03-04'];
		expect(kindOf('id,date', ...dated)).toBe('orders');
		expect(kindOf('column 1,column 2', ...dated)).toBe('orders');
		expect(kindOf('customer,amount', 'a,12.50', 'b,8.00', 'a,30.25')).toBe('orders');
	});

	test.each([
		[
			'Customer ID,First Name,Email,Accepts Email Marketing,Total Spent,Total Orders',
			'7,Anna,a@example.com,no,0.00,0'
		],
		[
			'Email Address,First Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED',
			'a@example.com,Anna,2,2024-03-01,2025-01-02'
		],
		[
			'Record ID,Email,Create Date,Last Activity Date,Marketing contact status',
			'1,a@example.com,2024-03-12,,Marketing'
		],
		[
			'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV',
			'A,a,2025-03-01,2024-03-01,a@example.com,2,9.50,4.75'
		],
		['email,created_at,dob,firstname,gender,group_id', 'a@example.com,2024-03-01,1980-01-01,Anna,Female,1'],
		[
			'customerID,gender,tenure,PhoneService,MonthlyCharges,TotalCharges,Churn',
			'7590-VHVEG,Female,1,No,29.85,29.85,No'
		],
		['CustomerID,Genre,Age,Annual_Income,Spending_Score', '1,Male,19,15,39'],
		['CustomerId,Channel,Region,Fresh,Milk,Grocery', '1,2,3,12669,9656,7561'],
		['userid,version,sum_gamerounds,retention_1,retention_7', '116,gate_30,3,FALSE,FALSE'],
		['customer_id,signup date,revenue', 'a,2025-03-01,30'],
		['rec_id,given_name,surname,postcode,date_of_birth', 'rec-1-org,Anna,Hall,4011,19081209']
	])('customers: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('customers');
	});

	test('customers by a key with no value twice', () => {
		expect(kindOf('ID,frequency,recency,T', ...numbered(30, '2,30.43,38.86'))).toBe('customers');
		expect(
			kindOf('ID,Year_Birth,Income,Dt_Customer,Response', ...numbered(30, '1957,58138,04-09-2012,1'))
		).toBe('customers');
	});

	test.each([
		[
			'event_time,event_type,product_id,price,user_id,user_session',
			'2019-10-01,view,4,35.79,5,a',
			'2019-10-01,cart,4,35.79,5,a'
		],
		[
			'timestamp,visitorid,event,itemid,transactionid',
			'2015-06-02,257597,view,355908,',
			'2015-06-03,3,addtocart,4,'
		],
		['User ID,Event name,Date', '7,song_played,2025-03-01']
	])('events: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('events');
	});

	test.each([
		[
			'Email,Campaign,Sent at,Status',
			'a@example.com,Spring,2025-03-01,opened',
			'b@example.com,Spring,2025-03-01,bounced'
		],
		['customer_id,campaign,send_date,opens,clicks', '7,Spring,2025-03-01,1,0'],
		[
			'recipient email,event,timestamp',
			'a@example.com,delivered,2025-03-01',
			'b@example.com,clicked,2025-03-01'
		]
	])('sends: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('sends');
	});

	test.each([
		[
			'Campaign Name,Subject,Send Time,Total Recipients,Unique Opens,Revenue',
			'Spring,Hello,2025-03-01,1000,200,90.00'
		],
		[
			'Campaign name,Amount spent (USD),Impressions,Link clicks,Reporting starts',
			'Spring,12.50,900,12,2025-03-01'
		],
		['Account ID,Campaign,Cost,Impr.,Clicks', '77,Spring,12.50,900,12'],
		['Kampagne,Kosten,Impressionen,Klicks', 'Herbst,"12,50",900,12']
	])('campaigns: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('campaigns');
	});

	test.each([
		['Customer ID,Submitted at,NPS,Comment', '7,2025-03-01,9,Lovely'],
		['email,question,answer', 'a@example.com,Where did you hear of us?,A friend'],
		['Email,How likely are you to recommend us?,Submit Date (UTC)', 'a@example.com,9,2025-03-01'],
		['order number,customer email,CSAT,date', '1,a@example.com,80,2025-03-01']
	])('survey: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('survey');
	});

	test.each([
		['Session primary channel group,Date,Users,Sessions,Engagement rate', 'Direct,20240416,237,300,0.48'],
		['Month,Spend', '2025-01,1000'],
		['Date,Revenue,Orders', '2025-01-01,1000,17'],
		['MarketID,MarketSize,LocationID,Promotion,week,Gross Sales', '1,Medium,1,3,1,337300.00'],
		[
			'recency,history,mens,womens,zip_code,channel,segment,visit,spend',
			'10,142.44,1,0,Surburban,Phone,Womens E-Mail,0,0'
		],
		['x1,x2,label', '14.23,1.71,2'],
		['id,column 2', '1,2']
	])('report: %s', (...lines) => {
		expect(kindOf(...lines)).toBe('report');
	});
});
