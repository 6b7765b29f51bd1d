import type { Role } from '../../../staff/api.js';
import { Select } from '../../ui/field.js';
import { roleHints } from '../../words/role-words.js';
import { teamWords } from '../../words/team-words.js';
import { useWords } from '../../words/use-words.js';
import { useRoleOptions } from './use-role-options.js';

/** A role to choose, and what whoever has it may do. */
export function RoleField({ role, choose }: { readonly role: Role; choose(role: Role): void }) {
  const words = useWords(teamWords);
  const hints = useWords(roleHints);
  return (
    <Select<Role>
      label={words.role}
      hint={hints[role]}
      value={role}
      options={useRoleOptions()}
      onChoose={choose}
    />
  );
}
