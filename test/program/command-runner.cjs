// Runs the commands it is sent, one after the other, as `portevoix` would: each in its own folder and
// settings. What they need is loaded once, which takes longer than most of them.
const { runPortevoix } = require('../../dist/cli/run-portevoix.js');

let last = Promise.resolve();
process.on('message', (command) => {
  last = last.then(() => run(command)).then((ran) => process.send(ran));
});

async function run({ cwd, words, settings }) {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, settings);
  process.exitCode = 0;
  const printed = { out: '', err: '' };
  const restore = [
    listen(process.stdout, (text) => (printed.out += text)),
    listen(process.stderr, (text) => (printed.err += text)),
  ];
  try {
    await runPortevoix(words);
  } finally {
    for (const one of restore) one();
  }
  return { status: process.exitCode, ...printed };
}

/** Hears what is written on a stream instead of writing it. */
function listen(stream, hear) {
  const { write } = stream;
  stream.write = (text, encoding, done) => {
    hear(text.toString());
    const after = typeof encoding === 'function' ? encoding : done;
    if (after !== undefined) process.nextTick(after);
    return true;
  };
  return () => {
    stream.write = write;
  };
}
