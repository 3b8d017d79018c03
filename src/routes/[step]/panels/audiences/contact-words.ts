const WORDS: Readonly<Record<string, string>> = {
	email: 'email',
	name: 'name',
	first_name: 'first name',
	last_name: 'last name',
	phone: 'phone',
	country: 'country'
};

/** The contact columns of a file in words: “customer id, email and name”. */
export function contactWords(roles: readonly string[]): string {
	const words = ['the customer id', ...roles.map((role) => WORDS[role] ?? role)];
	return new Intl.ListFormat('en-GB', { style: 'long', type: 'conjunction' }).format(words);
}
