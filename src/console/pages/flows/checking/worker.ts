import { createEngineAtWork } from './engine-at-work.js';
import type { Question } from './protocol.js';

// Runs beside the page, so that checking never holds up typing.
const answer = createEngineAtWork();
addEventListener('message', ({ data }: MessageEvent<Question>) => {
  postMessage(answer(data));
});
