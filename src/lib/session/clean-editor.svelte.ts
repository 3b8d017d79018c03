/** What a form for a step starts with; `id` names the step that is changed, null one that is added. */
export interface StepForm {
	readonly id: string | null;
	readonly operation: string | null;
	readonly series: string | null;
	readonly columns: readonly string[];
	/** Parameters to start from; absent: those of the step, or the operation's own. */
	readonly params?: Readonly<Record<string, unknown>>;
}

/** A column of a list of files. */
export interface ColumnOfList {
	readonly series: string;
	readonly column: string;
}

/** What is open on the Clean screen; every part of the app may ask for it. */
export class CleanEditor {
	/** The form of a step. */
	form = $state.raw<StepForm | null>(null);
	/** The column whose spellings are grouped. */
	spellings = $state.raw<ColumnOfList | null>(null);

	/** Asks for a new step, with what is known of it. */
	add(start: Partial<Omit<StepForm, 'id'>> = {}): void {
		this.form = { id: null, operation: null, series: null, columns: [], ...start };
	}

	/** Asks for the form of a step that is there. */
	change(step: Omit<StepForm, 'id'> & { readonly id: string }): void {
		this.form = step;
	}

	/** Asks for the groups of spellings of a column. */
	group(column: ColumnOfList): void {
		this.form = null;
		this.spellings = column;
	}

	close(): void {
		this.form = null;
		this.spellings = null;
	}
}
