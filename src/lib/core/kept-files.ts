const OF_SYSTEMS: readonly string[] = ['Thumbs.db', 'desktop.ini', '__MACOSX'];

/** True for files that a person put there, not what systems and open programs leave beside them. */
export function isKept({ name }: { readonly name: string }): boolean {
	return !name.startsWith('.') && !name.startsWith('~$') && !OF_SYSTEMS.includes(name);
}
