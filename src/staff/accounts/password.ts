import { hash, verify } from '@node-rs/argon2';

/** What OWASP's cheat sheet of password storage asks at least of argon2id: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Characters of a password; NIST SP 800-63B asks for 8 or more, and for no rules beside. */
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;

/** A hash of nothing anybody could type, so that an unknown account takes as long as a known one. */
let nobody: Promise<string> | undefined;

/** Hashes a password for the store, with argon2id. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** Whether this is the password; takes as long where there is none. */
export async function isPassword(kept: string | undefined, password: string): Promise<boolean> {
  nobody ??= hash('\u0000 nobody', COST);
  const isIt = await verify(kept ?? (await nobody), password.normalize('NFKC'));
  return isIt && kept !== undefined;
}

/** Whether a password is one of those tried first: the account's own name, or one sign again and again. */
export function isGuessable(password: string, email: string): boolean {
  const [name = ''] = email.split('@');
  const plain = password.toLowerCase();
  const isOwnName = plain === email || (name.length >= 4 && plain.replaceAll(/\d+$/g, '') === name);
  return isOwnName || new Set(plain).size < 4 || COMMON.test(plain);
}

const COMMON =
  /^(?:password|passw0rd|motdepasse|azerty(?:uiop)?|qwerty(?:uiop)?|letmein|welcome|bienvenue|portevoix|12345678\d*|0123456789|iloveyou|jetaime|administrat(?:or|eur)|admin)[\d!?.]*$/;
