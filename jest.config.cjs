const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');

// Jest on Node 20 cannot require() ES modules, so every ESM package of node_modules is compiled to CommonJS (cached).
const esm = new Set();
(function scan(dir) {
  if (!existsSync(dir)) return;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const folder = path.join(dir, entry.name);
    if (entry.name.startsWith('@')) {
      scan(folder);
      continue;
    }
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module') {
      const scope = path.basename(dir);
      esm.add(scope.startsWith('@') ? `${scope}/${entry.name}` : entry.name);
    }
    scan(path.join(folder, 'node_modules'));
  }
})(path.join(__dirname, 'node_modules'));

const swc = (syntax) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { target: 'es2022', parser: { syntax } },
    module: { type: 'commonjs' },
  },
];

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/clients/'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/test/clients/',
    '<rootDir>/scripts/bench/',
  ],
  transform: { '^.+\\.ts$': swc('typescript'), '^.+\\.m?js$': swc('ecmascript') },
  transformIgnorePatterns: [
    `/node_modules/(?!.*/node_modules/)(?!(${[...esm].join('|')})/)`,
    '\\.cjs$',
  ],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1'] },
  // Longer than any test takes on a machine that does much else.
  testTimeout: 120_000,
  // Left to itself, Jest keeps a core for its own: of two, one would test. Many files wait more than they compute.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testSequencer: '<rootDir>/test/longest-first.mjs',
};
