import { createContext } from 'svelte';
import type { App } from './app.svelte.ts';

/** The app, made in the root layout and handed down. */
export const [getApp, setApp] = createContext<App>();
