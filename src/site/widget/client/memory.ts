import { readState, writeState } from './saved-state.js';
import { EMPTY, type ChatState } from './state.js';
import type { FileUpload } from './uploads.js';

/** Where the conversation is kept between visits; each function may fail silently. */
export type Storage = { read(): string | null; write(text: string): void; clear(): void };

/** How things stand with the server. */
export type Link = 'connecting' | 'online' | 'reconnecting' | 'offline';

/** What the view draws. */
export type Snapshot = {
  readonly state: ChatState;
  readonly link: Link;
  readonly typing: boolean;
  /** Files on their way; they are not kept. */
  readonly uploads: readonly FileUpload[];
};

/** The one place where the widget's state changes; every change is saved and told. */
export type Memory = ReturnType<typeof createMemory>;

export function createMemory(storage: Storage) {
  let snapshot: Snapshot = {
    state: readState(storage.read()),
    link: 'connecting',
    typing: false,
    uploads: [],
  };
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const tell = (next: Snapshot): void => {
    snapshot = next;
    for (const listener of listeners) listener(next);
  };
  return {
    get: () => snapshot,
    change(next: (state: ChatState) => ChatState): void {
      const state = next(snapshot.state);
      if (state === snapshot.state) return;
      storage.write(writeState(state));
      tell({ ...snapshot, state });
    },
    /** Begins with nothing; storage is left as it is until the next change. */
    clear(): void {
      tell({ ...snapshot, state: EMPTY, typing: false, uploads: [] });
    },
    show(part: Partial<Omit<Snapshot, 'state'>>): void {
      tell({ ...snapshot, ...part });
    },
    subscribe(listener: (snapshot: Snapshot) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
