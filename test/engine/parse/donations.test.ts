import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';

function read(donations: string, country = 'fr') {
  const text = `name: A\nlanguages: [fr]\ntimezone: Europe/Paris\ncountry: ${country}\ndonations: ${donations}\n`;
  const { campaign, problems } = compile(
    { campaign: { path: 'flows/campaign.yaml', text }, flows: [], locales: [] },
    [],
  );
  return {
    donations: campaign.donations,
    problems: problems.flatMap(({ file, code, message }) =>
      file === 'flows/campaign.yaml' ? [`${code}: ${message}`] : [],
    ),
  };
}

describe('donations in campaign.yaml', () => {
  test('say who takes them, and what counsel set otherwise', () => {
    const { donations, problems } = read(
      '{ agent: Les Amis, agent_since: 2031-09-12, agent_email: agent@exemple.org, ceiling: 2000, from: 2031-10-01, until: 2032-05-01, amounts: [50, 10, 50] }',
    );
    expect(problems).toEqual([]);
    expect(donations).toEqual({
      agent: 'Les Amis',
      agentSince: '2031-09-12',
      agentEmail: 'agent@exemple.org',
      ceiling: 2_000,
      from: '2031-10-01',
      until: '2032-05-01',
      amounts: [10, 50],
    });
  });

  test('have every mistake told at once', () => {
    const { problems } = read(
      '{ agent_since: 12/09/2031, agent_email: the agent, ceiling: 0, from: 2032-01-01, until: 2031-01-01, amounts: [ten], limit: 3 }',
    );
    expect(problems.join('\n')).toMatchInlineSnapshot(`
      "missing-key: "donations" does not say who may take them; add \`agent:\` with the name
      wrong-type: "agent_since" must be a day such as 2031-09-12; it is "12/09/2031": write 2031-09-12
      wrong-type: "the agent" is no e-mail address; write one such as agent@example.org
      wrong-type: "ceiling" must be a whole number, 1 or more; it is "0"
      wrong-type: gifts would end on 2031-01-01, before they begin on 2032-01-01; write a later day
      wrong-type: "amounts" must be a whole number, 1 or more; it is "ten"
      unknown-key: "donations" has no "limit"; choose one of: agent, agent_since, agent_email, ceiling, from, until, amounts"
    `);
    expect(read('{ agent: Les Amis }').problems).toHaveLength(1);
    expect(read('{ agent: Friends of Ann }', 'us').problems).toEqual([]);
  });
});
