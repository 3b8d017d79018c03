import { pause } from '#lib/core/pause.ts';

/** Every page is a file: no server renders it, and each step has an address of its own in any folder of any host. */
export const prerender = true;
export const ssr = false;
export const trailingSlash = 'always';

/** The first screen comes in a task of its own, after that of its code. */
export const load = (): Promise<void> => pause();
