const { availableParallelism } = require('node:os');

module.exports = {
  testEnvironment: '<rootDir>/test/jest/environment.cjs',
  runtime: '<rootDir>/test/jest/runtime.cjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/clients/'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/test/clients/',
    '<rootDir>/scripts/bench/',
  ],
  // Libraries are loaded as they are, by Node: see the runtime.
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1'] },
  // Longer than any test takes on a machine that does much else.
  testTimeout: 120_000,
  // Left to itself, Jest keeps a core for its own. Many files wait more than they compute: one more than cores.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/test/jest/longest-first.mjs',
};
