import path from 'node:path';
import { expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { linesOf, readSources } from '../sources.js';
import { ACTIONS } from '../../../src/actions.js';

const FOLDER = path.join(__dirname, '../../fixtures/broken-flows');

test('tells every mistake of a broken campaign in one go, in order of file, line and column', () => {
  const compiled = compile(readSources(FOLDER), ACTIONS);
  // Each common word that is missing has a problem of its own, all at the top of the file.
  expect([...new Set(linesOf(compiled))]).toEqual(EXPECTED.trim().split('\n'));
});

test('keeps no flow that has an error, and every problem has a place inside its file', () => {
  const sources = readSources(FOLDER);
  const compiled = compile(sources, ACTIONS);
  expect([...compiled.flows.keys()]).toEqual([]);
  const files = [
    ...(sources.campaign === undefined ? [] : [sources.campaign]),
    ...sources.flows,
    ...sources.locales,
  ];
  const texts = new Map(files.map((file) => [file.path, file.text.split('\n')]));
  for (const { file, line, column } of compiled.problems) {
    const written = texts.get(file)?.[line - 1];
    expect(written).toBeDefined();
    expect(column).toBeLessThanOrEqual((written ?? '').length + 1);
  }
});

const EXPECTED = `
flows/actions.yaml:1:1 error missing-translation
flows/actions.yaml:10:13 error unknown-action
flows/actions.yaml:11:13 error missing-argument
flows/actions.yaml:12:13 error unknown-argument
flows/actions.yaml:14:18 error cel-type
flows/actions.yaml:15:14 error unknown-key
flows/actions.yaml:16:12 error missing-consent
flows/actions.yaml:16:37 error cel-type
flows/actions.yaml:16:37 error maybe-absent
flows/actions.yaml:16:53 error unknown-field
flows/actions.yaml:16:82 error reserved-name
flows/actions.yaml:17:27 error maybe-absent
flows/actions.yaml:18:11 error unknown-flow
flows/actions.yaml:19:11 error wrong-type
flows/actions.yaml:20:20 error cel-type
flows/actions.yaml:23:13 error maybe-absent
flows/actions.yaml:26:9 error misplaced-else
flows/actions.yaml:28:5 error endless-loop
flows/actions.yaml:30:7 error missing-else
flows/actions.yaml:34:5 error unreachable-step
flows/actions.yaml:35:5 error unknown-key
flows/campaign.yaml:3:21 error wrong-type
flows/campaign.yaml:4:11 error wrong-type
flows/campaign.yaml:5:32 error wrong-type
flows/campaign.yaml:6:1 error unknown-key
flows/campaign.yaml:8:9 error missing-translation
flows/campaign.yaml:9:9 error wrong-type
flows/campaign.yaml:11:18 error wrong-type
flows/campaign.yaml:12:38 error wrong-type
flows/campaign.yaml:13:3 error invalid-name
flows/campaign.yaml:17:23 error wrong-type
flows/empty.yaml:1:1 error wrong-type
flows/silence.yaml:8:11 error neutral-content
flows/syntax.yaml:5:1 error yaml-syntax
flows/welcome.yaml:2:10 error wrong-type
flows/welcome.yaml:3:1 error unknown-key
flows/welcome.yaml:5:14 error duplicate-trigger
flows/welcome.yaml:6:15 error duplicate-trigger
flows/welcome.yaml:6:24 error duplicate-trigger
flows/welcome.yaml:7:5 error unknown-key
flows/welcome.yaml:10:14 error missing-translation
flows/welcome.yaml:15:15 error unknown-step
flows/welcome.yaml:17:14 error missing-translation
flows/welcome.yaml:18:11 error unknown-type
flows/welcome.yaml:19:15 error wrong-type
flows/welcome.yaml:20:15 error wrong-type
flows/welcome.yaml:26:32 error duplicate-id
flows/welcome.yaml:26:41 error invalid-name
flows/welcome.yaml:28:10 error wrong-type
flows/welcome.yaml:29:10 error wrong-type
flows/welcome.yaml:30:14 error duplicate-id
flows/welcome.yaml:30:14 error missing-key
flows/welcome.yaml:33:7 error missing-else
flows/welcome.yaml:33:13 error null-comparison
flows/welcome.yaml:35:13 error unknown-field
flows/welcome.yaml:37:13 error cel-type
flows/welcome.yaml:39:13 error cel-syntax
flows/welcome.yaml:41:13 error unknown-option
flows/welcome.yaml:43:5 error unknown-key
flows/welcome.yaml:44:10 error duplicate-id
flows/welcome.yaml:46:14 error reserved-name
flows/welcome.yaml:48:5 error dead-end
flows/welcome.yaml:49:5 error two-kinds
locales/en/common.yaml:1:8 error yaml-syntax
locales/en/silence.yaml:1:7 error neutral-content
locales/en/welcome.yaml:3:8 error wrong-type
locales/en/welcome.yaml:5:8 error wrong-type
locales/en/welcome.yaml:12:1 error missing-translation
locales/fr/actions.yaml:2:4 error missing-none-branch
locales/fr/common.yaml:1:1 error missing-key
locales/fr/common.yaml:1:1 error missing-translation
locales/fr/common.yaml:1:8 error label-too-long
locales/fr/common.yaml:2:7 error unknown-icu-argument
locales/fr/common.yaml:3:1 warning extra-translation
locales/fr/common.yaml:4:24 error unknown-key
locales/fr/silence.yaml:1:7 error neutral-content
locales/fr/stop-words.yaml:2:14 error duplicate-trigger
locales/fr/stop-words.yaml:3:1 error unknown-key
locales/fr/welcome.yaml:1:8 error missing-none-branch
locales/fr/welcome.yaml:3:8 error straight-apostrophe
locales/fr/welcome.yaml:3:8 error unknown-icu-argument
locales/fr/welcome.yaml:6:8 error missing-none-branch
locales/fr/welcome.yaml:7:9 error unknown-icu-argument
locales/fr/welcome.yaml:9:8 error icu-type
locales/fr/welcome.yaml:11:8 error icu-syntax
locales/fr/welcome.yaml:13:14 error label-too-long
locales/fr/welcome.yaml:15:5 warning extra-translation
locales/fr/welcome.yaml:17:10 error icu-syntax
locales/fr/wellcome.yaml:1:1 warning extra-translation
`;
