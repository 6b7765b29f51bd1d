/** Texts of which an editor asks again and again: a flow, its words in a few languages, and each as it just was. */
const MOST = 8;

/** The same reading, which keeps what it gave for the last few texts; what it throws is not kept. */
export function rememberLast<Read>(read: (text: string) => Read): (text: string) => Read {
  const known = new Map<string, { readonly given: Read }>();
  return (text) => {
    const found = known.get(text) ?? { given: read(text) };
    // The one asked for last is dropped last.
    known.delete(text);
    known.set(text, found);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return found.given;
  };
}
