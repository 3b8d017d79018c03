import { addDays, type Day } from '#lib/core/days.ts';
import { below, type Random } from '#lib/core/random.ts';
import { LAST_DAY, clock, csvOf, pick, recordOf, within, type Person } from './orders.ts';
import { PRODUCTS } from './people.ts';

const EVENT_HEADER = 'event_time,visitor_email,event,session_id,product,category,value,device,channel';
const SEND_HEADER = 'sent_at,email,campaign,action,variant';
const CAMPAIGN_HEADER = 'campaign,first_day,last_day,channel,cost,recipients,opens,clicks,orders,revenue';

/** People who put something into the cart in the last five days and left it there. */
export const CART_LEAVERS = 150;
/** People whose last order is long ago and who looked at products in the last ten days. */
export const RETURNING_BROWSERS = 120;
/** Three days without any event: the tracking was down. */
export const GAP_DAYS: readonly Day[] = ['2025-07-08', '2025-07-09', '2025-07-10'];
const VISITORS = 2_400;
const DEVICES = ['phone', 'phone', 'desktop', 'tablet'] as const;
/** What brought people to the shop, visit by visit. */
const CHANNELS = ['search', 'direct', 'social', 'search', 'email', 'direct', 'search'] as const;

/** What people did in the shop in the last 90 days. */
export function makeSampleEvents(random: Random, people: readonly Person[]): string {
	const lines: string[] = [];
	let session = 0;
	const visit = (person: Person, day: Day, steps: readonly string[]) => {
		if (GAP_DAYS.includes(day)) return;
		session += 1;
		const device = pick(random, DEVICES);
		const channel = CHANNELS[session % CHANNELS.length] ?? CHANNELS[0];
		let minute = within(random, [7 * 60, 22 * 60]);
		for (const step of steps) {
			const { name, category, price } = pick(random, PRODUCTS);
			const isAboutProduct = step !== 'page_view';
			const value = step === 'add_to_cart' ? (price / 100).toFixed(2) : '';
			const what = isAboutProduct ? [name, category, value] : ['', '', ''];
			lines.push(
				recordOf([`${day} ${clock(minute)}`, person.email, step, `v${session}`, ...what, device, channel])
			);
			minute += within(random, [1, 6]);
		}
	};
	for (let i = 0; i < VISITORS; i += 1) {
		const person = people[below(random, people.length)];
		const steps =
			random() < 0.2
				? ['page_view', 'product_view', 'add_to_cart', 'checkout']
				: ['page_view', 'product_view'];
		if (person) visit(person, addDays(LAST_DAY, -below(random, 90)), steps);
	}
	const recent = people.filter(({ segment }) => segment === 'new_faces');
	for (const person of recent.slice(0, CART_LEAVERS)) {
		visit(person, addDays(LAST_DAY, -below(random, 5)), ['product_view', 'product_view', 'add_to_cart']);
	}
	const lapsed = people.filter(({ segment }) => segment === 'one_and_done');
	for (const person of lapsed.slice(0, RETURNING_BROWSERS)) {
		visit(person, addDays(LAST_DAY, -below(random, 10)), ['page_view', 'product_view', 'product_view']);
	}
	return csvOf([EVENT_HEADER, ...lines.sort()]);
}

interface Campaign {
	readonly name: string;
	readonly day: Day;
	readonly recipients: number;
	readonly cost: string;
	/** Arms of a test, and how likely each is to be clicked. */
	readonly arms: readonly { readonly variant: string; readonly clickRate: number }[];
}

const ONE_ARM = [{ variant: '', clickRate: 0.05 }] as const;
const CAMPAIGNS: readonly Campaign[] = [
	{ name: 'Spring seeds', day: '2025-03-03', recipients: 900, cost: '120.00', arms: ONE_ARM },
	{ name: 'Mother’s Day', day: '2025-05-05', recipients: 1_000, cost: '140.00', arms: ONE_ARM },
	{ name: 'Market day', day: '2025-05-16', recipients: 700, cost: '90.00', arms: ONE_ARM },
	{
		name: 'Summer subject line test',
		day: '2025-06-20',
		recipients: 1_200,
		cost: '160.00',
		arms: [
			{ variant: 'A', clickRate: 0.04 },
			{ variant: 'B', clickRate: 0.09 }
		]
	},
	{ name: 'Come back', day: '2025-08-04', recipients: 800, cost: '110.00', arms: ONE_ARM }
];
const OPEN_RATE = 0.38;
const LEAVE_RATE = 0.004;
const BOUNCE_RATE = 0.012;

/** The messages that were sent, what came back, and the campaigns they belong to. Arm B is clicked twice as often. */
export function makeSampleSends(
	random: Random,
	people: readonly Person[]
): { readonly sends: string; readonly campaigns: string } {
	const sends: string[] = [];
	const campaigns: string[] = [];
	for (const campaign of CAMPAIGNS) {
		const counts = new Map<string, number>();
		const start = below(random, people.length);
		for (let i = 0; i < campaign.recipients; i += 1) {
			const person = people[(start + i) % people.length];
			const arm = campaign.arms[i % campaign.arms.length];
			if (!person || !arm) continue;
			let minute = 9 * 60 + below(random, 20);
			for (const action of actionsOf(random, arm.clickRate)) {
				sends.push(
					recordOf([`${campaign.day} ${clock(minute)}`, person.email, campaign.name, action, arm.variant])
				);
				counts.set(action, (counts.get(action) ?? 0) + 1);
				minute += within(random, [2, 90]);
			}
		}
		campaigns.push(renderCampaign(campaign, counts));
	}
	return { sends: csvOf([SEND_HEADER, ...sends]), campaigns: csvOf([CAMPAIGN_HEADER, ...campaigns]) };
}

function actionsOf(random: Random, clickRate: number): string[] {
	if (random() < BOUNCE_RATE) return ['sent', 'bounced'];
	if (random() >= OPEN_RATE) return ['sent'];
	if (random() < LEAVE_RATE / OPEN_RATE) return ['sent', 'opened', 'unsubscribed'];
	return random() < clickRate / OPEN_RATE ? ['sent', 'opened', 'clicked'] : ['sent', 'opened'];
}

function renderCampaign(
	{ name, day, cost, recipients }: Campaign,
	counts: ReadonlyMap<string, number>
): string {
	const clicks = counts.get('clicked') ?? 0;
	const orders = Math.round(clicks / 3);
	return recordOf([
		name,
		day,
		addDays(day, 6),
		'email',
		cost,
		String(recipients),
		String(counts.get('opened') ?? 0),
		String(clicks),
		String(orders),
		(orders * 34.5).toFixed(2)
	]);
}
