import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/** What is known of the incomes of a square of a grid, or of a small area of the census. */
export type IncomeRow = {
  /** The square's name as INSEE writes it (`CRS3035RES200mN2029800E4252400`), or `iris:<code>`. */
  readonly _id: string;
  readonly type: 'square' | 'iris';
  /** The INSEE code of the commune, for an IRIS. */
  readonly commune?: string;
  /** Inhabitants; absent where the file counts none. */
  readonly people?: number;
  /** Living standard in euros a year: the mean of a square, the median of an IRIS. */
  readonly living: number;
  /** Estimated by INSEE from neighbouring squares, for the secrecy of statistics. */
  readonly imputed?: true;
  readonly at: Date;
};

export type Incomes = { readonly table: Table<IncomeRow> };

/** Opens the collection `incomes`. */
export function openIncomes(connection: Connection): Incomes {
  return {
    table: openTable<IncomeRow>(connection, {
      name: 'incomes',
      schema: {
        type: String,
        commune: String,
        people: Number,
        living: Number,
        imputed: Boolean,
        at: Date,
      },
      indexes: [],
    }),
  };
}
