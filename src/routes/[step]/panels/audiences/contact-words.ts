const WORDS: Readonly<Record<string, string>> = {
	email: 'email',
	name: 'name',
	first_name: 'first name',
	last_name: 'last name',
	phone: 'phone',
	country: 'country',
	email_consent: 'consent to e-mail',
	sms_consent: 'consent to text messages'
};

/** The columns of a file about the person in words: “the customer id, email, name”. */
export function contactWords(roles: readonly string[]): string {
	const words = ['the customer id', ...roles.map((role) => WORDS[role] ?? role)];
	return words.join(', ');
}
