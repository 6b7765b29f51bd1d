import type { IncomeRow } from '../incomes.js';
import { middleOf, readSquare } from '../grid/square.js';
import type { Cells } from '../../csv/columns.js';
import { refuse, type Refused } from './outcome.js';
import { readDecimal } from './read-count.js';

/** The columns of INSEE's squares (Filosofi carroyé), and of its small areas (IRIS) of any year. */
export const INCOME_COLUMNS = {
  square: ['idcar_200m', 'idcar_1km', 'IdINSPIRE', 'Id_carr200m'],
  /** Codes of communes, one after the other. */
  communes: ['lcog_geo', 'depcom', 'com'],
  imputed: ['i_est_200', 'i_est_1km'],
  people: ['ind'],
  sum: ['ind_snv'],
  iris: ['iris', 'code_iris', 'DCOMIRIS'],
  median: ['disp_med', 'dec_med', 'mediane', 'median'],
} as const;

export type IncomeColumn = keyof typeof INCOME_COLUMNS;

/** Euros a year beyond which a figure is no living standard. */
const MOST = 1_000_000;

/** The incomes of a square or of an IRIS as its row says them, or why it says none. */
export function readIncome(cell: Cells<IncomeColumn>, at: Date): IncomeRow | Refused {
  const name = cell('square');
  return name === '' ? readIris(cell, at) : readGridded(name, cell, at);
}

function readGridded(name: string, cell: Cells<IncomeColumn>, at: Date): IncomeRow | Refused {
  const square = readSquare(name);
  const middle = square === undefined ? undefined : middleOf(square);
  if (middle === undefined) {
    return refuse(
      `"${name.slice(0, 40)}" is no square of a grid that is known here, such as CRS3035RES200mN2029800E4252400`,
    );
  }
  const people = readDecimal(cell('people'));
  const sum = readDecimal(cell('sum'));
  if (people === undefined || sum === undefined || people <= 0) {
    return refuse('it does not say how many people live there (ind) and what they have (ind_snv)');
  }
  // Filosofi gives the sum over the people of a square.
  const living = sum / people;
  if (living < 0 || living > MOST)
    return refuse('the living standard is no amount of euros a year');
  return {
    _id: name,
    type: 'square',
    people,
    living: Math.round(living),
    ...(cell('imputed') === '1' ? { imputed: true as const } : {}),
    at,
  };
}

function readIris(cell: Cells<IncomeColumn>, at: Date): IncomeRow | Refused {
  const code = cell('iris').toUpperCase();
  if (!/^\d[\dAB]\d{7}$/.test(code))
    return refuse('it names neither a square nor an IRIS of nine digits');
  const living = readDecimal(cell('median'));
  // "ns" and "nd" are not published, for the secrecy of statistics.
  if (living === undefined) return refuse('INSEE publishes no median for it');
  if (living < 0 || living > MOST) return refuse('the median is no amount of euros a year');
  return { _id: `iris:${code}`, type: 'iris', commune: code.slice(0, 5), living, at };
}

/** Whether a row tells of one of the places that were asked for, by the beginning of their commune's code. */
export function isWithin(cell: Cells<IncomeColumn>, only: readonly string[]): boolean {
  const written = cell('square') === '' ? cell('iris') : cell('communes');
  const communes = written.match(/\w{5}/g) ?? [];
  return communes.some((commune) => only.some((start) => commune.startsWith(start)));
}
