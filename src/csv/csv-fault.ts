/** A file that cannot be read as a table; its message names the cause and the cure. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}
