import { runPortevoix } from './cli/run-portevoix.js';
import { errorCode } from './error-code.js';

// `portevoix … | head` reads no further: that is no fault, and there is nothing left to do.
process.stdout.on('error', (error: unknown) => {
  if (errorCode(error) === 'EPIPE') process.exit();
  throw error;
});

void runPortevoix(process.argv.slice(2));
