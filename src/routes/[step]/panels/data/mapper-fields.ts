import { missingRoles, roleWords, rolesOf, type Role } from '#lib/pipeline/import/roles.ts';
import type { SourceParams } from '#lib/pipeline/import/schema.ts';

/** Something that a column of a kind of file can mean, and what it is matched to. */
export interface MapperField {
	readonly role: Role;
	readonly label: string;
	readonly explain: string;
	readonly column: string | null;
	/** The text that every row has, where no column says it. */
	readonly constant: string | null;
	/** True when this one, or one that stands for it, is missing and has to be given. */
	readonly isMissing: boolean;
}

/** Fields that show before all are asked for, besides those that are needed or matched. */
export const FIRST_FIELDS = 8;

type Mapped = Pick<SourceParams, 'kind' | 'mapping' | 'constants'>;

/** Every field of a kind of file, the most important first. */
export function fieldsOf(source: Mapped): MapperField[] {
	const missing = new Set(missingRoles(source.kind, source.mapping).flat());
	return rolesOf(source.kind).map((role) => ({
		role,
		...roleWords(role, source.kind),
		column: source.mapping[role] ?? null,
		constant: source.mapping[role] === undefined ? (source.constants[role] ?? null) : null,
		isMissing: missing.has(role)
	}));
}

/**
 * The fields that show at first: those that are needed, matched, fixed or `kept`, and the first of the kind. They stand
 * in the order of all fields, so that none moves when it is matched.
 */
export function firstFields(source: Mapped, kept: ReadonlySet<Role>): MapperField[] {
	const needed = new Set(missingRoles(source.kind, {}).flat());
	return fieldsOf(source).filter(
		({ role, column, constant }, i) =>
			i < FIRST_FIELDS || needed.has(role) || column !== null || constant !== null || kept.has(role)
	);
}

/** What is missing, as a question: “Which column is the customer, and which the order date?”; null when nothing is. */
export function missingWords(source: Mapped): string | null {
	const missing = missingRoles(source.kind, source.mapping);
	if (missing.length === 0) return null;
	const words = missing.map((roles) =>
		roles.map((role) => roleWords(role, source.kind).label.toLowerCase()).join(' or ')
	);
	return `Which column is the ${words.join(', and which the ')}?`;
}

/** What is fixed in the files of one layout, by role; where it differs from file to file, all of it. */
export function constantsOf(files: readonly Pick<SourceParams, 'constants'>[]): SourceParams['constants'] {
	const all = new Map<string, Set<string>>();
	for (const [role, text] of files.flatMap(({ constants }) => Object.entries(constants)))
		all.set(role, (all.get(role) ?? new Set()).add(text));
	return Object.fromEntries([...all].map(([role, texts]) => [role, [...texts].join(' or ')]));
}

/** Columns that mean something in this kind of file. */
export function matchedCount(source: Mapped): number {
	return fieldsOf(source).filter(({ column }) => column !== null).length;
}

/** Where the mapper of a layout stands on the Data screen, by the id of its first source. */
export function mapperAnchor(sourceId: string): string {
	return `columns-${sourceId}`;
}
