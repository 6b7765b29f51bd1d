/** A program of its own, which the build bundles apart; `url` is where it is served. */
declare module '*?worker' {
  export const url: string;
}

/** A style sheet that comes with its program. */
declare module '*.css';

/** What the engine takes of it; the build puts `pages/flows/checking/create-hash.ts` in its place. */
declare module 'node:crypto' {
  export { createHash } from './pages/flows/checking/create-hash.js';
}
