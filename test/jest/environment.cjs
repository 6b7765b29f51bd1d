const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

// What Jest itself uses whatever a test does to the clock; it reads them under these names.
for (const [name, value] of [
  ['jest-native-promise', Promise],
  ['jest-native-now', Date.now.bind(Date)],
]) {
  globalThis[Symbol.for(name)] ??= value;
}

/**
 * Runs tests in the realm of the worker itself: what `runtime.cjs` has loaded and compiled for one file
 * serves the next one. Modules of our own are made afresh for each file nevertheless.
 */
class OneRealm {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.before = takeStock();
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.fakeTimersModern = null;
    putBack(this.before);
    this.global = null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
}

/** What a test file may change of the realm. */
function takeStock() {
  return {
    globals: new Map(
      Reflect.ownKeys(globalThis).map((key) => [
        key,
        Object.getOwnPropertyDescriptor(globalThis, key),
      ]),
    ),
    settings: { ...process.env },
    folder: process.cwd(),
    exit: process.exit,
    exitCode: process.exitCode,
  };
}

function putBack({ globals, settings, folder, exit, exitCode }) {
  for (const key of Reflect.ownKeys(globalThis)) {
    const before = globals.get(key);
    if (before === undefined) delete globalThis[key];
    else if (before.configurable) Object.defineProperty(globalThis, key, before);
  }
  for (const name of Object.keys(process.env)) if (!(name in settings)) delete process.env[name];
  Object.assign(process.env, settings);
  process.chdir(folder);
  process.exit = exit;
  process.exitCode = exitCode;
}

module.exports = OneRealm;
