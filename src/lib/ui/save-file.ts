/** Offers files to the browser's download, one after the other. */
export function saveFiles(files: readonly { readonly name: string; readonly blob: Blob }[]): void {
	for (const { name, blob } of files) saveFile(name, blob);
}

/** Offers a file to the browser's download. The bytes stay on this device. */
export function saveFile(name: string, blob: Blob): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// The browser reads the address after the click has returned.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
