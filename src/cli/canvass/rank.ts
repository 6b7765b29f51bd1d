import { explainRank } from '../../canvass/targeting/explain-rank.js';
import { rankAreas } from '../../canvass/targeting/rank-areas.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withAreas } from './with-areas.js';

type Options = {
  readonly election?: readonly string[];
  readonly language?: string;
  readonly limit?: string;
  readonly json?: boolean;
};

/** `portevoix canvass rank`. */
export async function rank({ election, language, limit, json }: Options): Promise<void> {
  const most = limit === undefined ? Infinity : Number(limit);
  if (!(most >= 1)) throw new Refusal('--limit is a number of areas, such as 20.');
  if (language !== undefined && language !== 'fr' && language !== 'en') {
    throw new Refusal('--language is fr or en.');
  }
  await withAreas(election, async ({ collected, rules, tongue }) => {
    const { areas, elections, strayDoors } = collected;
    // Nobody can knock where no door is known; before any is, all areas are ranked.
    const withDoors = areas.filter(({ doors }) => doors !== undefined);
    const ranked = rankAreas(withDoors.length === 0 ? areas : withDoors, rules);
    for (const area of ranked.slice(0, most)) {
      const why = explainRank(area, rules, language ?? tongue);
      const name = area.city === undefined ? area.code : `${area.code} ${area.city}`;
      await write(
        json === true
          ? `${JSON.stringify({ ...area, why })}\n`
          : `${String(area.rank).padStart(4)}  ${area.score.toFixed(0).padStart(3)}  ${name}\n           ${why}\n`,
      );
    }
    if (json === true) return;
    await write(`By ${elections.join(', ')}. Areas are ranked, never people.\n`);
    const left = withDoors.length === 0 ? 0 : areas.length - withDoors.length;
    if (left > 0) await write(`${left} areas with results, but without doors, are left out.\n`);
    if (strayDoors > 0) {
      await write(
        `${strayDoors} doors lie in no area: they have no polling station, or one without results.\n`,
      );
    }
  });
}
