import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { importIncomes } from '../../../src/canvass/import/import-incomes.js';
import { importResults, type ResultsOptions } from '../../../src/canvass/import/import-results.js';
import { openIncomes, type Incomes } from '../../../src/canvass/incomes.js';
import { openResults, type ResultRow, type Results } from '../../../src/canvass/results.js';
import { openHere } from '../../store/support.js';

let results: Results;
let incomes: Incomes;
let dataDir: string;
let close: () => Promise<void>;

beforeEach(async () => {
  const opened = await openHere();
  ({ close, dataDir } = opened);
  results = openResults(opened.store.connection);
  incomes = openIncomes(opened.store.connection);
});
afterEach(() => close());

function file(lines: readonly string[]): string {
  const path = join(dataDir, 'table.csv');
  writeFileSync(path, lines.join('\n'));
  return path;
}
const take = (lines: readonly string[], more: Partial<ResultsOptions> = {}) =>
  importResults(results, file(lines), { at: new Date(1_000), ...more });
const reasons = (): string[] =>
  readFileSync(join(dataDir, 'table.rejects.csv'), 'utf8')
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(/[;,]/).slice(0, 2).join(' '));
async function only(): Promise<ResultRow | undefined> {
  const rows = await results.table.find({});
  expect(rows).toHaveLength(1);
  return rows[0];
}

const GENERAL = [
  'id_election;id_brut_miom;code_departement;libelle_departement;code_commune;libelle_commune;code_bv;inscrits;abstentions;votants;blancs;nuls;exprimes;ratio_abstentions_inscrits',
  '2031_legi_t1;35238_0007;35;Ille-et-Vilaine;35238;Rennes;0007;1000;400;600;10;5;585;40,00',
];
const CANDIDATES = [
  'id_election;id_brut_miom;code_departement;code_commune;code_bv;no_panneau;voix;ratio_voix_exprimes;nuance;sexe;nom;prenom;libelle_abrege_liste;libelle_etendu_liste;nom_tete_de_liste;binome',
  '2031_legi_t1;35238_0007;35;35238;0007;1;300;51,28;UG;F;CORVISIER;Maëlle;;;;',
  '2031_legi_t1;35238_0007;35;35238;0007;2;285;48,72;LR;M;DUPONT;Jean;;;;',
];
const WHOLE = {
  _id: '2031_legi_t1:35238_0007',
  election: '2031_legi_t1',
  station: '35238_0007',
  city: 'Rennes',
  registered: 1000,
  abstained: 400,
  cast: 585,
  votes: [
    { key: '1', labels: ['UG', 'Maëlle CORVISIER'], votes: 300 },
    { key: '2', labels: ['LR', 'Jean DUPONT'], votes: 285 },
  ],
  at: new Date(1_000),
};

describe('results by polling station', () => {
  test.each([
    ['turnout first', [GENERAL, CANDIDATES]],
    ['candidates first', [CANDIDATES, GENERAL]],
  ])(
    'are put together of data.gouv’s two files, %s, and again change nothing',
    async (_, files) => {
      for (const lines of files) await take(lines);
      expect(await only()).toEqual(WHOLE);
      for (const lines of files) {
        expect(await take(lines, { at: new Date(9_000) })).toMatchObject({
          created: 0,
          changed: 0,
          unchanged: 1,
        });
      }
      expect(await only()).toEqual(WHOLE);
    },
  );

  test('are read under the headers of other years, with a commune told within its department', async () => {
    await take(
      [
        'Code du département,Libellé du département,Code de la commune,Libellé de la commune,Code du b.vote,Inscrits,Abstentions,% Abs/Ins,Votants,Blancs,Nuls,Exprimés',
        '1,Ain,4,Ambérieu,7,"1 000",400,40,600,10,5,585',
      ],
      { election: '2017_pres_t1' },
    );
    expect(await only()).toMatchObject({
      _id: '2017_pres_t1:01004_0007',
      registered: 1000,
      cast: 585,
    });
  });

  test('may have all candidates in one row, numbered, or under no header', async () => {
    const start = 'Code commune;Libellé commune;Code BV;Inscrits;Votants;Abstentions;Exprimés';
    const row = '35238;Rennes;0007;1000;600;400;585';
    await take(
      [
        `${start};Numéro de panneau 1;Nuance candidat 1;Nom candidat 1;Prénom candidat 1;Voix 1;Numéro de panneau 2;Nuance candidat 2;Nom candidat 2;Prénom candidat 2;Voix 2`,
        `${row};1;UG;CORVISIER;Maëlle;300;2;LR;DUPONT;Jean;285`,
      ],
      { election: '2031_legi_t1' },
    );
    expect(await only()).toEqual(WHOLE);
    await take(
      [
        `${start};N°Panneau;Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp`,
        `${row};1;F;CORVISIER;Maëlle;UG;300;30;51;2;M;DUPONT;Jean;LR;285;28;48`,
      ],
      { election: '2031_legi_t1', at: new Date(1_000) },
    );
    expect(await only()).toEqual(WHOLE);
  });

  test('are taken of the places that were asked for', async () => {
    const other = (GENERAL[1] ?? '').replaceAll('35238', '29019');
    expect(await take([...GENERAL, other], { only: ['35'] })).toMatchObject({
      created: 1,
      left_out: 1,
    });
  });

  test('that cannot be are rejected one by one', async () => {
    const row = (text: string) => `2031_legi_t1;35238_0007;35;;35238;Rennes;0007;${text};`;
    await take([
      GENERAL[0] ?? '',
      row('1000;400;1600;;;585'),
      row('1000;400;600;;;700'),
      row('1000;1400;;;;'),
      row('many;400;600;;;585'),
      ';35238_0007;35;;35238;;;1;0;1;;;1;',
      '2031_legi_t1;;;;;;;1;0;1;;;1;',
    ]);
    expect(reasons()).toEqual([
      '2 more voted than were registered',
      '3 more ballots were cast than people voted',
      '4 more abstained than were registered',
      '5 """many"" is no number of people (registered)"',
      '6 it does not say of which election: give it with --election',
      '7 it does not say of which polling station',
    ]);
    expect(await results.table.count({})).toBe(0);
  });

  test('are not looked for in a file of something else', async () => {
    await expect(take(['a;b', '1;2'])).rejects.toThrow('id_brut_miom');
  });
});

describe('incomes', () => {
  const takeIncomes = (
    lines: readonly string[],
    at = new Date(1_000),
    places?: readonly string[],
  ) =>
    importIncomes(incomes, file(lines), { at, ...(places === undefined ? {} : { only: places }) });

  test('are the mean of a square, and rows that say none are rejected', async () => {
    const lines = [
      'idcar_200m,idcar_1km,i_est_200,lcog_geo,ind,men,ind_snv',
      'CRS3035RES200mN2790200E3500400,x,0,35238,40.5,18,810000.7',
      'CRS3035RES200mN2790400E3500400,x,1,3523835001,10,4,310000',
      'CRS3035RES200mN2790600E3500400,x,1,35001,0,0,0',
      'CRS1RES200mN1E1,x,1,35001,1,1,10000',
    ];
    expect(await takeIncomes(lines)).toMatchObject({ created: 2, rejected: 2 });
    expect(await incomes.table.find({}, { sort: { _id: 1 } })).toEqual([
      {
        _id: 'CRS3035RES200mN2790200E3500400',
        type: 'square',
        people: 40.5,
        living: 20_000,
        at: new Date(1_000),
      },
      {
        _id: 'CRS3035RES200mN2790400E3500400',
        type: 'square',
        people: 10,
        living: 31_000,
        imputed: true,
        at: new Date(1_000),
      },
    ]);
    expect(await takeIncomes(lines, new Date(2_000))).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 2,
    });
    expect(await takeIncomes(lines, new Date(3_000), ['35001'])).toMatchObject({
      unchanged: 1,
      left_out: 1,
    });
  });

  test('are the median of an IRIS, whatever year its column names', async () => {
    const outcome = await takeIncomes([
      'IRIS;DISP_TP6018;DISP_MED18;DISP_GI18',
      '352380101;12,0;21340;0,29',
      '352380102;;ns;',
      '35238;1;2;3',
    ]);
    expect(outcome).toMatchObject({ created: 1, rejected: 2 });
    expect(await incomes.table.find({})).toEqual([
      {
        _id: 'iris:352380101',
        type: 'iris',
        commune: '35238',
        living: 21_340,
        at: new Date(1_000),
      },
    ]);
  });
});
