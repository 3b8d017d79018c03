import { z } from 'zod';
import { TableKind } from '#lib/pipeline/import/roles.ts';
import { fingerprint } from '#lib/pipeline/import/columns.ts';
import { ColumnMapping, Constants, Reading, type SourceParams } from '#lib/pipeline/import/schema.ts';

/** What the user made of a layout: no data, only names of columns and their meaning. */
const RememberedLayout = z.object({
	kind: TableKind,
	mapping: ColumnMapping,
	constants: Constants,
	reading: Reading
});
export type RememberedLayout = z.infer<typeof RememberedLayout>;

/** By the fingerprint of the columns. */
const Layouts = z.record(z.string(), RememberedLayout);
export type Layouts = Readonly<z.infer<typeof Layouts>>;

/** The ones used longest ago make room. */
const MOST_LAYOUTS = 200;

/** Reads remembered layouts; what does not fit any more is forgotten as a whole, for it only saves questions. */
export function parseLayouts(stored: unknown): Layouts {
	const parsed = Layouts.safeParse(stored ?? {});
	return parsed.success ? parsed.data : {};
}

/**
 * The layouts with this one as the latest; the same object when nothing is new. A layout that is as it was proposed needs
 * no memory, unless something else was remembered of it.
 */
export function remember(layouts: Layouts, source: SourceParams, proposed: RememberedLayout | null): Layouts {
	const key = fingerprint(source.columns);
	const layout = meaningOf(source);
	const known = layouts[key] ?? (proposed === null ? undefined : meaningOf(proposed));
	if (JSON.stringify(known) === JSON.stringify(layout)) return layouts;
	const { [key]: _, ...others } = layouts;
	const kept = Object.entries(others).slice(-(MOST_LAYOUTS - 1));
	return Object.fromEntries([...kept, [key, layout]]);
}

/**
 * The source with the meaning that the user gave to this layout before. Date order and decimal mark stay what this
 * file's own values say; where another column is read, they are unknown until all its values are asked.
 */
export function recall(source: SourceParams, layouts: Layouts): SourceParams {
	const layout = layoutOf(source, layouts);
	if (layout === null) return source;
	const { kind, mapping, constants, reading } = layout;
	const isSameDate = mapping.date === source.mapping.date;
	const isSameMapping = JSON.stringify(mapping) === JSON.stringify(source.mapping);
	return {
		...source,
		kind,
		mapping,
		constants,
		reading: {
			...reading,
			dateOrder: isSameDate ? source.reading.dateOrder : null,
			decimalMark: isSameMapping ? source.reading.decimalMark : null
		}
	};
}

/** The source with the answers that were given for this layout before, where its own values leave a question open. */
export function recallAnswers(source: SourceParams, layouts: Layouts): SourceParams {
	const layout = layoutOf(source, layouts);
	if (layout === null) return source;
	const { dateOrder, decimalMark } = source.reading;
	return {
		...source,
		reading: {
			...source.reading,
			dateOrder: dateOrder ?? layout.reading.dateOrder,
			decimalMark: decimalMark ?? layout.reading.decimalMark
		}
	};
}

function meaningOf({ kind, mapping, constants, reading }: RememberedLayout): RememberedLayout {
	return { kind, mapping, constants, reading };
}

function layoutOf(source: SourceParams, layouts: Layouts): RememberedLayout | null {
	const layout = layouts[fingerprint(source.columns)];
	if (layout === undefined) return null;
	// The fingerprint is blind to letter case and blanks, a mapping is not.
	return Object.values(layout.mapping).every((column) => source.columns.includes(column)) ? layout : null;
}
