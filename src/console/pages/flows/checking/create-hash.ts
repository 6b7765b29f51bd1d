/**
 * Stands for `createHash` of `node:crypto` where browsers run the engine: versions made there are never
 * kept, and only have to differ where texts do.
 */
export function createHash(_name: string): {
  update(text: string): ReturnType<typeof createHash>;
  digest(format: string): string;
} {
  let [low, high] = [0x811c9dc5, 0xcbf29ce4];
  const hash = {
    update(text: string) {
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        low = Math.imul(low ^ code, 0x01000193);
        high = Math.imul(high ^ (code + at), 0x85ebca6b);
      }
      return hash;
    },
    digest: () => [low, high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join(''),
  };
  return hash;
}
