// Starts the program in this process, after a build when a source has changed since the last one.
//   node scripts/start.mjs            the server
//   node scripts/start.mjs --cli …    the `portevoix` command with the arguments that follow
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const [first, ...rest] = process.argv.slice(2);
const isCommand = first === '--cli';
const entry = path.resolve(import.meta.dirname, '../dist', isCommand ? 'cli.js' : 'main.js');

try {
  await build();
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0], entry, ...(isCommand ? rest : process.argv.slice(2))];
  await import(pathToFileURL(entry).href);
} catch (error) {
  console.error(error instanceof Error && !isLoading(error) ? error.message : error);
  process.exitCode = 1;
}

/** A module that cannot be loaded is a fault of the program: its stack says where. */
function isLoading(error) {
  return error instanceof SyntaxError || error.code === 'ERR_MODULE_NOT_FOUND';
}
