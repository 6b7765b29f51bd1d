import type { Problem } from '../../../../engine/problem.js';
import { Icon } from '../../../ui/icon.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { useTelling } from '../use-telling.js';
import { useFlow } from './use-flow.js';

/** Mistakes with their cures, each of which leads to its line. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  const words = useWords(editorWords);
  const { showInText } = useFlow();
  const tell = useTelling();
  if (problems.length === 0) return null;
  return (
    <ul className="problems">
      {problems.map((problem) => {
        const { file, line, column, code, message, severity } = problem;
        return (
          <li
            key={`${file} ${line} ${column} ${code} ${message}`}
            className={`problem problem-${severity}`}
          >
            <Icon name="alert" size={16} />
            <div>
              <p>{capital(tell(problem))}</p>
              <button type="button" className="problem-place" onClick={() => showInText(problem)}>
                <span className="hidden">{words.goToText}, </span>
                {shortFile(file)}, {words.line(line)} · {code}
              </button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** `flow.yaml` without its folders, and words by their language. */
function shortFile(file: string): string {
  const [language, name] = file.split('/').slice(-2);
  return file.includes('locales/') ? `${language}/${name}` : (name ?? file);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
