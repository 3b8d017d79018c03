import type {
	AccountLink,
	LinkState,
	PersonAccount,
	PersonLinkKind
} from '#lib/pipeline/clean/identity/explain.ts';

/** A key of a person, such as an email, and where it is drawn. */
export interface KeyNode {
	readonly key: string;
	readonly kind: PersonLinkKind;
	readonly value: string;
}

/** An account has a key. `own`: the account is the key, which cannot be cut. */
export interface GraphEdge {
	/** Positions in `accounts` and `keys`. */
	readonly from: number;
	readonly to: number;
	readonly state: LinkState | 'own';
}

/** Accounts on one side, keys on the other. */
export interface PersonGraph {
	readonly accounts: readonly PersonAccount[];
	readonly keys: readonly KeyNode[];
	readonly edges: readonly GraphEdge[];
}

/**
 * The accounts of a person with the keys that two of them or more have, or had before a link was cut. Keys stand near
 * their accounts, so that few lines cross.
 * @param most accounts that are drawn; the rest is left out
 */
export function personGraph(all: readonly PersonAccount[], most: number): PersonGraph {
	const accounts = all.slice(0, most);
	const places = new Map<string, number[]>();
	const kinds = new Map<string, KeyNode>();
	accounts.forEach((account, i) => {
		for (const node of keysOf(account)) {
			places.set(node.key, [...(places.get(node.key) ?? []), i]);
			kinds.set(node.key, node);
		}
	});
	const mean = (key: string) => {
		const own = places.get(key) ?? [];
		return own.reduce((sum, at) => sum + at, 0) / Math.max(1, own.length);
	};
	const keys = [...kinds.values()]
		.filter(({ key }) => (places.get(key)?.length ?? 0) > 1)
		.toSorted((a, b) => mean(a.key) - mean(b.key));
	const edges = keys.flatMap(({ key }, to) =>
		accounts.flatMap((account, from): GraphEdge[] => {
			if (account.account === key) return [{ from, to, state: 'own' }];
			const link = account.links.find((each) => each.key === key);
			return link ? [{ from, to, state: link.state }] : [];
		})
	);
	return { accounts, keys, edges };
}

function keysOf(account: PersonAccount): KeyNode[] {
	const linked = account.links.map(({ key, kind, value }) => ({ key, kind, value }));
	if (account.kind === 'id' || account.kind === 'row') return linked;
	return [{ key: account.account, kind: account.kind, value: account.name }, ...linked];
}

/** The links that hold an account to the others: its own, and theirs to it where the account is itself a key. */
export function linksHolding(accounts: readonly PersonAccount[], account: PersonAccount): string[] {
	const own = account.links.filter((link) => link.state === 'joins' && link.sharedWith.length > 0);
	const toIt = accounts
		.filter((other) => other !== account)
		.flatMap((other) => other.links.filter(({ key, state }) => state === 'joins' && key === account.account));
	return [...new Set([...own, ...toIt].map(({ fingerprint }) => fingerprint))];
}

/** The people that the accounts make once links are cut, the one with the most accounts first. */
export function peopleAfterCut(
	accounts: readonly PersonAccount[],
	fingerprints: readonly string[]
): PersonAccount[][] {
	const byKey = new Map<string, PersonAccount[]>();
	for (const account of accounts) {
		for (const key of joiningKeys(account, fingerprints)) {
			byKey.set(key, [...(byKey.get(key) ?? []), account]);
		}
	}
	const left = new Set(accounts);
	const people: PersonAccount[][] = [];
	for (const first of accounts) {
		if (!left.delete(first)) continue;
		const person = [first];
		// The list grows while it is walked, until nobody is joined to it any more.
		for (const at of person) {
			const joined = joiningKeys(at, fingerprints).flatMap((key) => byKey.get(key) ?? []);
			person.push(...joined.filter((other) => left.delete(other)));
		}
		people.push(person);
	}
	return people.toSorted((a, b) => b.length - a.length);
}

/** What still joins an account to others of the person after a cut. */
export function linksLeft(
	accounts: readonly PersonAccount[],
	account: PersonAccount,
	fingerprints: readonly string[]
): Pick<AccountLink, 'kind' | 'value'>[] {
	const own = joiningKeys(account, fingerprints);
	const others = new Set(
		accounts.flatMap((other) => (other === account ? [] : joiningKeys(other, fingerprints)))
	);
	return keysOf(account).filter(({ key }) => own.includes(key) && others.has(key));
}

/** The keys by which an account can be joined: its own name where that is one, and those of its links. */
function joiningKeys(account: PersonAccount, cut: readonly string[]): string[] {
	const links = account.links.filter(
		({ state, fingerprint }) => state === 'joins' && !cut.includes(fingerprint)
	);
	return [account.account, ...links.map(({ key }) => key)];
}
