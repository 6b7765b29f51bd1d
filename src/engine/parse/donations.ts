import type { Campaign, DonationTerms } from '../campaign.js';
import type { YamlMap, YamlNode } from '../yaml.js';
import { isDate } from './instant.js';
import { checkKeys, readList, readMap, readNumber, readText } from './read.js';
import { refuseDay } from './refuse-day.js';
import type { Report } from './report.js';
import { say } from '../sentence.js';

const KEYS = ['agent', 'agent_since', 'agent_email', 'ceiling', 'from', 'until', 'amounts'];

/** Reads `donations:` of `campaign.yaml`; undefined when it does not say who may take them. */
export function readDonations(
  node: YamlNode,
  country: Campaign['country'],
  report: Report,
): DonationTerms | undefined {
  const written = readMap(node, 'donations', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, KEYS, say`"donations"`, report);
  const agentNode = map.get('agent');
  const agent = agentNode === undefined ? undefined : readText(agentNode, 'agent', report)?.text;
  if (agentNode === undefined) {
    report.error(
      map.place(),
      'missing-key',
      say`"donations" does not say who may take them; add \`agent:\` with the name`,
    );
  }
  if (map.get('agent_since') === undefined && country === 'fr') {
    report.error(
      map.place(),
      'missing-key',
      say`"donations" does not say since when the agent is declared; add \`agent_since:\` with a day such as 2031-09-12`,
    );
  }
  const agentSince = readDay(map, 'agent_since', report);
  const agentEmail = readAddress(map, 'agent_email', report);
  const from = readDay(map, 'from', report);
  const until = readDay(map, 'until', report);
  if (from !== undefined && until !== undefined && until < from) {
    report.error(
      map.get('until')?.place() ?? map.place(),
      'wrong-type',
      say`gifts would end on ${until}, before they begin on ${from}; write a later day`,
    );
  }
  const ceilingNode = map.get('ceiling');
  const ceiling =
    ceilingNode === undefined
      ? undefined
      : readNumber(ceilingNode, 'ceiling', report, { whole: true, from: 1 });
  const amounts = readAmounts(map, report);
  if (agent === undefined) return undefined;
  return {
    agent,
    ...(agentSince === undefined ? {} : { agentSince }),
    ...(agentEmail === undefined ? {} : { agentEmail }),
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(amounts === undefined ? {} : { amounts }),
  };
}

/** An e-mail address, as far as its form tells. */
function readAddress(map: YamlMap, key: string, report: Report): string | undefined {
  const node = map.get(key);
  const written = node === undefined ? undefined : readText(node, key, report);
  if (written === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(written.text))
    return written?.text;
  report.error(
    written.place,
    'wrong-type',
    say`"${written.text}" is no e-mail address; write one such as agent@example.org`,
  );
  return undefined;
}

function readDay(map: YamlMap, key: string, report: Report): string | undefined {
  const node = map.get(key);
  const written = node === undefined ? undefined : readText(node, key, report);
  if (written === undefined) return undefined;
  if (isDate(written.text)) return written.text;
  refuseDay(written, key, '2031-09-12', report);
  return undefined;
}

function readAmounts(map: YamlMap, report: Report): readonly number[] | undefined {
  const node = map.get('amounts');
  const list = node === undefined ? undefined : readList(node, 'amounts', report);
  const amounts = list?.items.flatMap(
    (item) => readNumber(item, 'amounts', report, { whole: true, from: 1 }) ?? [],
  );
  if (amounts === undefined || amounts.length === 0) return undefined;
  return [...new Set(amounts)].toSorted((one, other) => one - other);
}
