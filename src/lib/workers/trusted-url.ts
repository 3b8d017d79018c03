/** What we use of the Trusted Types API, which browsers before 2026 may lack. */
interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL: (url: string) => string }
	): {
		createScriptURL(url: string): string;
	};
}

/** Named by the content security policy of the page, which allows no other of ours. */
const POLICY_NAME = 'app-worker';

const made = new Set<string>();
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The Trusted Types API of this page, where the browser has it. */
export function trustedTypes(): TrustedTypes | undefined {
	return (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
}

/** A worker script of this text, as an address that a worker may start from. Revoke it once the worker runs. */
export function trustedScript(text: string): string {
	const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
	made.add(url);
	policy ??= trustedTypes()?.createPolicy(POLICY_NAME, { createScriptURL: ours });
	return policy?.createScriptURL(url) ?? url;
}

/** Frees a script made by `trustedScript`. */
export function revokeScript(url: string): void {
	made.delete(String(url));
	URL.revokeObjectURL(String(url));
}

function ours(url: string): string {
	if (!made.has(url)) throw new TypeError(`not a worker script of this page: ${url}`);
	return url;
}
