import { normalizedName } from './columns.ts';
import { ROLES, type Role, type TableKind } from './roles.ts';
import { CURRENCY_CODES } from './value-kind.ts';

/*
 * Names that columns of each role have in exports, the most telling first. Compared without case, blanks, accents and
 * punctuation. English, then German, French, Spanish, Italian, Dutch.
 */

const CUSTOMER_IDS = `customer id, customer_no, customer number, cust id, client id, user id, buyer id, member id,
	account id, shopper id, contact id, customer key, customer code, visitor id, subscriber id, profile id, person id,
	user pseudo id, square customer id, customer reference id, loyalty id, household key, kundennummer, kunden-nr,
	kunden id, mitgliedsnummer, id client, numéro client, n° client, code client, identifiant client, id cliente,
	id de cliente, número de cliente, código cliente, codice cliente, numero cliente, klantnummer, klant id, klantcode`;

const LOCAL_EMAILS = `e-mail-adresse, kunden-e-mail, adresse e-mail, adresse mail, courriel, correo, correo electrónico,
	dirección de correo electrónico, indirizzo e-mail, posta elettronica, e-mailadres`;

const WORDS: Readonly<Record<Role, string>> = {
	card: `loyalty card, loyalty card number, loyalty card no, loyalty card id, loyalty number, loyalty account, membership card,
		membership number, membership no, member number, member card, club card, club card number, customer card,
		customer card number, reward card, rewards number, rewards card, bonus card, kundenkarte, kundenkartennummer,
		kundenkarten-nr, bonuskarte, treuekarte, carte de fidélité, carte fidélité, numéro de carte de fidélité,
		n° carte de fidélité, tarjeta de fidelidad, número de tarjeta de fidelidad, tarjeta de cliente, número de socio,
		carta fedeltà, numero carta fedeltà, tessera fedeltà, numero tessera, klantenkaart, klantenkaartnummer, klantkaart,
		spaarkaart, card`,
	store: `store, store name, store id, store number, store no, store nbr, store code, shop, shop name, branch, branch name,
		outlet, outlet name, location, location name, point of sale, pos location, store location, filiale, filialname,
		filialnummer, filial-nr, standort, markt, magasin, nom du magasin, code magasin, boutique, point de vente, tienda,
		nombre de tienda, sucursal, punto de venta, negozio, nome negozio, punto vendita, winkel, winkelnaam, filiaal,
		vestiging`,
	customer: `${CUSTOMER_IDS}, customer email, billing email, buyer email, email, email address, e-mail,
		from email address, ${LOCAL_EMAILS}, customer, client, buyer, user, cust, kunde, käufer, acheteur, cliente,
		comprador, acquirente, klant, koper`,
	date: `order date, invoice date, purchase date, transaction date, sale date, payment date, ordered at, created at,
		created, created date, created (utc), created date (utc), paid at, order_datetime, order timestamp, order time,
		purchased at, date created, creation date, timestamp, datetime, date, day, bestelldatum, rechnungsdatum,
		kaufdatum, auftragsdatum, buchungsdatum, datum, date de commande, date commande, date achat, date d’achat,
		date de facture, fecha, fecha pedido, fecha del pedido, fecha de compra, fecha de factura, data ordine,
		data dell’ordine, data acquisto, data fattura, data, besteldatum, orderdatum, factuurdatum, aankoopdatum`,
	order_id: `order id, order number, order no, order #, invoice no, invoice id, invoice number, invoice, transaction id,
		transaction no, receipt id, receipt number, receipt no, basket id, checkout id, sale id, purchase id, payment id,
		order, order name, order reference, bestellnummer, bestell-nr, rechnungsnummer, auftragsnummer, belegnummer,
		numéro de commande, n° de commande, id commande, numéro de facture, commande, número de pedido, n.º de pedido,
		id pedido, número de factura, pedido, numero ordine, id ordine, numero fattura, ordine, bestelnummer,
		ordernummer, factuurnummer, bestelling`,
	quantity: `quantity, qty, lineitem quantity, item quantity, quantity sold, units, unit count, units sold, pieces,
		items sold, count, menge, anzahl, stückzahl, quantité, qté, cantidad, unidades, quantità, qtà, aantal`,
	unit_price: `unit price, price per unit, item price, price each, lineitem price, price, unit cost, einzelpreis,
		stückpreis, preis, prix unitaire, prix, precio unitario, precio, prezzo unitario, prezzo, stuksprijs,
		eenheidsprijs, prijs`,
	amount: `amount, line total, line amount, row total, item total, net sales, sales, revenue, sales amount, net amount,
		spend, dollar value, value, gross sales, subtotal, betrag, umsatz, summe, zeilensumme, montant, montant ligne,
		chiffre d’affaires, importe, ventas, importo, ricavo, bedrag, omzet, gross, brutto, net, netto`,
	order_total: `order total, grand total, total price, order amount, order value, total amount, invoice total,
		total paid, basket value, total, gesamtbetrag, gesamtsumme, gesamtpreis, bestellwert, rechnungsbetrag, gesamt,
		montant total, total commande, total de la commande, importe total, total del pedido, totale, totale ordine,
		importo totale, totaal, totaalbedrag, ordertotaal`,
	refund: `refund, refunded amount, amount refunded, refund amount, refunded, total refunded,
		erstattung, erstatteter betrag, rückerstattung, remboursement, montant remboursé, reembolso, importe reembolsado,
		rimborso, importo rimborsato, terugbetaling, terugbetaald bedrag`,
	product: `product, product name, item, item name, lineitem name, description, product title, article, product(s), sku,
		product id, stock code, artikel, artikelname, artikelbezeichnung, produkt, produktname, bezeichnung, produit,
		nom du produit, désignation, producto, nombre del producto, artículo, descripción, prodotto, nome prodotto,
		articolo, descrizione, productnaam, omschrijving`,
	country: `country, shipping country, billing country, country code, ship country, customer country,
		country / region, default address country code, land, lieferland, rechnungsland, pays, pays de livraison, país,
		país de envío, paese, nazione, landcode`,
	status: `status, order status, financial status, payment status, transaction status, state, bestellstatus,
		zahlungsstatus, statut, statut de la commande, état, estado, estado del pedido, stato, stato ordine,
		bestelstatus, betaalstatus`,
	currency: `currency, currency code, order currency, währung, währungscode, devise, moneda, divisa, valuta, munt`,
	email: `email, email address, e-mail, customer email, billing email, mail, buyer email, contact email, user email,
		from email address, ${LOCAL_EMAILS}`,
	name: `customer name, name, full name, billing name, client name, buyer name, contact name, bill-to name, kundenname,
		vollständiger name, nom complet, nom du client, nombre completo, nombre del cliente, nombre, nome completo,
		nome cliente, volledige naam, klantnaam, naam`,
	first_name: `first name, firstname, given name, forename, vorname, prénom, nombre de pila, nome, voornaam`,
	last_name: `last name, lastname, surname, family name, nachname, familienname, nom, nom de famille, apellido,
		apellidos, cognome, achternaam`,
	phone: `phone, phone number, telephone, mobile, tel, billing phone, mobile phone, mobile number, cell phone,
		contact phone number, telefon, telefonnummer, handynummer, mobilnummer, téléphone, numéro de téléphone, portable,
		teléfono, móvil, telefono, cellulare, telefoonnummer, telefoon, mobiel`,
	time: `time, time of day, order time, purchase time, transaction time, uhrzeit, zeit, bestellzeit, heure,
		heure de commande, hora, hora del pedido, ora, orario, tijd, tijdstip`,
	discount: `discount, discount amount, discounts, total discount, order discount, lineitem discount,
		promotional rebates, rabatt, rabattbetrag, nachlass, remise, réduction, montant de la remise, descuento,
		importe del descuento, sconto, importo sconto, korting, kortingsbedrag`,
	sku: `sku, lineitem sku, item sku, product sku, variant sku, product code, stock code, article number, article no,
		item number, item code, product number, product id, item id, asin, gtin, ean, upc, barcode, artikelnummer,
		artikel-nr, art.-nr., produktnummer, référence, référence produit, code article, code produit, referencia,
		código de producto, código de artículo, codice prodotto, codice articolo, artikelcode, productcode`,
	category: `category, product category, product type, item category, category name, category code, department,
		product group, collection, kategorie, produktkategorie, warengruppe, produktgruppe, artikelgruppe, catégorie,
		catégorie de produit, rayon, categoría, categoría de producto, familia, categoria, categoria prodotto, reparto,
		categorie, productcategorie, productgroep`,
	line_type: `line type, row type, record type, transaction type, itemization type, event type, type, kind, buchungsart,
		transaktionsart, vorgangsart, positionsart, typ, art, type de transaction, type de ligne, tipo de transacción,
		tipo de línea, tipo transazione, tipo, transactietype, soort`,
	channel: `channel, sales channel, order channel, source, source name, order source, traffic source, utm source,
		utm medium, medium, attribution, purchase point, campaign channel, kanal, vertriebskanal, verkaufskanal, quelle,
		canal, canal de vente, source de trafic, canal de venta, origen, canale, canale di vendita, fonte, kanaal,
		verkoopkanaal, bron`,
	coupon: `coupon, coupon code, coupons, coupon(s), discount code, discount codes, discount name, promo code,
		promotion code, voucher, voucher code, gutschein, gutscheincode, rabattcode, code promo, code de réduction,
		bon de réduction, cupón, código de descuento, código promocional, codice sconto, codice promozionale, buono,
		kortingscode, couponcode`,
	payment_method: `payment method, payment type, payment gateway, gateway, payment, pay method, payment source type,
		tender, tender type, card brand, zahlungsart, zahlungsmethode, zahlungsweise, zahlart, mode de paiement,
		moyen de paiement, método de pago, forma de pago, metodo di pagamento, pagamento, betaalmethode, betaalwijze`,
	tags: `tags, tag, order tags, customer tags, labels, schlagwörter, étiquettes, etiquetas, etichette`,
	customer_group: `customer group, customer type, customer segment, customer tier, group id, tier, membership,
		member type, price list, role, kundengruppe, kundentyp, groupe client, groupe de clients, type de client,
		grupo de clientes, tipo de cliente, gruppo cliente, gruppo clienti, tipo cliente, klantgroep, klanttype`,
	region: `region, state, province, county, state / region, state/province, billing state, billing province,
		shipping state, shipping province, province code, order state, default address province code, bundesland, kanton,
		région, département, provincia, comunidad autónoma, regione, provincie`,
	city: `city, town, billing city, shipping city, default address city, order city, suburb, ort, stadt, wohnort, ville,
		ciudad, población, localidad, città, comune, plaats, stad, woonplaats`,
	postcode: `postcode, post code, postal code, zip, zip code, billing zip, shipping zip, billing postcode,
		shipping postcode, order postal, default address zip, plz, postleitzahl, code postal, código postal, cp, cap,
		codice postale`,
	street: `street, street address, street address 1, address line 1, address 1, billing address 1, billing street,
		shipping address 1, shipping street, default address address1, home address, address, straße, strasse, adresse,
		anschrift, rue, adresse 1, calle, dirección, via, indirizzo, straat, adres`,
	created_at: `customer since, member since, client since, signup date, sign up date, sign up, signup, signed up at,
		registration date, registered at, registered on, registered, date registered, join date, joined at, joined,
		date joined, enrollment date, dt_customer, profile created on, account created, customer created at,
		first visit, first active, date added, created at, created, created date, create date, date created,
		creation date, kunde seit, mitglied seit, registrierungsdatum, anmeldedatum, registriert am, angelegt am,
		erstellt am, client depuis, date d’inscription, date d’enregistrement, date de création, cliente desde,
		fecha de registro, fecha de alta, fecha de creación, cliente dal, data di registrazione, data registrazione,
		data di iscrizione, data creazione, klant sinds, lid sinds, registratiedatum, aanmaakdatum, aangemaakt op`,
	email_consent: `email marketing consent, accepts email marketing, accepts marketing, email consent, email opt in,
		email opted in, email permission, email subscription status, marketing contact status, marketing consent,
		newsletter consent, opt in, opted in, opt in status, subscription status, consent, consent status,
		newsletter subscription, newsletter, subscribed, is subscribed, gdpr consent, einwilligung,
		werbeeinwilligung, marketing-einwilligung, newsletter abonniert, newsletter-anmeldung, consentement,
		consentement marketing, consentement e-mail, accepte le marketing, inscrit à la newsletter, abonné, optin,
		consentimiento, consentimiento de marketing, acepta marketing, acepta publicidad, suscrito, boletín, consenso,
		consenso marketing, accetta marketing, iscritto, iscritto alla newsletter, toestemming, marketing toestemming,
		nieuwsbrief, geabonneerd`,
	sms_consent: `sms marketing consent, accepts sms marketing, sms consent, sms opt in, sms opted in, text opt in,
		sms permission, sms-einwilligung, consentement sms, consentimiento sms, consenso sms, sms toestemming`,
	consented_at: `email marketing consent timestamp, consent timestamp, consent date, consented at, consent given at,
		optin time, opt in time, opt in date, opted in at, confirm time, subscribed at, subscribed on, subscription date,
		date subscribed, einwilligungsdatum, einwilligung am, date de consentement, date du consentement,
		fecha de consentimiento, fecha de suscripción, data consenso, data del consenso, datum toestemming`,
	birth_date: `date of birth, birth date, birthdate, birthday, dob, born, born on, geburtsdatum, geburtstag, geboren am,
		date de naissance, anniversaire, fecha de nacimiento, cumpleaños, data di nascita, compleanno, geboortedatum,
		verjaardag`,
	gender: `gender, sex, genre, geschlecht, sexe, sexo, género, sesso, genere, geslacht`,
	language: `language, preferred language, language code, locale, lang, sprache, langue, idioma, lingua, taal`,
	total_spent: `total spent, total spend, total spending, lifetime spend, lifetime revenue, lifetime value,
		customer lifetime value, historic customer lifetime value, historic clv, ltv, clv, total revenue, total sales,
		total charges, amount spent, gesamtumsatz, kundenumsatz, total dépensé, montant total dépensé, total gastado,
		gasto total, totale speso, spesa totale, totaal besteed, totale omzet`,
	order_count: `total orders, orders count, order count, number of orders, historic number of orders, orders,
		transaction count, purchase count, number of purchases, total purchases, purchases, anzahl bestellungen,
		bestellungen, anzahl aufträge, nombre de commandes, commandes, número de pedidos, pedidos, numero ordini,
		numero di ordini, ordini, aantal bestellingen, bestellingen`,
	event: `event name, event, event type, action, activity type, activity, interaction, behavior, behaviour,
		behavior type, metric, metric name, ereignis, ereignisname, ereignistyp, aktion, événement,
		nom de l’événement, type d’événement, evento, nombre del evento, tipo de evento, nome evento, tipo evento,
		gebeurtenis, gebeurtenistype`,
	session_id: `session id, session key, session, user session, visit id, ga session id, sitzungs-id, sitzung,
		id de session, identifiant de session, id de sesión, sesión, id sessione, sessione, sessie-id, sessie`,
	url: `url, page url, page location, page path, page, landing page, page address, link, seiten-url, seite,
		url de la page, página, url de página, pagina, url pagina`,
	device: `device, device category, device type, device name, platform, gerät, gerätetyp, gerätekategorie, appareil,
		type d’appareil, dispositivo, tipo de dispositivo, tipo dispositivo, apparaat, apparaattype`,
	campaign: `campaign name, campaign, campaign title, email campaign, utm campaign, newsletter name, email name,
		mailing name, mailing, kampagnenname, kampagne, nom de la campagne, nom campagne, campagne,
		nombre de la campaña, campaña, nome campagna, nome della campagna, campagna, campagnenaam`,
	action: `action, email action, activity type, activity, event type, event name, event, email status,
		delivery status, engagement, aktion, ereignis, événement, acción, evento, azione, actie`,
	variant: `variant, variation, test group, test arm, arm, treatment, treatment group, experiment group, ab group,
		a/b variant, version, variante, testgruppe, groupe de test, grupo de prueba, gruppo di test, testgroep,
		versión, versione, versie`,
	end_date: `end date, ends, end, ended at, reporting ends, campaign end, campaign end date, enddatum, ende,
		date de fin, fecha de fin, fecha final, fin, data di fine, data fine, einddatum`,
	spend: `spend, amount spent, cost, costs, ad spend, total spend, total cost, media spend, kosten, ausgaben,
		ausgegebener betrag, werbeausgaben, dépenses, montant dépensé, coût, gasto, importe gastado, coste, spesa,
		importo speso, costo, uitgaven, besteed bedrag`,
	impressions: `impressions, impr., impr, views, impressionen, impresiones, impressioni, visualizzazioni, vertoningen,
		weergaven`,
	clicks: `clicks, unique clicks, link clicks, total clicks, clicks (all), klicks, link-klicks, clics, clics uniques,
		clics sur un lien, clics en el enlace, clic, clic sul link, klikken, kliks`,
	recipients: `recipients, total recipients, emails sent, sends, total sends, sent to, deliveries,
		successful deliveries, emails delivered, audience size, empfänger, anzahl empfänger, versendete e-mails,
		destinataires, e-mails envoyés, destinatarios, correos enviados, destinatari, e-mail inviate, ontvangers`,
	opens: `opens, unique opens, total opens, open count, öffnungen, eindeutige öffnungen, ouvertures,
		ouvertures uniques, aperturas, aperturas únicas, aperture, aperture uniche, geopende e-mails`,
	conversions: `conversions, conv., conv, unique placed order, placed orders, placed order, purchases, orders, results,
		key events, konversionen, käufe, bestellungen, achats, conversiones, compras, conversioni, acquisti, conversies,
		aankopen`,
	revenue: `revenue, total revenue, conversion value, conv. value, purchases conversion value, purchase value,
		placed order value, attributed revenue, campaign revenue, sales, umsatz, conversion-wert, revenu,
		chiffre d’affaires, valeur de conversion, ingresos, valor de conversión, ricavi, entrate,
		valore di conversione, omzet, conversiewaarde`,
	unsubscribes: `unsubscribes, unsubs, total unsubscribes, unsubscribe count, unsubscribed, opt outs, abmeldungen,
		désinscriptions, désabonnements, bajas, cancelaciones, disiscrizioni, cancellazioni, afmeldingen,
		uitschrijvingen`,
	question: `question, question text, survey question, question title, prompt, frage, pregunta, domanda, vraag`,
	answer: `answer, answer text, response, response text, comment, comments, feedback, free text, verbatim, open text,
		review text, review, antwort, kommentar, réponse, commentaire, avis, respuesta, comentario, comentarios,
		risposta, commento, antwoord, opmerking, toelichting`,
	score: `score, nps, nps score, csat, csat score, ces, ces score, rating, stars, satisfaction, satisfaction score,
		review score, review rating, likelihood to recommend, punktzahl, bewertung, note, évaluation, puntuación,
		valoración, calificación, punteggio, valutazione, voto, beoordeling, cijfer`,
	updated_at: `last changed, last changed at, last updated, last updated at, updated at, updated on, updated, update date,
		date updated, last modified, last modified at, last modified date, modified at, modified on, modified date,
		date modified, modified, changed at, changed on, change date, last change, last update, profile updated on,
		last active, last active at, last activity, last activity date, last activity at, last seen, last seen at,
		last visit, last visit date, last login, last login at, last login date, letzte änderung, zuletzt geändert,
		zuletzt geändert am, geändert am, änderungsdatum, aktualisiert am, letzte aktivität, zuletzt aktiv,
		zuletzt gesehen, letzter besuch, dernière modification, modifié le, date de modification, mis à jour le,
		dernière mise à jour, dernière activité, dernière visite, dernière connexion, última modificación,
		fecha de modificación, modificado el, última actualización, actualizado el, última actividad, última visita,
		ultima modifica, data modifica, data di modifica, modificato il, ultimo aggiornamento, aggiornato il,
		ultima attività, ultima visita, laatst gewijzigd, gewijzigd op, wijzigingsdatum, laatst bijgewerkt,
		bijgewerkt op, laatste activiteit, laatst actief, laatst gezien, laatste bezoek`
};

const SENT = `send time, send date, sent at, sent on, sent date, sent, delivered at, versanddatum, versendet am,
	gesendet am, date d’envoi, envoyé le, fecha de envío, enviado el, data di invio, data invio, inviato il,
	verzenddatum, verzonden op`;

/** Names that mean a role in one kind of file alone: elsewhere they mean something else, or nothing. */
const WORDS_OF_KIND: Readonly<Partial<Record<TableKind, Partial<Record<Role, string>>>>> = {
	events: {
		date: `event date, event time, event timestamp, event datetime, occurred at, visited at, viewed at, time, ts`,
		amount: `price, event value, purchase revenue`,
		product: `item id, content id`
	},
	sends: {
		date: `${SENT}, event date, event time, event timestamp, occurred at, activity date, opened at, time, ts`,
		campaign: `subject, subject line, email subject, flow, flow name, message name, template, betreff, objet, asunto,
			oggetto, onderwerp`,
		action: `status, type, result`
	},
	campaigns: {
		date: `${SENT}, start date, starts, start, started at, reporting starts, launch date, campaign start,
			campaign start date, week, month, startdatum, beginn, date de début, fecha de inicio, inicio, data di inizio,
			data inizio, inizio, begindatum`,
		campaign: `subject, subject line, ad set name, ad name, flow name`
	},
	places: {
		postcode: `postcode prefix, postcode area, postcode district, postcode sector, outcode, zip prefix, zip3, zcta,
			zip code prefix, plz-gebiet, plz-bereich, plz-leitregion`,
		region: `sales region, sales area, area, area name, district, territory, zone, region name, state name, state code,
			province name, county name, store area, gebiet, vertriebsgebiet, bezirk, landkreis, kreis, zone de vente,
			nom de la région, nom du département, zona, comarca, comunidad, regio, verkoopgebied`,
		city: `place, place name, locality, municipality, city name, gemeinde, ortsname, commune, nom de la commune, localité,
			municipio, poblacion, località, gemeente, woonplaatsnaam`
	},
	survey: {
		date: `submit date, submit date (utc), submitted at, submission date, submission time, response date,
			responded at, answered at, completed at, survey date, end date, review date, time, zeitstempel, horodateur,
			marca temporal, informazioni cronologiche, tijdstempel`
	}
};

type Ranks = ReadonlyMap<string, number>;

const RANKS: ReadonlyMap<Role, Ranks> = new Map(ROLES.map((role) => [role, ranksOf(WORDS[role])]));
const RANKS_OF_KIND = new Map<string, Ranks>(
	Object.entries(WORDS_OF_KIND).flatMap(([kind, words]) =>
		Object.entries(words).map(([role, names]) => [`${kind} ${role}`, ranksOf(names)] as const)
	)
);
const MOST_NAMES = Math.max(...[...RANKS.values()].map(({ size }) => size));

const CURRENCY = String.raw`${CURRENCY_CODES}|\p{Sc}`;
const WITH_TAX = String.raw`inc(?:l|luding)?\.?\s?(?:tax|vat|gst|btw)|inkl\.?\s?mwst\.?|brutto|ttc|iva\s?incl(?:uido|usa)?\.?`;
/** What is written behind a name and does not change its meaning: a currency, with tax, or Magento’s “(Base)”. */
const SUFFIX = new RegExp(
	String.raw`(?:\s*[([]\s*(?:${CURRENCY}|${WITH_TAX}|base)\s*[)\]]|[\s_-]+(?:in[\s_-]+)?(?:${CURRENCY}|${WITH_TAX}))\s*$`,
	'iu'
);

/**
 * How telling a column name is for a role: 0 is best, null when it is no name of that role. With a kind of file, the
 * names that mean the role there alone count too, after the others. A currency or a word of tax
 * behind the name, such as in `Amount spent (USD)`, is left out of account.
 */
export function synonymRank(role: Role, columnName: string, kind?: TableKind): number | null {
	const bare = columnName.replace(SUFFIX, '');
	return rankOf(role, columnName, kind) ?? (bare === columnName ? null : rankOf(role, bare, kind));
}

/** True for a name that a column of some role often has. */
export function isKnownColumnName(name: string): boolean {
	return ROLES.some((role) => synonymRank(role, name) !== null);
}

function rankOf(role: Role, columnName: string, kind: TableKind | undefined): number | null {
	const name = normalizedName(columnName);
	const rank = RANKS.get(role)?.get(name);
	if (rank !== undefined || kind === undefined) return rank ?? null;
	const rankInKind = RANKS_OF_KIND.get(`${kind} ${role}`)?.get(name);
	return rankInKind === undefined ? null : MOST_NAMES + rankInKind;
}

/** The place of each name in a list; a name that stands twice keeps its better place. */
function ranksOf(names: string): Ranks {
	const ranks = new Map<string, number>();
	for (const name of names.split(',').map(normalizedName)) if (!ranks.has(name)) ranks.set(name, ranks.size);
	return ranks;
}
