import { html, type Html } from '../../site/server/html.js';
import type { CanvassResult } from '../canvass-result.js';
import type { DoorRow } from '../doors.js';
import type { TurfRow } from '../turfs.js';

type Tongue = 'fr' | 'en';

/** What a walk list on paper shows of a door, in walk order; never a name. */
export type PrintedDoor = Pick<
  DoorRow,
  '_id' | 'number' | 'suffix' | 'street' | 'floor' | 'flat' | 'note'
>;

/**
 * A walk list to be printed: a row for each door in the order in which it is walked, a heading wherever
 * the street or its side changes, and boxes to tick. What was done already says so.
 */
export function printTurf(
  turf: TurfRow,
  doors: readonly PrintedDoor[],
  { campaign, tongue }: { readonly campaign: string; readonly tongue: Tongue },
): string {
  const words = WORDS[tongue];
  const done = new Map(turf.doors.map(({ door, result }) => [door, result]));
  const rows: Html[] = [];
  let before: string | undefined;
  for (const [index, door] of doors.entries()) {
    const heading = headingOf(door, words);
    if (heading !== before)
      rows.push(
        html`<tr class="street">
          <th colspan="${4 + BOXES.length}">${heading}</th>
        </tr>`,
      );
    before = heading;
    rows.push(rowOf(index + 1, door, done.get(door._id), words));
  }
  const { markup } = html`<!doctype html>
    <html lang="${tongue}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${turf.name}</title>
        <style>
          @page {
            size: A4;
            margin: 12mm;
          }
          body {
            font:
              11pt/1.35 system-ui,
              sans-serif;
            color: #111;
            margin: 0 auto;
            max-width: 190mm;
            padding: 4mm;
          }
          h1 {
            font-size: 17pt;
            margin: 0;
          }
          p {
            margin: 0.3em 0;
          }
          header {
            display: flex;
            flex-wrap: wrap;
            justify-content: space-between;
            gap: 0 2em;
            margin-bottom: 4mm;
          }
          .blank {
            display: inline-block;
            min-width: 45mm;
            border-bottom: 1px solid #111;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          thead {
            display: table-header-group;
          }
          tr {
            break-inside: avoid;
          }
          th,
          td {
            border: 1px solid #999;
            padding: 1.2mm 1.6mm;
            text-align: left;
            vertical-align: top;
          }
          thead th {
            font-size: 8.5pt;
            font-weight: 600;
          }
          .street th {
            background: #e8e8e8;
            border-color: #777;
            break-after: avoid;
            print-color-adjust: exact;
          }
          .count {
            color: #555;
            font-size: 8.5pt;
          }
          .number {
            font-weight: 700;
            white-space: nowrap;
          }
          .box {
            width: 7mm;
            text-align: center;
          }
          .box::before {
            content: '';
            display: inline-block;
            width: 4mm;
            height: 4mm;
            border: 1px solid #111;
          }
          .note {
            min-width: 38mm;
          }
          .done td {
            color: #666;
            text-decoration: line-through;
          }
          footer {
            color: #555;
            font-size: 8.5pt;
            margin-top: 4mm;
          }
        </style>
      </head>
      <body>
        <header>
          <div>
            <h1>${turf.name}</h1>
            <p>${campaign} · ${words.size(doors.length, Math.round(turf.metres))}</p>
          </div>
          <div>
            <p>${words.who} <span class="blank"></span></p>
            <p>${words.when} <span class="blank"></span></p>
          </div>
        </header>
        <table>
          <thead>
            <tr>
              <th>${words.count}</th>
              <th>${words.number}</th>
              <th>${words.place}</th>
              ${BOXES.map((box) => html`<th>${words.boxes[box]}</th>`)}
              <th class="note">${words.note}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
        <footer>${words.foot}</footer>
      </body>
    </html> `;
  return markup;
}

function rowOf(
  count: number,
  door: PrintedDoor,
  result: CanvassResult | undefined,
  words: Words,
): Html {
  const number = [door.number, door.suffix].filter((part) => part !== undefined).join(' ');
  const place = [
    ...(door.floor === undefined ? [] : [words.floor(door.floor)]),
    ...(door.flat === undefined ? [] : [door.flat]),
  ].join(', ');
  const boxes = BOXES.map(() => html`<td class="box"></td>`);
  return html`<tr class="${result === undefined ? 'open' : 'done'}">
    <td class="count">${count}</td>
    <td class="number">${number}</td>
    <td>${place}</td>
    ${boxes}
    <td class="note">${door.note}</td>
  </tr> `;
}

/** What volunteers tick; the other results are few enough to be written. */
const BOXES = [
  'canvassed',
  'not_home',
  'refused',
  'lit_dropped',
] as const satisfies readonly CanvassResult[];

function headingOf({ street, number }: PrintedDoor, words: Words): string {
  const digits = /^\d+/.exec(number ?? '')?.[0];
  if (digits === undefined) return street;
  return `${street}, ${Number(digits) % 2 === 0 ? words.even : words.odd}`;
}

type Words = {
  readonly size: (doors: number, metres: number) => string;
  readonly boxes: { readonly [box in (typeof BOXES)[number]]: string };
  readonly floor: (floor: string) => string;
} & {
  readonly [
    word in 'who' | 'when' | 'count' | 'number' | 'place' | 'note' | 'even' | 'odd' | 'foot'
  ]: string;
};

const WORDS: { readonly [tongue in Tongue]: Words } = {
  fr: {
    size: (doors, metres) => `${doors} portes, ${metres} m à pied`,
    who: 'Équipe\u00a0:',
    when: 'Date et heure\u00a0:',
    count: 'nº',
    number: 'Numéro',
    place: 'Étage, porte',
    boxes: { canvassed: 'Vu', not_home: 'Absent', refused: 'Refus', lit_dropped: 'Tract' },
    note: 'Remarque',
    floor: (floor) => (/^\d+$/.test(floor) ? `étage ${floor}` : floor),
    even: 'côté pair',
    odd: 'côté impair',
    foot: 'Aucun nom sur cette feuille. Rendez-la après la tournée\u00a0: ne la laissez nulle part.',
  },
  en: {
    size: (doors, metres) => `${doors} doors, ${metres} m on foot`,
    who: 'Team:',
    when: 'Date and time:',
    count: 'no.',
    number: 'Number',
    place: 'Floor, flat',
    boxes: {
      canvassed: 'Talked',
      not_home: 'Not home',
      refused: 'Refused',
      lit_dropped: 'Leaflet',
    },
    note: 'Note',
    floor: (floor) => (/^\d+$/.test(floor) ? `floor ${floor}` : floor),
    even: 'even side',
    odd: 'odd side',
    foot: 'No names on this sheet. Hand it in after the walk: leave it nowhere.',
  },
};
