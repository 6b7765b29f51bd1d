import { rollBack } from '../../conversation/publish/roll-back.js';
import { formatProblem } from '../../engine/problem.js';
import { Refusal } from '../refusal.js';
import { print } from './print.js';
import { isDone, tellOutcome } from './tell-outcome.js';
import { accountName, withFlows } from './with-flows.js';

type Options = { comment?: string; author?: string; json?: boolean };

/** `portevoix flows rollback NAME VERSION`: puts an older version of a flow back in force. */
export async function rollback(name: string, begun: string, options: Options): Promise<void> {
  const { comment, author = accountName(), json = false } = options;
  await withFlows(async (flows) => {
    const { versions, current } = await flows.inForce();
    const known = [...versions.values()].filter((row) => row.name === name);
    const [row, ...others] = known.filter(({ version }) => version.startsWith(begun));
    if (row === undefined || others.length > 0) {
      const which = known.map(({ version }) => version).join(', ');
      throw new Refusal(
        known.length === 0
          ? `No flow "${name}" was ever published.`
          : `"${begun}" names ${row === undefined ? 'no version' : 'several versions'} of "${name}"; there are ${which}.`,
      );
    }
    const { version } = row;
    const told = comment === undefined ? {} : { comment };
    const outcome = await rollBack(flows, name, version, { author, ...told });
    if (outcome.type === 'unknown') throw new Refusal(`"${name}" never was ${version}.`);
    const replaces = current.get(name)?.version;
    const problems = outcome.type === 'refused' ? outcome.review.problems : [];
    if (json) print(JSON.stringify({ outcome: outcome.type, name, version, replaces, problems }));
    else {
      for (const problem of problems) print(formatProblem(problem));
      print(tellOutcome(outcome));
      const stood = await flows.supporters.countStanding(name);
      const sessions = stood.reduce((sum, standing) => sum + standing.sessions, 0);
      if (outcome.type === 'published' && sessions > 0) {
        print(
          `${sessions} of its sessions end on the version they stand on, or move at a checkpoint.`,
        );
      }
    }
    if (!isDone(outcome)) process.exitCode = 1;
  });
}
