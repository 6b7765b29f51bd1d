/** In place of a name in the address of a segment that is not saved yet; no segment can be called so. */
export const NEW_SEGMENT = '~new';
