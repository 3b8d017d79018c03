/**
 * A column name as words in lower case without accents, parted and surrounded by single blanks, so that `/ ip /` finds a
 * word: `OPTIN_IP` → ` optin ip `, `clientIPAddress` → ` client ip address `, `Prénom` → ` prenom `.
 */
export function columnWords(name: string): string {
	const words = name
		.slice(0, 200)
		.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.replaceAll('ß', 'ss')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return ` ${words} `;
}
