/** Scripts that are told apart. */
export type Script = 'latin' | 'cyrillic' | 'greek' | 'hebrew' | 'arabic' | 'kana' | 'han' | 'hangul';

/** How the letters of each script are recognised. */
export const SCRIPTS: readonly { readonly script: Script; readonly pattern: RegExp }[] = [
	{ script: 'latin', pattern: /\p{Script=Latin}/u },
	{ script: 'cyrillic', pattern: /\p{Script=Cyrillic}/u },
	{ script: 'greek', pattern: /\p{Script=Greek}/u },
	{ script: 'hebrew', pattern: /\p{Script=Hebrew}/u },
	{ script: 'arabic', pattern: /\p{Script=Arabic}/u },
	{ script: 'kana', pattern: /\p{Script=Hiragana}|\p{Script=Katakana}|ー/u },
	{ script: 'han', pattern: /\p{Script=Han}/u },
	{ script: 'hangul', pattern: /\p{Script=Hangul}/u }
];

/** The letters above ASCII that a language, or a family of them, uses. */
export interface Alphabet {
	/** How much a lower-case letter speaks for the language, −0.5 … 1.2. */
	readonly weight: (letter: string) => number;
	/** Letters that count fully only in some places. */
	readonly rules?: readonly LetterRule[];
}

interface LetterRule {
	readonly letters: string;
	readonly holds: (before: string, after: string) => boolean;
}

const FOREIGN = -0.5;
const isEnd = (_: string, after: string): boolean => !/\p{L}/u.test(after);
const isAfterLetter = (before: string): boolean => /\p{L}/u.test(before);
const isBeforeVowel = (_: string, after: string): boolean => /[aeiouáéíóú]/i.test(after);
const isNotEnd = (_: string, after: string): boolean => /\p{L}/u.test(after);

/** A language of Latin letters: those it uses often, and those that are rarer in it. */
function latin(common: string, rare = '', rules: readonly LetterRule[] = []): Alphabet {
	return {
		weight: (letter) => (common.includes(letter) ? 1 : rare.includes(letter) ? 0.7 : FOREIGN),
		rules
	};
}

/** A language of another script, its letters from the commonest to the rarest. */
function byFrequency(letters: string, rules: readonly LetterRule[] = []): Alphabet {
	return {
		weight: (letter) => {
			const rank = letters.indexOf(letter);
			return rank === -1 ? FOREIGN : 1.2 - (1.3 * rank) / letters.length;
		},
		rules
	};
}

const WESTERN = [
	latin('äöüß'),
	latin('éèêàçôîâëïœ', 'ûùæÿ'),
	latin('ñáéíóú', 'üªº', [{ letters: 'ñÑ', holds: isBeforeVowel }]),
	latin('ãõçáéíóúâê', 'ôàªº', [
		{ letters: 'ãÃ', holds: (before, after) => isEnd(before, after) || /[oes]/i.test(after) },
		{ letters: 'õÕ', holds: (_, after) => /e/i.test(after) }
	]),
	latin('åäöæøé', 'ü', [{ letters: 'æÆ', holds: isNotEnd }]),
	latin('àèéìòù', '', [{ letters: 'àìòù', holds: isEnd }]),
	latin('áéíóúöæ', 'ðþý')
];

const CENTRAL = [
	latin('ąćęłńóśźż'),
	latin('áčďéěíňóřšťúůýž', '', [{ letters: 'Ýý', holds: isAfterLetter }]),
	latin('áäčďéíĺľňóôŕšťúýž'),
	latin('áéíóöőúüű'),
	latin('ăâîşţ', '', [{ letters: 'â', holds: isNotEnd }]),
	latin('čćđšž'),
	latin('äöüß')
];

const TURKISH = [latin('çğıöşüi\u0307', 'âî')];

const CYRILLIC = [
	byFrequency('оеаинтсрвлкмдпуяызбгчйхжшюьцщэфъё'),
	byFrequency('оаниітверскдлумпязьбгчйхцжїюєшфщґ'),
	byFrequency('аиоентрсвлкдпмзугъябчщцжхйфшюь')
];

const GREEK = [byFrequency('αοιετσνηυρπκμλςωδγχθάίόέφήβύξζώψϊϋΐΰ', [{ letters: 'ς', holds: isEnd }])];

const HEBREW = [
	byFrequency('יוהלאמרבתשנכםדקעחפטגןסזצץךףײװױ', [
		{ letters: 'םןךףץ', holds: isEnd },
		{ letters: 'כמנפצ', holds: isNotEnd }
	])
];

const ARABIC = [byFrequency('اليمنوترةبعسدفهقكأحجشصطإخضذىزثغءئظؤآپچگژ', [{ letters: 'ةى', holds: isEnd }])];

/** The languages of each encoding of one byte. */
export const ALPHABETS: Readonly<Record<string, readonly Alphabet[]>> = {
	'windows-1252': WESTERN,
	'iso-8859-15': WESTERN,
	macintosh: WESTERN,
	'windows-1250': CENTRAL,
	'iso-8859-2': CENTRAL,
	'windows-1254': TURKISH,
	'iso-8859-9': TURKISH,
	'windows-1251': CYRILLIC,
	'koi8-r': CYRILLIC,
	'iso-8859-5': CYRILLIC,
	ibm866: CYRILLIC,
	'windows-1253': GREEK,
	'iso-8859-7': GREEK,
	'windows-1255': HEBREW,
	'windows-1256': ARABIC
};

const JAPANESE =
	'日本東京都大阪府県市区町村田中山川佐藤鈴木高橋伊渡辺小林加井上松野原島崎子郎太一二三番地株式会社商品名注文数量価格金額円氏住所電話様横浜屋古福岡札幌北海道神奈千葉埼玉配送先茶合計花美真';

/** Characters that names, addresses and orders of a language are full of. */
export const COMMON_CHARACTERS: Readonly<Record<string, string>> = {
	shift_jis: JAPANESE,
	'euc-jp': JAPANESE,
	gb18030:
		'的一是不了在人有中大上国个到为子和地出年时会生家学小天日成文方公同三民高市王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋娜伟静明区路号楼省县街村北京海广州深圳江南东西湖山河商品名称订单客户姓址电话数量价格金额元付款状态备注茶叶',
	big5: '的一是不了在人有中大上國個到為子和地出年時會生家學小天日成文方公同三民高市王李張劉陳楊趙黃周吳徐孫胡朱林何郭馬羅梁宋怡君志玲雅婷台灣北南東西新雄縣區路號樓街段巷山商品名稱訂單客戶姓址電話數量價格金額元付款狀態備註茶葉',
	'euc-kr':
		'이김박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변여추도소석선설마길연위표명기반왕금옥인제모울부산대광세종경충북라상시군읍면동리로번호층품수량가격액배송객름화특별영희커피녹은는을를의에가들'
};
