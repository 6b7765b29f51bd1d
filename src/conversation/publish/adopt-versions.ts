import type { FlowStore } from './flow-store.js';

/** Makes publications of the versions in a store of 0.1.0, which had none; true when there are any then. */
export async function adoptVersions({ publications, versions }: FlowStore): Promise<boolean> {
  if ((await publications.newest()) !== undefined) return true;
  await publications.adopt(await versions.find({}));
  return (await publications.newest()) !== undefined;
}
