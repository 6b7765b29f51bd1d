import type { Role } from '../../../staff/api.js';
import { roleWords } from '../../words/role-words.js';
import { useWords } from '../../words/use-words.js';

const ORDER: readonly Role[] = [
  'admin',
  'editor',
  'organiser',
  'treasurer',
  'privacy',
  'agent',
  'viewer',
];

/** All roles to choose from, in the language of whoever looks. */
export function useRoleOptions(): readonly { readonly value: Role; readonly label: string }[] {
  const words = useWords(roleWords);
  return ORDER.map((value) => ({ value, label: words[value] }));
}
