import type { Connection } from 'mongoose';
import type { Table } from '../store/table.js';
import { openLinks, type Links } from './accounts/links.js';
import { openMembers, type Members } from './accounts/members.js';
import { openSessions, type Sessions } from './accounts/sessions.js';
import { openApiTokens, type ApiTokens } from './accounts/tokens.js';
import { openAudit, type Audit } from './audit.js';
import { openAssignments, type Assignments } from './inbox/assignments.js';
import { openNotes, type Notes } from './inbox/notes.js';

/** The collections of staff: who they are, where they are signed in, and what they did. */
export type StaffTables = {
  readonly members: Members;
  readonly sessions: Sessions;
  readonly links: Links;
  readonly tokens: ApiTokens;
  readonly audit: Audit;
  readonly notes: Notes;
  readonly assignments: Assignments;
  /** Those whose indexes a start makes. */
  readonly indexed: readonly Pick<Table<never>, 'createIndexes'>[];
};

/** Opens them. */
export function openStaffTables(connection: Connection): StaffTables {
  const members = openMembers(connection);
  const sessions = openSessions(connection);
  const links = openLinks(connection);
  const tokens = openApiTokens(connection);
  const audit = openAudit(connection);
  const notes = openNotes(connection);
  const assignments = openAssignments(connection);
  return {
    members,
    sessions,
    links,
    tokens,
    audit,
    notes,
    assignments,
    indexed: [
      members.table,
      sessions.table,
      links.table,
      tokens.table,
      audit.table,
      notes.table,
      assignments.table,
    ],
  };
}
