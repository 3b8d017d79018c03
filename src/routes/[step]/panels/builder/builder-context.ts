import { createContext } from 'svelte';
import type { RuleDraft } from '#lib/session/segments/rule-draft.svelte.ts';
import type { RuleTree } from './rule-tree.svelte.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import type { Vocabulary } from '#lib/pipeline/segment/rules/sentence/index.ts';

/** What every part of the builder reads. */
export interface Builder {
	readonly session: Session;
	readonly draft: RuleDraft;
	readonly tree: RuleTree;
	/** The names of everything that a rule may ask for. */
	readonly vocabulary: Vocabulary;
	/** What is wrong with conditions, by the keys of their paths. */
	readonly problems: ReadonlyMap<string, string>;
}

/** The builder, made on its screen and handed down. */
export const [getBuilder, setBuilder] = createContext<Builder>();
