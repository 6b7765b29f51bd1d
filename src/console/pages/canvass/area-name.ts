import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';

/** What an area is called: its polling station's number where its code ends in one. */
export function useAreaName(): (code: string) => string {
  const words = useWords(canvassWords);
  return (code) => {
    const number = /_0*(\d+)$/.exec(code)?.[1];
    return number === undefined ? code : words.area(number);
  };
}
