/** Begins to lead what is said to Microsoft to a port of loopback; answers what ends it. */
export function redirect(portOf: () => number): () => void;
