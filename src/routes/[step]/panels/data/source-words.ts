import type { Format } from '#lib/core/format.ts';
import { ENCODING_WORDS } from '#lib/pipeline/import/encoding.ts';
import { PLATFORMS } from '#lib/pipeline/import/platforms/index.ts';
import { KIND_WORDS } from '#lib/pipeline/import/roles.ts';
import type { Dialect, SourceParams } from '#lib/pipeline/import/schema.ts';

const DELIMITERS: ReadonlyMap<string, string> = new Map([
	[',', 'comma'],
	[';', 'semicolon'],
	['\t', 'tab'],
	['|', 'pipe'],
	[' ', 'blanks'],
	['||', 'two pipes'],
	[':', 'colon'],
	[', ', 'comma and blank']
]);

/** The name of a delimiter: `;` is “semicolon”. */
export function delimiterName(delimiter: string): string {
	return DELIMITERS.get(delimiter) ?? `“${delimiter}”`;
}

/** How a file is read, in one line: “UTF-8, semicolon, gzip, 8 columns”. */
export function dialectWords(dialect: Dialect, columnCount: number, format: Format): string {
	const columns = `${format.count(columnCount)} ${columnCount === 1 ? 'column' : 'columns'}`;
	return [...formatWords(dialect), columns].join(', ');
}

function formatWords(dialect: Dialect): string[] {
	switch (dialect.format) {
		case 'xlsx':
			return ['Excel', ...(dialect.sheet === null ? [] : [`sheet “${dialect.sheet}”`])];
		case 'parquet':
			return ['Parquet'];
		case 'ndjson':
			return ['JSON lines', ...gzipWords(dialect)];
		case 'text': {
			const name = ENCODING_WORDS[dialect.encoding].replace(/ \([A-Z].*\)$/, '');
			return [
				dialect.byteOrderMark ? `${name} with byte order mark` : name,
				delimiterName(dialect.delimiter),
				...gzipWords(dialect),
				...(dialect.hasHeader ? [] : ['no column names'])
			];
		}
	}
}

function gzipWords({ compression }: Dialect): string[] {
	return compression === 'gzip' ? ['gzip'] : [];
}

/** What a file was recognised as: the platform, or its kind, matched by the names of its columns. */
export function recognisedWords({ platform, kind }: Pick<SourceParams, 'platform' | 'kind'>): string {
	return PLATFORMS.find(({ id }) => id === platform)?.label ?? `${KIND_WORDS[kind].label}, matched by column`;
}

/** The files of one layout, as a title: “january.csv and 11 more”. */
export function layoutName(files: readonly Pick<SourceParams, 'fileName'>[]): string {
	const [first] = files;
	if (!first) return '';
	return files.length === 1 ? first.fileName : `${first.fileName} and ${files.length - 1} more`;
}
