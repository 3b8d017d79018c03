import { describe, expect, test } from 'vitest';
import { encodeText } from '../../../../tests/support/encode-text.ts';
import { textDecoding } from './decode-text.ts';
import { guessEncoding } from './guess-encoding.ts';
import type { EncodingName } from './schema.ts';

/** A dozen words of each language, as they stand in exports, and the encodings that they are written in. */
const LANGUAGES: readonly (readonly [language: string, words: string, ...EncodingName[]])[] = [
	['French', 'François;Hélène;Crème brûlée;Noël;Île-de-France;déjà vu;l’été;à', 'windows-1252', 'macintosh'],
	['German', 'Müller;Größe;Straße;Köln;Österreich;Süßwaren;Käse', 'windows-1252', 'iso-8859-15', 'macintosh'],
	['Spanish', 'Muñoz;Peña;José;Íñigo;Ángel;Córdoba;¿Qué?;Málaga', 'windows-1252', 'macintosh'],
	['Portuguese', 'João;São Paulo;Conceição;Gonçalves;Maçã;não', 'windows-1252', 'macintosh'],
	['Swedish', 'Åsa;Örebro;Malmö;Björk;Ängelholm;Västerås', 'windows-1252', 'macintosh'],
	['Danish', 'Søren;København;Ærø;Århus;Bjørn;Kjær', 'windows-1252'],
	['Icelandic', 'Þórður;Reykjavík;Guðrún;Ísafjörður;Ólafur;Jón', 'windows-1252'],
	['English', 'don’t;“quoted”;£12.00;Beyoncé;50 – 60;€ 5', 'windows-1252'],
	['Polish', 'Łukasz;Wałęsa;Gdańsk;Kraków;Łódź;Żółć;Paweł', 'windows-1250', 'iso-8859-2'],
	['Czech', 'Dvořák;Plzeň;Ústí;Kateřina;Žižka;Šárka;Říčany;Tomáš', 'windows-1250', 'iso-8859-2'],
	['Hungarian', 'Nagy László;Győr;Kőszegi;Erdős;Szűcs;Ágnes;Zoltán', 'windows-1250', 'iso-8859-2'],
	['Romanian', 'Bucureşti;Iaşi;Timişoara;Brâncuşi;Constanţa;Română', 'windows-1250', 'iso-8859-2'],
	['Croatian', 'Đorđe;Šibenik;Čačak;Ćosić;Živković;Kovačević', 'windows-1250', 'iso-8859-2'],
	[
		'Russian',
		'Иванов;Москва;Анна;Сергей;Чай зелёный;улица',
		'windows-1251',
		'koi8-r',
		'iso-8859-5',
		'ibm866'
	],
	['Ukrainian', 'Київ;Львів;Олена;Шевченко;Юлія;Запоріжжя', 'windows-1251'],
	['Greek', 'Αθήνα;Θεσσαλονίκη;Γιώργος;Ελένη;Νίκος;Άννα', 'windows-1253', 'iso-8859-7'],
	['Turkish', 'İstanbul;Şahin;Ağaoğlu;Işık;Çelik;Öztürk;Yıldız', 'windows-1254', 'iso-8859-9'],
	['Hebrew', 'ירושלים;תל אביב;משה;שרה;דוד כהן;חיפה', 'windows-1255'],
	['Arabic', 'القاهرة;محمد;فاطمة;الرياض;أحمد;دبي', 'windows-1256'],
	['Japanese', '田中太郎;東京都渋谷区;カタカナ;ひらがな;株式会社', 'shift_jis', 'euc-jp'],
	['Chinese', '北京;上海;王小明;李娜;广州市天河区;商品名称', 'gb18030'],
	['Taiwanese', '台北市;陳怡君;林志玲;訂單;商品名稱;張雅婷', 'big5'],
	['Korean', '서울특별시;김민수;이영희;부산;박지성;주문번호', 'euc-kr']
];

const CASES = LANGUAGES.flatMap(([language, words, ...encodings]) =>
	encodings.map((encoding) => ({ language, words: words.replaceAll(';', '\n'), encoding }))
);

describe('guessEncoding', () => {
	test.each(CASES)('reads $language in $encoding', ({ words, encoding }) => {
		const bytes = encodeText(words, encoding);
		expect(textDecoding(guessEncoding(bytes)).decode(bytes)).toBe(words);
	});

	test.each(CASES)('reads three words of $language in $encoding', ({ language, words, encoding }) => {
		const few = words.split('\n').slice(0, 3).join('\n');
		const bytes = encodeText(few, encoding);
		expect(textDecoding(guessEncoding(bytes)).decode(bytes), language).toBe(few);
	});

	test('says Windows-1252 when nothing speaks for another', () => {
		expect(guessEncoding(new Uint8Array(0))).toBe('windows-1252');
		expect(guessEncoding(Uint8Array.of(0x5a, 0x6f, 0xeb))).toBe('windows-1252');
		expect(guessEncoding(Uint8Array.of(0x31, 0x20, 0x80))).toBe('windows-1252');
	});
});
