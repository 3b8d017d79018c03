/**
 * Countries and territories of ISO 3166-1, one per line: alpha-2 | alpha-3 | English name | other names. The English names are
 * those in common use; the others are official and endonymous ones, those in German, French, Spanish and Italian (Unicode
 * CLDR), the codes of the International Olympic Committee where they differ, and what shops write. Names that two countries
 * share stand nowhere. England, Scotland, Wales and Northern Ireland have no code of their own. XK is not assigned by ISO, and
 * used for Kosovo by the European Commission.
 */
export const COUNTRIES = `
AD|AND|Andorra|Andorre
AE|ARE|United Arab Emirates|UAE;Emirates;الإمارات العربية المتحدة;Vereinigte Arabische Emirate;Émirats arabes unis;Emiratos Árabes Unidos;Emirati Arabi Uniti
AF|AFG|Afghanistan|افغانستان;Afganistán
AG|ATG|Antigua and Barbuda|Antigua und Barbuda;Antigua-et-Barbuda;Antigua y Barbuda;Antigua e Barbuda
AI|AIA|Anguilla|Anguila
AL|ALB|Albania|Shqipëri;Albanien;Albanie
AM|ARM|Armenia|Հայաստան;Armenien;Arménie
AO|AGO|Angola|
AQ|ATA|Antarctica|Antarktis;Antarctique;Antártida;Antartide
AR|ARG|Argentina|Argentinien;Argentine
AS|ASM|American Samoa|Amerikanisch-Samoa;Samoa américaines;Samoa Americana;Samoa Americane
AT|AUT|Austria|Republic of Austria;Österreich;Autriche
AU|AUS|Australia|Commonwealth of Australia;Australien;Australie
AW|ABW|Aruba|
AX|ALA|Åland Islands|Åland;Ålandinseln;Îles Åland;Islas Aland;Isole Åland
AZ|AZE|Azerbaijan|Azərbaycan;Aserbaidschan;Azerbaïdjan;Azerbaiyán;Azerbaigian
BA|BIH|Bosnia and Herzegovina|Bosnia;Bosna i Hercegovina;Босна и Херцеговина;Bosnien und Herzegowina;Bosnie-Herzégovine;Bosnia y Herzegovina;Bosnia ed Erzegovina
BB|BRB|Barbados|Barbade
BD|BGD|Bangladesh|বাংলাদেশ;Bangladesch;Bangladés
BE|BEL|Belgium|Kingdom of Belgium;België;Belgique;Belgien;Bélgica;Belgio
BF|BFA|Burkina Faso|
BG|BGR|Bulgaria|BUL;България;Bulgarien;Bulgarie
BH|BHR|Bahrain|البحرين;Bahreïn;Baréin
BI|BDI|Burundi|Uburundi
BJ|BEN|Benin|
BL|BLM|Saint Barthélemy|San Bartolomé
BM|BMU|Bermuda|Bermudes;Bermudas
BN|BRN|Brunei|Brunei Darussalam
BO|BOL|Bolivia|Plurinational State of Bolivia;Bolivien;Bolivie;Bolivia, Plurinational State of
BQ|BES|Caribbean Netherlands|Karibische Niederlande;Pays-Bas caribéens;Caribe neerlandés;Caraibi Olandesi;Bonaire, Sint Eustatius and Saba
BR|BRA|Brazil|Brasil;Brasilien;Brésil;Brasile
BS|BHS|Bahamas|
BT|BTN|Bhutan|འབྲུག;Bhoutan;Bután
BV|BVT|Bouvet Island|Bouvetøya;Bouvetinsel;Île Bouvet;Isla Bouvet;Isola Bouvet
BW|BWA|Botswana|Botsuana
BY|BLR|Belarus|Беларусь;Biélorussie;Bielorrusia;Bielorussia
BZ|BLZ|Belize|Belice
CA|CAN|Canada|Kanada
CC|CCK|Cocos Islands|Keeling Islands;Cocos (Keeling) Islands;Kepulauan Cocos;Kokosinseln;Îles Cocos;Islas Cocos;Isole Cocos
CD|COD|Democratic Republic of the Congo|DR Congo;DRC;Congo Kinshasa;Zaire;Congo Democratic Republic;Kongo-Kinshasa;República Democrática del Congo;Congo, The Democratic Republic of the
CF|CAF|Central African Republic|Ködörösêse tî Bêafrîka;Zentralafrikanische Republik;République centrafricaine;República Centroafricana;Repubblica Centrafricana
CG|COG|Republic of the Congo|Congo Brazzaville;Congo Republic;Kongo-Brazzaville;Congo
CH|CHE|Switzerland|SUI;Swiss Confederation;Svizra;Schweiz;Suisse;Svizzera;Suiza
CI|CIV|Ivory Coast|Côte d’Ivoire;Costa d’Avorio
CK|COK|Cook Islands|Cookinseln;Îles Cook;Islas Cook;Isole Cook
CL|CHL|Chile|CHI;Chili;Cile
CM|CMR|Cameroon|Cameroun;Kamerun;Camerún
CN|CHN|China|PRC;People’s Republic of China;Mainland China;中国;Chine;Cina
CO|COL|Colombia|Kolumbien;Colombie
CR|CRI|Costa Rica|CRC
CU|CUB|Cuba|Kuba
CV|CPV|Cape Verde|Cabo Verde;Cap-Vert;Capo Verde
CW|CUW|Curaçao|Curazao
CX|CXR|Christmas Island|Weihnachtsinsel;Île Christmas;Isla de Navidad;Isola Christmas
CY|CYP|Cyprus|Republic of Cyprus;Κύπρος;Kıbrıs;Zypern;Chypre;Chipre;Cipro
CZ|CZE|Czechia|Czech Republic;Ceska republika;Tschechische Republik;Česko;Tschechien;Tchéquie;Chequia;Cechia
DE|DEU|Germany|GER;Federal Republic of Germany;BRD;Bundesrepublik Deutschland;Deutschland;Allemagne;Alemania;Germania
DJ|DJI|Djibouti|Dschibuti;Yibuti;Gibuti
DK|DNK|Denmark|DEN;Danmark;Dänemark;Dinamarca;Danimarca
DM|DMA|Dominica|Dominique
DO|DOM|Dominican Republic|República Dominicana;Dominikanische Republik;République dominicaine;Repubblica Dominicana
DZ|DZA|Algeria|الجزائر;Algérie;Algerien;Argelia
EC|ECU|Ecuador|Équateur
EE|EST|Estonia|Eesti;Estland;Estonie
EG|EGY|Egypt|مصر;Ägypten;Égypte;Egipto;Egitto
EH|ESH|Western Sahara|الصحراء الغربية;Westsahara;Sahara occidental;Sahara Occidentale
ER|ERI|Eritrea|ኤርትራ;Érythrée
ES|ESP|Spain|Kingdom of Spain;España;Espanya;Espainia;Spanien;Espagne;Spagna
ET|ETH|Ethiopia|ኢትዮጵያ;Äthiopien;Éthiopie;Etiopía
FI|FIN|Finland|Republic of Finland;Suomi;Finnland;Finlande;Finlandia
FJ|FJI|Fiji|Fiji Islands;Fidschi;Fidji;Fiyi;Figi
FK|FLK|Falkland Islands|Falkland Islands Malvinas;Falklandinseln;Îles Malouines;Islas Malvinas;Isole Falkland
FM|FSM|Micronesia|Federated States of Micronesia;Mikronesien;Micronésie;Micronesia, Federated States of
FO|FRO|Faroe Islands|Føroyar;Færøerne;Färöer;Îles Féroé;Islas Feroe;Isole Fær Øer
FR|FRA|France|Frankreich;Francia
GA|GAB|Gabon|Gabun
GB|GBR|United Kingdom|UK;Great Britain;Britain;England;Scotland;Wales;Northern Ireland;United Kingdom of Great Britain and Northern Ireland;Großbritannien;Grande-Bretagne;Gran Bretaña;Vereinigtes Königreich;Inghilterra;Y Deyrnas Unedig;Royaume-Uni;Reino Unido;Regno Unito
GD|GRD|Grenada|Grenade;Granada
GE|GEO|Georgia|საქართველო;Georgien;Géorgie
GF|GUF|French Guiana|Guyane française;Französisch-Guayana;Guayana Francesa;Guyana Francese
GG|GGY|Guernsey|Guernesey
GH|GHA|Ghana|Gaana
GI|GIB|Gibraltar|Gibilterra
GL|GRL|Greenland|Kalaallit Nunaat;Grønland;Grönland;Groenland;Groenlandia
GM|GMB|Gambia|Gambie
GN|GIN|Guinea|Guinée
GP|GLP|Guadeloupe|Guadalupe;Guadalupa
GQ|GNQ|Equatorial Guinea|Guinea Ecuatorial;Äquatorialguinea;Guinée équatoriale;Guinea Equatoriale
GR|GRC|Greece|GRE;Hellas;Hellenic Republic;EL;Ελλάδα;Griechenland;Grèce;Grecia
GS|SGS|South Georgia and the South Sandwich Islands|South Georgia & South Sandwich Islands;Südgeorgien und die Südlichen Sandwichinseln;Géorgie du Sud-et-les Îles Sandwich du Sud;Islas Georgia del Sur y Sandwich del Sur;Georgia del Sud e Sandwich Australi
GT|GTM|Guatemala|
GU|GUM|Guam|
GW|GNB|Guinea-Bissau|Guiné-Bissau;Guinée-Bissau;Guinea-Bisáu
GY|GUY|Guyana|
HK|HKG|Hong Kong|Hong Kong SAR;Hongkong;Hong Kong SAR China;中國香港特別行政區;Sonderverwaltungsregion Hongkong;R.A.S. chinoise de Hong Kong;RAE de Hong Kong;RAS di Hong Kong
HM|HMD|Heard and McDonald Islands|Heard und McDonaldinseln;Îles Heard-et-MacDonald;Islas Heard y McDonald;Isole Heard e McDonald;Heard Island and McDonald Islands
HN|HND|Honduras|
HR|HRV|Croatia|CRO;Hrvatska;Kroatien;Croatie;Croacia;Croazia
HT|HTI|Haiti|
HU|HUN|Hungary|Magyarország;Ungarn;Hongrie;Hungría;Ungheria
ID|IDN|Indonesia|INA;Indonesien;Indonésie
IE|IRL|Ireland|EIRE;Republic of Ireland;Southern Ireland;Irland;Irlande;Irlanda
IL|ISR|Israel|State of Israel;ישראל;Israele
IM|IMN|Isle of Man|Île de Man;Isla de Man;Isola di Man
IN|IND|India|Bharat;Republic of India;भारत;Indien;Inde
IO|IOT|British Indian Ocean Territory|Britisches Territorium im Indischen Ozean;Territoire britannique de l’océan Indien;Territorio Británico del Océano Índico;Territorio Britannico dell’Oceano Indiano
IQ|IRQ|Iraq|العراق;Irak
IR|IRN|Iran|Islamic Republic of Iran;Persia;ایران;Iran, Islamic Republic of
IS|ISL|Iceland|Ísland;Islande;Islandia;Islanda
IT|ITA|Italy|Italia;Italien;Italie
JE|JEY|Jersey|
JM|JAM|Jamaica|Jamaika;Jamaïque;Giamaica
JO|JOR|Jordan|الأردن;Jordanien;Jordanie;Jordania;Giordania
JP|JPN|Japan|Nippon;日本;Japon;Giappone
KE|KEN|Kenya|Kenia
KG|KGZ|Kyrgyzstan|Кыргызстан;Kirgisistan;Kirghizstan;Kirguistán;Kirghizistan
KH|KHM|Cambodia|កម្ពុជា;Kambodscha;Cambodge;Camboya;Cambogia
KI|KIR|Kiribati|
KM|COM|Comoros|جزر القمر;Komoren;Comores;Comoras;Comore
KN|KNA|Saint Kitts and Nevis|St. Kitts und Nevis;Saint-Christophe-et-Niévès;San Cristóbal y Nieves;Saint Kitts e Nevis
KP|PRK|North Korea|DPRK;Democratic People’s Republic of Korea;Korea North;북한;Nordkorea;Corée du Nord;Corea del Norte;Corea del Nord;Korea, Democratic People's Republic of
KR|KOR|South Korea|Korea;Republic of Korea;Korea South;ROK;Korea Republic of;대한민국;Südkorea;Corée du Sud;Corea del Sur;Corea del Sud
KW|KWT|Kuwait|الكويت;Koweït
KY|CYM|Cayman Islands|Caymans;Kaimaninseln;Îles Caïmans;Islas Caimán;Isole Cayman
KZ|KAZ|Kazakhstan|Казахстан;Kasachstan;Kazajistán;Kazakistan
LA|LAO|Laos|Lao People’s Democratic Republic;Lao PDR;ລາວ
LB|LBN|Lebanon|لبنان;Libanon;Liban;Líbano
LC|LCA|Saint Lucia|Sainte-Lucie;Santa Lucía
LI|LIE|Liechtenstein|
LK|LKA|Sri Lanka|ශ්‍රී ලංකාව
LR|LBR|Liberia|
LS|LSO|Lesotho|Lesoto
LT|LTU|Lithuania|Lietuva;Litauen;Lituanie;Lituania
LU|LUX|Luxembourg|Luxemburg;Lëtzebuerg;Luxemburgo;Lussemburgo
LV|LVA|Latvia|LAT;Latvija;Lettland;Lettonie;Letonia;Lettonia
LY|LBY|Libya|ليبيا;Libyen;Libye;Libia
MA|MAR|Morocco|المغرب;Maroc;Marokko;Marruecos;Marocco
MC|MCO|Monaco|
MD|MDA|Moldova|Republic of Moldova;Republica Moldova;Republik Moldau;Moldavie;Moldavia;Moldova, Republic of
ME|MNE|Montenegro|Црна Гора
MF|MAF|Saint Martin|San Martín
MG|MDG|Madagascar|Madagasikara;Madagaskar
MH|MHL|Marshall Islands|Marshallinseln;Îles Marshall;Islas Marshall;Isole Marshall
MK|MKD|North Macedonia|Macedonia;FYROM;Северна Македонија;Nordmazedonien;Macédoine du Nord;Macedonia del Norte;Macedonia del Nord
ML|MLI|Mali|
MM|MMR|Myanmar|Burma;မြန်မာ
MN|MNG|Mongolia|Монгол;Mongolei;Mongolie
MO|MAC|Macao|Macau;Macao SAR China;中國澳門特別行政區;Macau, RAE da China;Sonderverwaltungsregion Macau;R.A.S. chinoise de Macao;RAE de Macao;RAS di Macao
MP|MNP|Northern Mariana Islands|Nördliche Marianen;Îles Mariannes du Nord;Islas Marianas del Norte;Isole Marianne Settentrionali
MQ|MTQ|Martinique|Martinica
MR|MRT|Mauritania|موريتانيا;Mauretanien;Mauritanie
MS|MSR|Montserrat|
MT|MLT|Malta|Malte
MU|MUS|Mauritius|Maurice;Mauricio
MV|MDV|Maldives|Malediven;Maldivas;Maldive
MW|MWI|Malawi|Malaui
MX|MEX|Mexico|Estados Unidos Mexicanos;Mexiko;Mexique;Messico
MY|MYS|Malaysia|MAS;Malaisie;Malasia
MZ|MOZ|Mozambique|Moçambique;Mosambik;Mozambico
NA|NAM|Namibia|Namibië
NC|NCL|New Caledonia|Nouvelle-Calédonie;Neukaledonien;Nueva Caledonia;Nuova Caledonia
NE|NER|Niger|Nijar
NF|NFK|Norfolk Island|Norfolkinsel;Île Norfolk;Isla Norfolk;Isola Norfolk
NG|NGA|Nigeria|
NI|NIC|Nicaragua|
NL|NLD|Netherlands|NED;Holland;Nederland;Niederlande;Pays-Bas;Países Bajos;Paesi Bassi
NO|NOR|Norway|Norge;Noreg;Norwegen;Norvège;Noruega;Norvegia
NP|NPL|Nepal|नेपाल
NR|NRU|Nauru|
NU|NIU|Niue|
NZ|NZL|New Zealand|Aotearoa;Neuseeland;Nouvelle-Zélande;Nueva Zelanda;Nuova Zelanda
OM|OMN|Oman|عُمان
PA|PAN|Panama|
PE|PER|Peru|Pérou
PF|PYF|French Polynesia|Polynésie française;Französisch-Polynesien;Polinesia Francesa;Polinesia Francese
PG|PNG|Papua New Guinea|Papua-Neuguinea;Papouasie-Nouvelle-Guinée;Papúa Nueva Guinea;Papua Nuova Guinea
PH|PHL|Philippines|PHI;Pilipinas;Philippinen;Filipinas;Filippine
PK|PAK|Pakistan|پاکستان
PL|POL|Poland|Polska;Polen;Pologne;Polonia
PM|SPM|Saint Pierre and Miquelon|Saint-Pierre-et-Miquelon;St. Pierre und Miquelon;San Pedro y Miquelón;Saint-Pierre e Miquelon
PN|PCN|Pitcairn Islands|Pitcairninseln;Îles Pitcairn;Islas Pitcairn;Isole Pitcairn;Pitcairn
PR|PRI|Puerto Rico|Puerto Rico US;Porto Rico;Portorico
PS|PSE|Palestine|State of Palestine;Palestinian Territories;الأراضي الفلسطينية;Palästinensische Autonomiegebiete;Territoires palestiniens;Territorios Palestinos;Territori Palestinesi;Palestine, State of
PT|PRT|Portugal|POR;Portogallo
PW|PLW|Palau|Palaos
PY|PRY|Paraguay|PAR
QA|QAT|Qatar|قطر;Katar;Catar
RE|REU|Réunion|La Réunion;Riunione
RO|ROU|Romania|Rumänien;Roumanie;Rumanía
RS|SRB|Serbia|Србија;Srbija;Serbien;Serbie
RU|RUS|Russia|Russian Federation;Россия;Russland;Russie;Rusia
RW|RWA|Rwanda|U Rwanda;Ruanda
SA|SAU|Saudi Arabia|KSA;Kingdom of Saudi Arabia;المملكة العربية السعودية;Saudi-Arabien;Arabie saoudite;Arabia Saudí;Arabia Saudita
SB|SLB|Solomon Islands|Salomonen;Îles Salomon;Islas Salomón;Isole Salomone
SC|SYC|Seychelles|Seychellen
SD|SDN|Sudan|السودان;Soudan
SE|SWE|Sweden|Kingdom of Sweden;Sverige;Schweden;Suède;Suecia;Svezia
SG|SGP|Singapore|Singapura;Singapur;Singapour
SH|SHN|Saint Helena|Sainte-Hélène;Santa Elena;Sant’Elena;Saint Helena, Ascension and Tristan da Cunha
SI|SVN|Slovenia|SLO;Slovenija;Slowenien;Slovénie;Eslovenia
SJ|SJM|Svalbard and Jan Mayen|Svalbard og Jan Mayen;Spitzbergen und Jan Mayen;Svalbard et Jan Mayen;Svalbard y Jan Mayen;Svalbard e Jan Mayen
SK|SVK|Slovakia|Slovak Republic;Slovensko;Slowakei;Slovaquie;Eslovaquia;Slovacchia
SL|SLE|Sierra Leone|Sierra Leona
SM|SMR|San Marino|Saint-Marin
SN|SEN|Senegal|Senegaal
SO|SOM|Somalia|Soomaaliya;Somalie
SR|SUR|Suriname|Surinam
SS|SSD|South Sudan|جنوب السودان;Südsudan;Soudan du Sud;Sudán del Sur;Sud Sudan
ST|STP|São Tomé and Príncipe|São Tomé e Príncipe;São Tomé und Príncipe;Sao Tomé-et-Principe;Santo Tomé y Príncipe
SV|SLV|El Salvador|Salvador
SX|SXM|Sint Maarten|St Maarten
SY|SYR|Syria|Syrian Arab Republic;سوريا;Syrien;Syrie;Siria
SZ|SWZ|Eswatini|Swaziland;Esuatini
TC|TCA|Turks and Caicos Islands|Turks- und Caicosinseln;Îles Turques-et-Caïques;Islas Turcas y Caicos;Isole Turks e Caicos
TD|TCD|Chad|تشاد;Tschad;Tchad;Ciad
TF|ATF|French Southern Territories|Terres australes françaises;Französische Süd- und Antarktisgebiete;Territorios Australes Franceses;Terre Australi Francesi
TG|TGO|Togo|
TH|THA|Thailand|ไทย;Thaïlande;Tailandia;Thailandia
TJ|TJK|Tajikistan|Тоҷикистон;Tadschikistan;Tadjikistan;Tayikistán;Tagikistan
TK|TKL|Tokelau|
TL|TLS|Timor-Leste|East Timor;Timor oriental;Timor Est
TM|TKM|Turkmenistan|
TN|TUN|Tunisia|تونس;Tunisie;Tunesien;Túnez
TO|TON|Tonga|
TR|TUR|Turkey|Türkiye;Republic of Turkey;Türkei;Turquie;Turquía;Turchia
TT|TTO|Trinidad and Tobago|Trinidad;Trinidad und Tobago;Trinité-et-Tobago;Trinidad y Tobago;Trinidad e Tobago
TV|TUV|Tuvalu|
TW|TWN|Taiwan|Taiwan Republic of China;ROC;Chinese Taipei;Taiwan Province of China;台灣
TZ|TZA|Tanzania|United Republic of Tanzania;Tansania;Tanzanie;Tanzania, United Republic of
UA|UKR|Ukraine|Україна;Ucrania;Ucraina
UG|UGA|Uganda|Ouganda
UM|UMI|United States Outlying Islands|U.S. Outlying Islands;Amerikanische Überseeinseln;Îles mineures éloignées des États-Unis;United States Minor Outlying Islands
US|USA|United States|United States of America;America;US of A;Vereinigte Staaten von Amerika;Estados Unidos de América;EEUU;EE UU;États-Unis d’Amérique;Stati Uniti d’America;Vereinigte Staaten;États-Unis;Estados Unidos;Stati Uniti
UY|URY|Uruguay|URU
UZ|UZB|Uzbekistan|Oʻzbekiston;Usbekistan;Ouzbékistan
VA|VAT|Vatican City|Holy See;Vatican;Città del Vaticano;Vatikanstadt;État de la Cité du Vatican;Ciudad del Vaticano
VC|VCT|Saint Vincent and the Grenadines|St. Vincent & Grenadines;St. Vincent und die Grenadinen;Saint-Vincent-et-les Grenadines;San Vicente y las Granadinas;Saint Vincent e Grenadine
VE|VEN|Venezuela|Bolivarian Republic of Venezuela;Venezuela, Bolivarian Republic of
VG|VGB|British Virgin Islands|Virgin Islands British;BVI;Britische Jungferninseln;Îles Vierges britanniques;Islas Vírgenes Británicas;Isole Vergini Britanniche
VI|VIR|U.S. Virgin Islands|Virgin Islands US;USVI;United States Virgin Islands;Amerikanische Jungferninseln;Îles Vierges des États-Unis;Islas Vírgenes de EE. UU.;Isole Vergini Americane
VN|VNM|Vietnam|Viet Nam
VU|VUT|Vanuatu|
WF|WLF|Wallis and Futuna|Wallis-et-Futuna;Wallis und Futuna;Wallis y Futuna;Wallis e Futuna
WS|WSM|Samoa|
XK|XKX|Kosovo|Kosova;Косово
YE|YEM|Yemen|اليمن;Jemen
YT|MYT|Mayotte|
ZA|ZAF|South Africa|RSA;Republic of South Africa;Suid-Afrika;Südafrika;Afrique du Sud;Sudáfrica
ZM|ZMB|Zambia|Sambia;Zambie
ZW|ZWE|Zimbabwe|Simbabwe;Zimbabue
`;
