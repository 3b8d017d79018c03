/** `migrations[n - 1]` turns version n into version n + 1. Append; never edit. */
export const migrations: readonly ((old: unknown) => unknown)[] = [];
