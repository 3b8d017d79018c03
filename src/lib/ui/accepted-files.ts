/** What the file chooser offers. Files are known by their content, so dropping takes anything. */
export const ACCEPTED_FILES = [
	'.csv',
	'.tsv',
	'.tab',
	'.txt',
	'.gz',
	'.zip',
	'.xlsx',
	'.xlsm',
	'.parquet',
	'.json',
	'.ndjson',
	'.jsonl',
	'text/csv',
	'text/tab-separated-values',
	'application/gzip',
	'application/zip'
].join(',');

/** The same in words. */
export const ACCEPTED_WORDS = 'CSV, Excel, Parquet, JSON lines or zip, several at once or a whole folder';
