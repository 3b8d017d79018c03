import {
	acceptCompletion,
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	completionKeymap,
	type Completion,
	type CompletionContext,
	type CompletionResult
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql, SQLDialect } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
	drawSelection,
	EditorView,
	highlightActiveLine,
	keymap,
	lineNumbers,
	placeholder
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { SqlVocabulary } from '#lib/pipeline/queries/catalog.ts';
import type { SqlCompletions } from '#lib/session/sql-completions.ts';

/** What an editor tells, and asks. */
export interface EditorOptions {
	readonly text: string;
	/** Names it for a screen reader. */
	readonly label: string;
	readonly hint: string;
	onChange(text: string): void;
	onRun(): void;
	onFormat(): void;
	/** Esc, where nothing is open that it closes. */
	onLeave(): void;
	complete(text: string, at: number): SqlCompletions;
}

/** A place in the text that something is said about. */
export interface EditorProblem {
	readonly from: number;
	readonly to: number;
	readonly message: string;
}

/** An editor on the page. */
export interface SqlEditor {
	text(): string;
	/** What is selected, and where it starts; the whole text where nothing is. */
	selected(): { readonly text: string; readonly start: number };
	/** Replaces the whole text; it can be undone. */
	replace(text: string): void;
	/** Writes at the cursor. */
	insert(text: string): void;
	focus(): void;
	setVocabulary(vocabulary: SqlVocabulary): void;
	setProblem(problem: EditorProblem | null): void;
	close(): void;
}

/** Opens an editor in an element. It lives in a shadow root, where its styles need no `<style>`. */
export function openEditor(host: HTMLElement, options: EditorOptions): SqlEditor {
	const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
	root.replaceChildren();
	const dialect = new Compartment();
	const state = EditorState.create({
		doc: options.text,
		extensions: [
			keys(options),
			TYPE_OVER,
			lineNumbers(),
			highlightActiveLine(),
			drawSelection(),
			history(),
			bracketMatching(),
			closeBrackets(),
			lintGutter(),
			EditorView.lineWrapping,
			placeholder(options.hint),
			EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false' }),
			autocompletion({ override: [completionsOf(options)], icons: false, maxRenderedOptions: 60 }),
			dialect.of(languageOf(null)),
			syntaxHighlighting(COLOURS),
			THEME,
			EditorView.updateListener.of((update) => {
				if (update.docChanged) options.onChange(update.state.doc.toString());
			})
		]
	});
	const view = new EditorView({ state, parent: root, root });
	return {
		text: () => view.state.doc.toString(),
		selected: () => selectedOf(view.state),
		replace: (text) =>
			view.dispatch({
				changes: { from: 0, to: view.state.doc.length, insert: text },
				selection: { anchor: text.length }
			}),
		insert: (text) => {
			view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
			view.focus();
		},
		focus: () => view.focus(),
		setVocabulary: (vocabulary) => view.dispatch({ effects: dialect.reconfigure(languageOf(vocabulary)) }),
		setProblem: (problem) => showProblem(view, problem),
		close: () => view.destroy()
	};
}

function keys({ onRun, onFormat, onLeave }: EditorOptions): Extension {
	const does = (action: () => void) => () => {
		action();
		return true;
	};
	return [
		// Tab takes what is offered, and else leaves the editor, as everywhere on the page.
		keymap.of([
			{ key: 'Mod-Enter', run: does(onRun) },
			{ key: 'Shift-Alt-f', run: does(onFormat) },
			{ key: 'Tab', run: acceptCompletion },
			...completionKeymap,
			{ key: 'Escape', run: does(onLeave) },
			...closeBracketsKeymap,
			...historyKeymap,
			...defaultKeymap
		])
	];
}

/**
 * What is typed over a selection is written here. Left to Chromium, it would wrap the text in an element that copies the
 * colours it replaces, by an inline style, which the policy of the page blocks and reports.
 */
const TYPE_OVER: Extension = EditorView.domEventHandlers({
	beforeinput(event, view) {
		const { from, to, empty } = view.state.selection.main;
		const { data } = event;
		if (empty || event.inputType !== 'insertText' || event.isComposing || !data) return false;
		const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type' });
		const isHandled = view.state
			.facet(EditorView.inputHandler)
			.some((handler) => handler(view, from, to, data, insert));
		if (!isHandled) view.dispatch(insert());
		return true;
	}
});

function selectedOf({ selection, doc }: EditorState): { text: string; start: number } {
	const { from, to, empty } = selection.main;
	return empty ? { text: doc.toString(), start: 0 } : { text: doc.sliceString(from, to), start: from };
}

function showProblem(view: EditorView, problem: EditorProblem | null): void {
	const end = view.state.doc.length;
	const found = problem
		? [
				{
					from: Math.min(problem.from, end),
					to: Math.min(problem.to, end),
					severity: 'error' as const,
					message: problem.message
				}
			]
		: [];
	view.dispatch(setDiagnostics(view.state, found));
	if (problem) view.dispatch({ selection: { anchor: Math.min(problem.from, end) }, scrollIntoView: true });
}

/** The engine's own keywords, types and functions, once they are known. */
function languageOf(vocabulary: SqlVocabulary | null): Extension {
	const dialect = SQLDialect.define({
		...(vocabulary
			? {
					keywords: vocabulary.keywords.join(' '),
					types: vocabulary.types.join(' '),
					builtin: vocabulary.functions.map(({ name }) => name).join(' ')
				}
			: {}),
		doubleDollarQuotedStrings: true,
		operatorChars: '*+-%<>!=&|~^/:',
		identifierQuotes: '"'
	});
	return sql({ dialect }).language;
}

const KINDS: Readonly<Record<string, string>> = { column: 'property', table: 'class', schema: 'namespace' };

function completionsOf({ complete }: EditorOptions) {
	return (context: CompletionContext): CompletionResult | null => {
		const { from, options } = complete(context.state.doc.toString(), context.pos);
		const behindDot = context.state.sliceDoc(from - 1, from) === '.';
		const behindTable = /\b(?:FROM|JOIN)\s+$/i.test(context.state.sliceDoc(Math.max(0, from - 12), from));
		if (from === context.pos && !context.explicit && !behindDot && !behindTable) return null;
		return {
			from,
			options: options.map((option): Completion => ({
				label: option.label,
				apply: option.apply,
				detail: option.detail,
				type: KINDS[option.kind] ?? option.kind,
				boost: option.boost,
				...(option.info ? { info: option.info } : {})
			})),
			validFor: /^"?[\w $]*$/
		};
	};
}

const COLOURS = HighlightStyle.define([
	{ tag: [tags.keyword, tags.typeName], color: 'var(--info)' },
	{ tag: tags.standard(tags.name), color: 'var(--accent-ink)' },
	{ tag: [tags.string, tags.special(tags.string)], color: 'var(--trust)' },
	{ tag: [tags.number, tags.bool, tags.null], color: 'var(--care)' },
	{ tag: [tags.lineComment, tags.blockComment], color: 'var(--ink-3)', fontStyle: 'italic' }
]);

/** All colours are tokens of the page, which reach into the shadow root, so both themes need nothing more. */
const THEME = EditorView.theme({
	'&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '13px' },
	'&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px', borderRadius: 'var(--r-2)' },
	'.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px', minHeight: '164px', maxHeight: '50vh' },
	'.cm-content': { padding: '10px 0', caretColor: 'var(--ink)' },
	'.cm-cursor': { borderLeftColor: 'var(--ink)' },
	'.cm-gutters': { backgroundColor: 'transparent', color: 'var(--ink-3)', border: '0' },
	'.cm-activeLine, .cm-activeLineGutter': {
		backgroundColor: 'color-mix(in srgb, var(--sunken) 55%, transparent)'
	},
	'&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
		backgroundColor: 'color-mix(in srgb, var(--focus) 26%, transparent) !important'
	},
	'&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-tint)', color: 'inherit' },
	'&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--stop-tint)', color: 'inherit' },
	'.cm-placeholder': { color: 'var(--ink-3)' },
	'.cm-tooltip': {
		border: '1px solid var(--line)',
		borderRadius: 'var(--r-2)',
		backgroundColor: 'var(--raised)',
		color: 'var(--ink)',
		boxShadow: 'var(--shadow-2)'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul': {
		fontFamily: 'var(--mono)',
		fontSize: '12px',
		maxHeight: '260px',
		minWidth: '220px',
		maxWidth: 'min(560px, 88vw)'
	},
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '5px 10px', lineHeight: '16px' },
	'.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
		backgroundColor: 'var(--accent-tint)',
		color: 'var(--ink)'
	},
	'.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', marginLeft: '10px' },
	'.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
	'.cm-completionInfo': {
		padding: '8px 10px',
		maxWidth: '280px',
		font: '400 12px/18px var(--font)',
		color: 'var(--ink-2)'
	},
	'.cm-diagnostic': {
		padding: '6px 10px',
		borderLeft: '3px solid var(--stop)',
		font: '400 12px/18px var(--font)',
		whiteSpace: 'pre-wrap'
	},
	'.cm-lintRange-error': {
		backgroundImage: 'none',
		textDecoration: 'underline wavy var(--stop)',
		textDecorationSkipInk: 'none'
	},
	'.cm-lintPoint:after': { borderBottomColor: 'var(--stop)' },
	'.cm-lint-marker-error': {
		content: 'none',
		width: '8px',
		height: '8px',
		borderRadius: '50%',
		background: 'var(--stop)'
	},
	'.cm-gutter-lint': { width: '14px' }
});
