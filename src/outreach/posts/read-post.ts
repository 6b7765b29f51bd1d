import { basename } from 'node:path';
import {
  BLUESKY_BYTES,
  countText,
  POST_NETWORKS,
  type PostNetworkName,
} from '../../engine/count-post.js';
import { checkNeutralWords } from '../../engine/check/neutral.js';
import type { Campaign } from '../../engine/campaign.js';
import { openYaml } from '../../engine/parse/open.js';
import {
  checkKeys,
  needKey,
  readChoice,
  readList,
  readMap,
  readText,
} from '../../engine/parse/read.js';
import { createReport, sortProblems, type Report } from '../../engine/parse/report.js';
import type { Problem } from '../../engine/problem.js';
import type { SourceFile, YamlMap, YamlNode } from '../../engine/yaml.js';
import { readTime } from '../messages/read-time.js';
import { say, type Sentence } from '../../engine/sentence.js';
import type { PostDefinition } from './post.js';

/** What a post is checked against. */
export type PostContext = {
  readonly campaign: Campaign;
  /** Networks that are set up. */
  readonly on: ReadonlySet<PostNetworkName>;
  /** Characters that the Mastodon instance takes. */
  readonly mastodonLimit: number;
  /** The bytes of a picture named in the file; undefined: there is none. */
  picture(file: string): Uint8Array | undefined;
};

export type PostReading = {
  /** Absent when there is any error. */
  readonly post?: PostDefinition;
  readonly bytes?: Uint8Array;
  readonly problems: readonly Problem[];
};

const KEYS = ['name', 'content', 'at', 'language', 'networks', 'text', 'texts', 'picture'];
/** Bytes of a picture, and characters of what describes it, where a network allows fewest. */
const PICTURE_LIMITS: Readonly<
  Record<PostNetworkName, { readonly bytes: number; readonly alt: number }>
> = {
  // Bot API, sendPhoto; the description is not sent.
  telegram: { bytes: 10_000_000, alt: 10_000 },
  x: { bytes: 5_000_000, alt: 1_000 },
  mastodon: { bytes: 16_000_000, alt: 1_500 },
  // Lexicon app.bsky.embed.images.
  bluesky: { bytes: 1_000_000, alt: 2_000 },
};

/** Reads and checks the file of a public post: every mistake at once, each with its place and cure. */
export function readPost(file: SourceFile, context: PostContext): PostReading {
  const report = createReport();
  const { root } = openYaml(file, report);
  if (root === undefined) {
    const top = { file: file.path, line: 1, column: 1 };
    report.error(top, 'missing-key', say`the file says nothing; begin with \`name:\` and \`at:\``);
  }
  const written = root === undefined ? undefined : readMap(root, 'post', report);
  const read =
    written === undefined
      ? undefined
      : readAll(checkKeys(written, KEYS, say`a post`, report), context, report);
  const problems = sortProblems(report.problems);
  const isSound = !problems.some(({ severity }) => severity === 'error');
  return { problems, ...(isSound && read !== undefined ? read : {}) };
}

function readAll(
  map: YamlMap,
  context: PostContext,
  report: Report,
): Pick<PostReading, 'post' | 'bytes'> | undefined {
  const { campaign } = context;
  const need = (key: string, cure: Sentence): YamlNode | undefined =>
    needKey(map, say`the post`, key, cure, report);
  const nameNode = need('name', say`\`name:\`, by which staff know it`);
  const name = nameNode === undefined ? undefined : readText(nameNode, 'name', report)?.text;
  const contentNode = map.get('content');
  const content =
    contentNode === undefined
      ? 'campaign'
      : readChoice(contentNode, 'content', ['campaign', 'neutral'], report);
  const atNode = need('at', say`\`at:\` with an instant, or \`{ days_before: 1, time: "18:00" }\``);
  const at = atNode === undefined ? undefined : readTime(atNode, 'at', campaign, report);
  const languageNode = map.get('language');
  const [first = 'en'] = campaign.languages;
  const language =
    languageNode === undefined
      ? first
      : readChoice(languageNode, 'language', campaign.languages, report);
  const networks = readNetworks(
    need('networks', say`\`networks: [telegram, x]\``),
    context,
    report,
  );
  const picture = readPicture(map.get('picture'), networks, context, report);
  const texts = readTexts(map, networks, context, picture !== undefined, report);
  if (content === 'neutral') checkNeutralTexts(map, campaign, report);
  if (name === undefined || content === undefined || at === undefined || language === undefined) {
    return undefined;
  }
  const { bytes, ...shown } = picture ?? { bytes: undefined };
  return {
    post: {
      name,
      content,
      at,
      language,
      texts,
      ...('type' in shown ? { picture: shown } : {}),
    },
    ...(bytes === undefined ? {} : { bytes }),
  };
}

function readNetworks(
  node: YamlNode | undefined,
  { on }: PostContext,
  report: Report,
): readonly PostNetworkName[] {
  const list = node === undefined ? undefined : readList(node, 'networks', report);
  if (list?.items.length === 0) {
    const all = POST_NETWORKS.join(', ');
    report.error(list.place(), 'wrong-type', say`"networks" is empty; name one of: ${all}`);
  }
  const named = (list?.items ?? []).flatMap((item) => {
    const network = readChoice(item, 'networks', POST_NETWORKS, report);
    if (network !== undefined && !on.has(network)) {
      report.error(
        item.place(),
        'unknown-field',
        say`${network} is not set up; see its settings in README.md, or take it away here`,
      );
    }
    return network ?? [];
  });
  return [...new Set(named)];
}

function readTexts(
  map: YamlMap,
  networks: readonly PostNetworkName[],
  { mastodonLimit: mastodon }: PostContext,
  hasPicture: boolean,
  report: Report,
): PostDefinition['texts'] {
  const textNode = map.get('text');
  const all = textNode === undefined ? undefined : readText(textNode, 'text', report);
  const ownNode = map.get('texts');
  const written = ownNode === undefined ? undefined : readMap(ownNode, 'texts', report);
  const own =
    written === undefined ? undefined : checkKeys(written, [...networks], say`"texts"`, report);
  const texts: { [network in PostNetworkName]?: string } = {};
  for (const network of networks) {
    const node = own?.get(network);
    const text = node === undefined ? all : readText(node, network, report);
    if (text === undefined) {
      if (node !== undefined || textNode !== undefined) continue;
      const cure = say`add \`text:\` for all networks, or \`${network}:\` under \`texts:\``;
      report.error(map.place(), 'missing-key', say`the post says nothing on ${network}; ${cure}`);
      continue;
    }
    texts[network] = text.text;
    const { count, most } = countText(network, text.text, { mastodon, hasPicture });
    if (count > most) {
      report.error(
        text.place,
        'text-too-long',
        say`it counts ${count} on ${network}, which takes ${most}; shorten it, or write a shorter one under \`texts: ${network}:\``,
      );
    } else if (network === 'bluesky' && Buffer.byteLength(text.text) > BLUESKY_BYTES) {
      report.error(
        text.place,
        'text-too-long',
        say`it has more than ${BLUESKY_BYTES} bytes, which is all that bluesky takes; shorten it`,
      );
    }
  }
  return texts;
}

type ReadPicture = NonNullable<PostDefinition['picture']> & { readonly bytes: Uint8Array };

function readPicture(
  node: YamlNode | undefined,
  networks: readonly PostNetworkName[],
  context: PostContext,
  report: Report,
): ReadPicture | undefined {
  const written = node === undefined ? undefined : readMap(node, 'picture', report);
  if (written === undefined) return undefined;
  const map = checkKeys(written, ['file', 'alt'], say`"picture"`, report);
  const fileNode = needKey(map, say`"picture"`, 'file', say`\`file: market.jpg\``, report);
  const file = fileNode === undefined ? undefined : readText(fileNode, 'file', report);
  const what = say`\`alt:\` with what the picture shows, for those who do not see it`;
  const altNode = needKey(map, say`"picture"`, 'alt', what, report);
  const alt = altNode === undefined ? undefined : readText(altNode, 'alt', report);
  const bytes = file === undefined ? undefined : context.picture(file.text);
  if (file === undefined) return undefined;
  if (bytes === undefined) {
    const shown = basename(file.text);
    report.error(file.place, 'unknown-field', say`there is no picture "${shown}" beside this file`);
    return undefined;
  }
  const type = typeOf(bytes);
  if (type === undefined) {
    report.error(file.place, 'wrong-type', say`a picture is a JPEG or a PNG; save it as one`);
  }
  for (const network of networks) {
    const { bytes: most, alt: longest } = PICTURE_LIMITS[network];
    if (bytes.length > most) {
      report.error(
        file.place,
        'text-too-long',
        say`the picture has ${bytes.length} bytes, and ${network} takes ${most}; save it smaller`,
      );
    }
    if (alt !== undefined && alt.text.length > longest) {
      report.error(
        alt.place,
        'text-too-long',
        say`${network} takes ${longest} characters of "alt"`,
      );
    }
  }
  return type === undefined || alt === undefined ? undefined : { type, alt: alt.text, bytes };
}

function typeOf(bytes: Uint8Array): 'image/jpeg' | 'image/png' | undefined {
  const starts = (...first: readonly number[]): boolean =>
    first.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  return starts(0x89, 0x50, 0x4e, 0x47) ? 'image/png' : undefined;
}

function checkNeutralTexts(map: YamlMap, campaign: Campaign, report: Report): void {
  const texts = map.get('texts');
  const picture = map.get('picture');
  const own = texts?.type === 'map' ? texts.entries : [];
  const alt = picture?.type === 'map' ? picture.entries.filter(({ key }) => key === 'alt') : [];
  const all = [...map.entries.filter(({ key }) => key === 'text'), ...own, ...alt];
  const entries = new Map(
    all.flatMap((entry) => {
      const { key, value } = entry;
      if (value.type !== 'scalar') return [];
      return [
        [key, { text: value.text, place: value.place(), keyPlace: entry.keyPlace() }],
      ] as const;
    }),
  );
  const cure = say`in a neutral post; take it away, or write \`content: campaign\``;
  checkNeutralWords(entries, campaign, cure, report);
}
