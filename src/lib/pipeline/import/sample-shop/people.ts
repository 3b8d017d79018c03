/** Given and family names for people who do not exist. */
export const GIVEN_NAMES = [
	'Ada',
	'Amir',
	'Anouk',
	'Beatriz',
	'Bruno',
	'Chloé',
	'Daan',
	'Dilek',
	'Elena',
	'Emeka',
	'Farah',
	'Finn',
	'Gloria',
	'Hanna',
	'Hugo',
	'Ines',
	'Ivo',
	'Jana',
	'Jonas',
	'Kofi',
	'Lea',
	'Liam',
	'Lucía',
	'Marek',
	'Maya',
	'Mira',
	'Nils',
	'Noor',
	'Olga',
	'Oscar',
	'Pavel',
	'Priya',
	'Rosa',
	'Sami',
	'Sofia',
	'Tariq',
	'Tess',
	'Umar',
	'Vera',
	'Zoë'
] as const;

export const FAMILY_NAMES = [
	'Abara',
	'Andersen',
	'Bakker',
	'Becker',
	'Costa',
	'Demir',
	'Dubois',
	'Eriksen',
	'Ferrari',
	'Fischer',
	'García',
	'Hansen',
	'Haddad',
	'Ivanova',
	'Jansen',
	'Kaya',
	'Keller',
	'Kowalski',
	'Laurent',
	'Lindqvist',
	'Marino',
	'Mensah',
	'Moreau',
	'Müller',
	'Nowak',
	'Okafor',
	'Olsen',
	'Patel',
	'Petrov',
	'Quinn',
	'Rossi',
	'Sánchez',
	'Schmidt',
	'Silva',
	'Smith',
	'Svensson',
	'Tanaka',
	'Visser',
	'Walsh',
	'Yilmaz'
] as const;

/** Countries with the share of customers who live there. */
export const COUNTRIES = [
	{ name: 'United Kingdom', share: 0.55 },
	{ name: 'Germany', share: 0.15 },
	{ name: 'France', share: 0.12 },
	{ name: 'Netherlands', share: 0.08 },
	{ name: 'Spain', share: 0.06 },
	{ name: 'Ireland', share: 0.04 }
] as const;

/** Something the shop sells; the price is in hundredths. */
export interface Product {
	readonly name: string;
	readonly category: string;
	readonly price: number;
}

/** Things a shop for plants and tableware sells, with prices in hundredths; cheap ones first. */
export const PRODUCTS: readonly [Product, ...Product[]] = [
	{ name: 'Seed Packet, Basil', category: 'Garden', price: 295 },
	{ name: 'Postcard "Fern"', category: 'Paper', price: 250 },
	{ name: 'Beeswax Candle', category: 'Home', price: 650 },
	{ name: 'Linen Napkin', category: 'Kitchen', price: 790 },
	{ name: 'Enamel Cup', category: 'Tableware', price: 895 },
	{ name: 'Plant Mister', category: 'Garden', price: 1150 },
	{ name: 'Herb Scissors', category: 'Kitchen', price: 1290 },
	{ name: 'Terracotta Pot, small', category: 'Garden', price: 1395 },
	{ name: 'Speckled Mug', category: 'Tableware', price: 1450 },
	{ name: 'Oak Spoon', category: 'Kitchen', price: 1575 },
	{ name: 'Tea Towel, set of 2', category: 'Kitchen', price: 1690 },
	{ name: 'Hanging Planter', category: 'Garden', price: 2250 },
	{ name: 'Stoneware Bowl', category: 'Tableware', price: 2490 },
	{ name: 'Canvas Apron', category: 'Kitchen', price: 2950 },
	{ name: 'Watering Can', category: 'Garden', price: 3490 },
	{ name: 'Serving Board', category: 'Kitchen', price: 4250 },
	{ name: 'Terrarium', category: 'Home', price: 5900 },
	{ name: 'Dinner Plates, set of 4', category: 'Tableware', price: 7250 },
	{ name: 'Olive Tree', category: 'Garden', price: 8900 },
	{ name: 'Cast Iron Pot', category: 'Kitchen', price: 12900 },
	{ name: 'Garden Chair', category: 'Garden', price: 14500 },
	{ name: 'Raised Bed', category: 'Garden', price: 18900 }
];
