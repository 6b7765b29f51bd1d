const { createRequire } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** Functions that modules were compiled to, by file; their text too, which a test may change. */
const compiled = new Map();
const LIBRARIES = `${path.sep}node_modules${path.sep}`;
const ROOT = path.join(__dirname, '..', '..');
/** Keep what they learned, such as the keys of a service, for as long as they are loaded. */
const REMEMBER = /^(botbuilder|botframework-\w+)$/;

/**
 * Loads libraries once for all test files of a worker, and compiles our modules once, executing them
 * anew for each file. Half the time of the tests went into loading the same modules again.
 * See `environment.cjs`, in whose one realm this is possible.
 */
class SharingRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, executor.injectedModuleParameters, { filename });
      compiled.set(filename, { source, run });
      return run;
    };
  }

  requireModuleOrMock(from, name) {
    const file = from.startsWith(ROOT) ? libraryFile(from, name) : undefined;
    return file === undefined ? super.requireModuleOrMock(from, name) : require(file);
  }
}

/** The file of a library that is required by name from our own modules. */
function libraryFile(from, name) {
  if (/^(\.|\/|node:|@jest\/)/.test(name) || from.includes(LIBRARIES)) return undefined;
  if (REMEMBER.test(name)) return undefined;
  const file = createRequire(from).resolve(name);
  return file.includes(LIBRARIES) ? file : undefined;
}

module.exports = SharingRuntime;
