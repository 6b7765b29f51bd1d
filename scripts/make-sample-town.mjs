// Writes samples/valbrume: the doors, results and incomes of an invented town, always the same.
//   npm run build && node scripts/make-sample-town.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { squareAt } from '../dist/canvass/grid/square.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'samples', 'valbrume');
const chance = seeded(2032);
const COMMUNE = '35999';
const CENTRE = { lat: 48.0824, lon: -1.6021 };
/** Metres between streets, and how many run each way. */
const BLOCK = 165;
const [ACROSS, ALONG] = [9, 8];
/** Metres from the middle, towards the east and the north. */
const ESTATE = { x: 430, y: 330, radius: 230 };
const STATIONS = [
  ['Mairie', 0, 0],
  ['École du Lavoir', -180, 210],
  ['École des Tanneurs', 190, -200],
  ['Halle aux grains', -40, -330],
  ['Maison de quartier du Haut-Moulin', 420, 400],
  ['Gymnase du Haut-Moulin', 520, 180],
  ['École de la Prairie', -480, 60],
  ['Salle des Ormes', -420, -380],
  ['Foyer du Faubourg', 480, -340],
  ['École du Vieux-Pont', -360, 450],
];
const NAMES = [
  'Grande Rue,Rue du Lavoir,Rue des Tanneurs,Quai de la Brume,Rue du Vieux-Pont,Rue de la Halle',
  'Rue des Ormes,Rue du Moulin,Rue de la Fontaine,Rue Basse,Rue Haute,Rue du Four à chaux',
  'Rue des Lavandières,Rue de l’Écluse,Rue de la Prairie,Allée des Tilleuls,Rue du Puits,Rue Neuve',
  'Rue des Tisserands,Rue de la Gare,Avenue du Haut-Moulin,Rue des Cordiers,Rue du Gué,Rue des Saules',
  'Chemin du Halage,Rue des Vergers,Rue de l’Abreuvoir,Rue du Clos,Rue des Jardins,Impasse du Chat',
  'Rue des Forges,Rue du Pressoir,Rue de la Butte,Rue des Peupliers,Rue du Bac,Rue des Mariniers',
  'Rue de la Croix-Verte,Rue des Bleuets,Rue du Champ-Rond,Rue des Roseaux,Rue du Colombier',
  'Rue de la Carrière,Rue des Noyers,Rue du Faubourg,Rue des Aubépines,Rue du Levant,Rue du Couchant',
  'Allée des Martins-Pêcheurs,Rue de la Source,Rue du Marché,Rue des Écoles,Rue du Beffroi',
]
  .join(',')
  .split(',');

/** A small generator of chance (mulberry32), so that the town is the same every time. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Metres from the middle, bent and turned a little, in degrees. */
function toDegrees(x, y) {
  const bentX = x + 22 * Math.sin(y / 260);
  const bentY = y + 18 * Math.sin(x / 310);
  const turn = 0.21;
  const east = bentX * Math.cos(turn) - bentY * Math.sin(turn);
  const north = bentX * Math.sin(turn) + bentY * Math.cos(turn);
  return {
    lat: CENTRE.lat + north / 111_194,
    lon: CENTRE.lon + east / (111_194 * Math.cos((CENTRE.lat * Math.PI) / 180)),
  };
}

const distance = (x, y, other) => Math.hypot(x - other.x, y - other.y);
const inEstate = (x, y) => distance(x, y, ESTATE) < ESTATE.radius;

/** Streets are stretches of a few blocks along the lines of a grid; the river has none across it. */
function streets() {
  const found = [];
  const lines = [
    ...Array.from({ length: ACROSS }, (_, n) => ({
      along: 'y',
      at: (n - (ACROSS - 1) / 2) * BLOCK,
      blocks: ALONG - 1,
    })),
    ...Array.from({ length: ALONG }, (_, n) => ({
      along: 'x',
      at: (n - (ALONG - 1) / 2) * BLOCK,
      blocks: ACROSS - 1,
    })),
  ];
  for (const { along, at, blocks } of lines) {
    let from = 0;
    while (from < blocks) {
      const length = Math.min(blocks - from, 2 + Math.floor(chance() * 2.6));
      const begin = (from - blocks / 2) * BLOCK;
      found.push({ along, at, begin, end: begin + length * BLOCK });
      from += length;
    }
  }
  if (found.length > NAMES.length) throw new Error(`${found.length} streets want a name`);
  return found.map((street, index) => ({ ...street, name: NAMES[index] }));
}

function entrancesOf({ along, at, begin, end, name }) {
  const entrances = [];
  for (const side of [0, 1]) {
    let number = 1 + side;
    for (let place = begin + 12; place < end - 10; place += 11 + chance() * 7) {
      const offset = side === 0 ? -9 : 9;
      const [x, y] = along === 'x' ? [place, at + offset] : [at + offset, place];
      const nearCorner = Math.abs(((place - begin) % BLOCK) - BLOCK / 2) > BLOCK / 2 - 9;
      const far = Math.hypot(x, y) / 700;
      const built = !nearCorner && chance() > far * 0.45;
      if (built) entrances.push({ name, number, suffix: chance() < 0.03 ? 'bis' : '', x, y });
      number += 2;
    }
  }
  return entrances;
}

/** Floors and flats of an entrance: houses, town houses in the middle, high ones in the estate. */
function dwellingsOf({ x, y }) {
  if (inEstate(x, y) && chance() < 0.24) {
    const floors = 4 + Math.floor(chance() * 5);
    return flats(floors, 3 + Math.floor(chance() * 2));
  }
  if (Math.hypot(x, y) < 260 && chance() < 0.28)
    return flats(2 + Math.floor(chance() * 2), 1 + Math.floor(chance() * 2));
  return [{ floor: '', flat: '' }];
}

function flats(floors, each) {
  return Array.from({ length: floors + 1 }, (_, floor) =>
    Array.from({ length: each }, (__, n) => ({
      floor: floor === 0 ? 'RDC' : String(floor),
      flat: each === 1 ? '' : 'ABCD'[n],
    })),
  ).flat();
}

function stationOf(x, y) {
  const far = STATIONS.map(([, sx, sy]) => Math.hypot(x - sx, y - sy));
  return far.indexOf(Math.min(...far));
}

/** Living standard where somebody lives, in euros a year: lower in the estate, higher by the river. */
function livingAt(x, y) {
  const estate = Math.max(0, 1 - distance(x, y, ESTATE) / 420);
  const river = Math.max(0, 1 - Math.abs(x + 480) / 500);
  return 22_400 - 8_600 * estate + 6_200 * river + (chance() - 0.5) * 1_600;
}

const doors = [];
const squares = new Map();
for (const street of streets()) {
  for (const entrance of entrancesOf(street)) {
    const { x, y } = entrance;
    const place = toDegrees(x, y);
    const square = squareAt(place, '3035', 200);
    for (const dwelling of dwellingsOf(entrance)) {
      doors.push({ ...entrance, ...dwelling, ...place, station: stationOf(x, y) });
      const inside = squares.get(square) ?? { people: 0, sum: 0, homes: 0 };
      const people = 1.2 + chance() * 1.9;
      inside.people += people;
      inside.homes += 1;
      inside.sum += people * livingAt(x, y);
      squares.set(square, inside);
    }
  }
}

const code = (station) => `${COMMUNE}_${String(station + 1).padStart(4, '0')}`;
const NOTES = ['gate on the left', 'bell does not work', 'dog', 'code 4A82'];
const doorLines = doors.map(({ name, number, suffix, floor, flat, lat, lon, station }, n) =>
  [
    `v${String(n + 1).padStart(4, '0')}`,
    number,
    suffix,
    name,
    floor,
    flat,
    '35200',
    'Valbrume',
    lat.toFixed(6),
    lon.toFixed(6),
    code(station),
    chance() < 0.01 ? NOTES[Math.floor(chance() * NOTES.length)] : '',
  ].join(','),
);

/** How each station leans: who stays away, and who votes for the campaign's list and the others. */
const leanings = STATIONS.map(([, x, y]) => {
  const estate = Math.max(0, 1 - distance(x, y, ESTATE) / 420);
  const river = Math.max(0, 1 - Math.abs(x + 480) / 500);
  return {
    away: 0.36 + 0.2 * estate - 0.05 * river + (chance() - 0.5) * 0.06,
    own: 0.27 + 0.17 * estate - 0.08 * river + (chance() - 0.5) * 0.08,
    near: 0.2 + (chance() - 0.5) * 0.1,
  };
});

const ELECTIONS = [
  {
    id: '2026_muni_t1',
    more: 0,
    lists: [
      ['LDIV', 'Valbrume en commun'],
      ['LDIV', 'L’Élan valbrumois'],
      ['LDIV', 'Valbrume demain'],
      ['LDIV', 'Unis pour Valbrume'],
    ],
  },
  {
    id: '2029_muni_t1',
    more: 0.04,
    lists: [
      ['LDIV', 'Valbrume en commun'],
      ['LDIV', 'L’Élan valbrumois'],
      ['LDIV', 'Valbrume demain'],
    ],
  },
];

const turnout = [];
const candidates = [];
for (const { id, more, lists } of ELECTIONS) {
  for (const [station, { away, own, near }] of leanings.entries()) {
    const homes = doors.filter((door) => door.station === station).length;
    const registered = Math.round(homes * 1.62 + chance() * 20);
    const abstained = Math.round(
      registered * Math.min(0.75, away + more + (chance() - 0.5) * 0.06),
    );
    const voted = registered - abstained;
    const blank = Math.round(voted * 0.015);
    const spoilt = Math.round(voted * 0.008);
    const cast = voted - blank - spoilt;
    const shares = [own + (chance() - 0.5) * 0.06, near + (chance() - 0.5) * 0.05];
    const rest = 1 - shares[0] - shares[1];
    const others = lists.length === 3 ? [rest] : [rest * 0.6, rest * 0.4];
    const votes = [...shares, ...others].map((share) => Math.floor(cast * share));
    votes[2] += cast - votes.reduce((sum, one) => sum + one, 0);
    turnout.push(
      [
        id,
        code(station),
        35,
        'Ille-et-Vilaine',
        COMMUNE,
        'Valbrume',
        code(station).slice(-4),
        registered,
        abstained,
        voted,
        blank,
        spoilt,
        cast,
      ].join(';'),
    );
    for (const [index, [nuance, list]] of lists.entries()) {
      candidates.push(
        [
          id,
          code(station),
          35,
          COMMUNE,
          code(station).slice(-4),
          index + 1,
          votes[index],
          nuance,
          list,
        ].join(';'),
      );
    }
  }
}

const incomeLines = [...squares]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([square, { people, sum, homes }]) =>
    // Below eleven homes INSEE publishes an estimate only.
    [square, homes < 11 ? 1 : 0, COMMUNE, people.toFixed(1), homes, sum.toFixed(0)].join(','),
  );

mkdirSync(folder, { recursive: true });
const write = (name, lines) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
write('doors.csv', [
  'external_id,number,suffix,street,floor,flat,postcode,city,lat,lon,station,note',
  ...doorLines,
]);
write('results-turnout.csv', [
  'id_election;id_brut_miom;code_departement;libelle_departement;code_commune;libelle_commune;code_bv;inscrits;abstentions;votants;blancs;nuls;exprimes',
  ...turnout,
]);
write('results-lists.csv', [
  'id_election;id_brut_miom;code_departement;code_commune;code_bv;no_panneau;voix;nuance;libelle_etendu_liste',
  ...candidates,
]);
write('incomes.csv', ['idcar_200m,i_est_200,lcog_geo,ind,men,ind_snv', ...incomeLines]);
process.stdout.write(
  `${doors.length} doors, ${turnout.length} results, ${incomeLines.length} squares\n`,
);
