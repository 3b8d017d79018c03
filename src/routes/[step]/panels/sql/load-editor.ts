import type * as EditorCode from './editor.ts';
import type * as FormatterCode from './format-sql.ts';

/** The code of the editor: beside the pages, and fetched before files may be opened, as all that a journey needs. */
export function loadEditor(): Promise<typeof EditorCode> {
	return import('./editor.ts');
}

/** The code that lays a query out; fetched like that of the editor. */
export function loadFormatter(): Promise<typeof FormatterCode> {
	return import('./format-sql.ts');
}
