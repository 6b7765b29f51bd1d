import { z } from 'zod';
import type { Audit, AuditRow } from '../audit.js';
import type { AuditEntry } from '../api.js';
import { defineRoute, type Route } from '../route.js';
import type { Identities } from '../../supporters/identities.js';
import { limit } from './inputs.js';

export type AuditOptions = {
  readonly audit: Audit;
  /** Under which ids a supporter is known. */
  identities(supporter: string): Promise<Identities>;
};

const USUAL = 50;

/** The route that reads the audit log. */
export function auditRoutes({ audit, identities }: AuditOptions): Route[] {
  return [
    defineRoute<'GET /audit'>({
      type: 'json',
      key: 'GET /audit',
      name: 'readAudit',
      summary: 'Who did what, and who looked at whom, the latest first.',
      access: 'audit.read',
      input: z.strictObject({
        before: z.string().max(100).exactOptional(),
        who: z.string().max(200).exactOptional(),
        supporter: z.string().max(200).exactOptional(),
        action: z.string().max(100).exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({
        items: z.array(
          z.object({
            id: z.string(),
            at: z.string(),
            action: z.string(),
            who: z.object({ id: z.string(), name: z.string() }),
            outcome: z.enum(['begun', 'done', 'refused']),
            supporter: z.string().exactOptional(),
            about: z.string().exactOptional(),
          }),
        ),
        next: z.string().exactOptional(),
      }),
      audit: () => ({}),
      async handle({ limit: most = USUAL, supporter, ...query }) {
        const of = supporter === undefined ? {} : { supporter: await identities(supporter) };
        const rows = await audit.list({ ...query, ...of, limit: most + 1 });
        const items = rows.slice(0, most).map(tellEntry);
        const last = items.at(-1);
        return rows.length > most && last !== undefined ? { items, next: last.id } : { items };
      },
    }),
  ];
}

function tellEntry({
  _id,
  at,
  action,
  who,
  who_name: name,
  outcome,
  ...row
}: AuditRow): AuditEntry {
  return {
    id: _id,
    at: at.toISOString(),
    action,
    who: { id: who, name },
    outcome,
    ...(row.supporter === undefined ? {} : { supporter: row.supporter }),
    ...(row.about === undefined ? {} : { about: row.about }),
  };
}
