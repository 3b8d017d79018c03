import { toAppError, type AppError, type ErrorCode } from '#lib/core/errors.ts';

/** Something done that can be taken back. */
export interface Toast {
	readonly id: number;
	readonly text: string;
	readonly undo?: () => void;
	/** Where what was done can be seen. */
	readonly link?: ToastLink;
}

export interface ToastLink {
	readonly label: string;
	readonly href: string;
}

/** What the app has to say beside the screens. */
export class Messages {
	/** Failures that belong to no step: files that could not be added, storage, the engine. */
	problems = $state.raw<readonly AppError[]>([]);
	toasts = $state.raw<readonly Toast[]>([]);
	#toastId = 0;

	/** Keeps a failure on the screen until it is put away; one that is there already is not shown twice. */
	report(error: unknown): void {
		const problem = toAppError(error);
		if (this.problems.some(({ message }) => message === problem.message)) return;
		this.problems = [...this.problems, problem];
	}

	/** Takes a failure away that has been mended. */
	protected forgetProblem(code: ErrorCode): void {
		this.problems = this.problems.filter((problem) => problem.code !== code);
	}

	/** Puts a failure away. */
	dismiss(problem: AppError): void {
		this.problems = this.problems.filter((each) => each !== problem);
	}

	/**
	 * Shows that something was done. The newest replaces the one of its kind: of what can be taken back (Undo takes back the
	 * latest change alone), and of what cannot.
	 */
	toast(text: string, undo?: () => void, link?: ToastLink): void {
		this.#toastId += 1;
		const toast = { id: this.#toastId, text, ...(undo ? { undo } : {}), ...(link ? { link } : {}) };
		const others = this.toasts.filter((each) => (each.undo === undefined) !== (undo === undefined));
		this.toasts = [...others, toast];
	}

	/** Takes a toast away. */
	dismissToast(id: number): void {
		this.toasts = this.toasts.filter((toast) => toast.id !== id);
	}
}
