import { useCallback } from 'react';
import { tellProblem, type Problem } from '../../../engine/problem.js';
import { FRENCH } from '../../../engine/sentences/french.js';
import { useLanguage } from '../../words/use-words.js';

/** Tells problems in the language of whoever looks. */
export function useTelling(): (problem: Problem) => string {
  const { language } = useLanguage();
  const table = language === 'fr' ? FRENCH : undefined;
  return useCallback((problem) => tellProblem(problem, table), [table]);
}
