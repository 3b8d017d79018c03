declare global {
	namespace App {}

	/* The File System Access API, where a browser has it: https://wicg.github.io/file-system-access/ */

	interface FileSystemHandle {
		queryPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
		/** Asks the user where it has to; refused outside of a click. */
		requestPermission?(options: { readonly mode: 'read' }): Promise<PermissionState>;
	}

	interface DataTransferItem {
		getAsFileSystemHandle?(): Promise<FileSystemFileHandle | FileSystemDirectoryHandle | null | undefined>;
	}

	interface Window {
		showOpenFilePicker?(options: {
			readonly id?: string;
			readonly multiple?: boolean;
		}): Promise<FileSystemFileHandle[]>;
		showDirectoryPicker?(options: {
			readonly id?: string;
			readonly mode?: 'read';
		}): Promise<FileSystemDirectoryHandle>;
		FileSystemObserver?: FileSystemObserverConstructor;
	}

	/** Tells of changes to files and folders: https://github.com/whatwg/fs/pull/165 */
	interface FileSystemObserver {
		observe(handle: object, options?: { readonly recursive?: boolean }): Promise<void>;
		disconnect(): void;
	}

	interface FileSystemObserverConstructor {
		new (onChanges: (changes: readonly { readonly type: string }[]) => void): FileSystemObserver;
	}
}

export {};
