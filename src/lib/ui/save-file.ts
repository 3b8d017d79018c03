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
