import type { Command } from 'commander';
import { PROXY_STATES, type ProxyRequestRow } from '../outreach/proxies/proxies.js';
import { referenceOf } from '../supporters/tell-staff.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };

/** `portevoix proxies`: who looks for somebody to vote in their place, and where that stands. */
export function addProxies(program: Command): void {
  program
    .command('proxies')
    .description('requests for a proxy, the latest first, and how many volunteers are free')
    .option('--json', 'one JSON object a line')
    .action(async ({ json }: Options) =>
      withPeople(async ({ proxies: { requests, offers } }) => {
        const sort = { sort: { at: -1 } };
        const offerers = new Map(
          (await offers.find({})).map((offer) => [offer._id, offer] as const),
        );
        const rows = await requests.find({}, sort);
        for (const row of rows) {
          const volunteer = row.offer === undefined ? undefined : offerers.get(row.offer);
          const shown = show(row, volunteer?.supporter);
          await write(json === true ? `${JSON.stringify(shown)}\n` : `${describe(shown)}\n`);
        }
        if (json === true) return;
        const free = [...offerers.values()].filter(
          ({ state, holds }) => state === 'open' && holds.length === 0,
        );
        const counts = PROXY_STATES.map(
          (state) => `${rows.filter((row) => row.state === state).length} ${state}`,
        );
        await write(`${counts.join(', ')}; ${free.length} volunteers free\n`);
      }),
    );
}

type Shown = ReturnType<typeof show>;

/** References and ids only; `portevoix inbox` and `privacy export` tell more of one person. */
function show(row: ProxyRequestRow, volunteer: string | undefined) {
  const { supporter, round, state, by, km, looking_since: since, at } = row;
  const { name, postal_code: code } = row.place;
  return {
    supporter,
    round,
    state,
    ...(name === undefined && code === undefined ? {} : { town: name ?? code }),
    ...(volunteer === undefined ? {} : { volunteer }),
    ...(volunteer === undefined || by === undefined ? {} : { by }),
    ...(volunteer === undefined || km === undefined ? {} : { km: Math.round(km * 10) / 10 }),
    looking_since: since.toISOString(),
    changed_at: at.toISOString(),
  };
}

function describe({ supporter, round, state, town, volunteer, by, changed_at: at }: Shown): string {
  const asked = state === 'created' ? 'asked' : 'by';
  const who = volunteer === undefined ? '' : `  ${asked} ${referenceOf(volunteer)} (${by ?? ''})`;
  return `${referenceOf(supporter)}  round ${round}  ${state}  ${town ?? ''}${who}  ${at}`;
}
