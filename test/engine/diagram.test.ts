import { expect, test } from '@jest/globals';
import { drawDiagram } from '../../src/engine/diagram.js';
import { compileSteps } from './sources.js';

test('draws every kind of step, its conditions, and what is given up', () => {
  const compiled = compileSteps(
    `  - say: hello
  - collect: topic
    type: choice
    options: [a, b]
    attempts: 3
    give_up: end
    next:
      - if: answers.topic == "a"
        then: offer
      - else: count
  - action: shift.offer
    id: offer
    give_up: rest
  - set: { session.n: "1" }
    id: count
  - call: main
  - wait: 1d12h
    id: rest
  - link: main
`,
    'hello: Hi\ntopic: { ask: T?, options: { a: A, b: B } }\n',
    { head: 'title: "Say \\"hi\\" #1"\npurpose: service\nstarts_on: [{ command: start }]\n' },
  );
  const flow = compiled.flows.get('main');
  if (flow === undefined) throw new Error(compiled.problems.map(({ message }) => message).join());
  expect(drawDiagram(flow)).toBe(`flowchart TD
  start(["Say #quot;hi#quot; #35;1"])
  s0["hello"]
  s1[/"topic (choice)"/]
  s2{{"shift.offer"}}
  s3["session.n = 1"]
  s4[["main"]]
  s5("wait 1d12h")
  s6(["go to main"])
  finish([end])
  start --> s0
  s0 --> s1
  s1 -->|"answers.topic == #quot;a#quot;"| s2
  s1 -->|"otherwise"| s3
  s1 -.->|"after 3 refused"| finish
  s2 --> s3
  s2 -.->|"no result"| s5
  s3 --> s4
  s4 --> s5
  s5 --> s6
`);
});
