import { Link } from 'wouter';
import type { FirstStep } from '../../../staff/api.js';
import { PAGES } from '../../pages.js';
import { useSession } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { useApi } from '../../use-api.js';
import { alertWords } from '../../words/alert-words.js';
import { useWords } from '../../words/use-words.js';

/** Pages where a step is done, the first that there is; beyond the console: the campaign's own page. */
const PATHS: { readonly [step in FirstStep]: readonly string[] } = {
  campaign: ['/site'],
  flows: ['/flows'],
  channels: ['/channels'],
  mail: ['/channels'],
  gateway: ['/channels'],
  team: ['/team'],
  people: [],
  shifts: ['/volunteers'],
  doors: ['/canvass'],
};

/** What a campaign does first, as long as some of it is not done. */
export function FirstSteps() {
  const words = useWords(alertWords);
  const { may } = useSession();
  const { data } = useApi('GET /first-steps', {});
  const steps = data?.steps ?? [];
  const done = steps.filter(({ isDone }) => isDone).length;
  if (done === steps.length) return null;
  return (
    <section className="card card-body first-steps">
      <header>
        <h2>{words.first}</h2>
        <span className="muted">{words.firstText(done, steps.length)}</span>
      </header>
      <ol>
        {steps.map(({ step, isDone }) => (
          <li key={step} className={isDone ? 'is-done' : undefined}>
            <span className="first-mark">
              {isDone ? <Icon name="check" size={16} /> : null}
              {isDone ? <span className="hidden">{words.done}</span> : null}
            </span>
            <div>
              <StepTitle
                title={words.steps[step].title}
                path={isDone ? undefined : pathOf(step, may)}
              />
              <p className="muted">{words.steps[step].text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepTitle({ title, path }: { readonly title: string; readonly path: string | undefined }) {
  if (path === undefined) return <strong>{title}</strong>;
  // The campaign's page is no page of the console.
  if (path === '//') return <a href="/">{title}</a>;
  return <Link href={path}>{title}</Link>;
}

function pathOf(step: FirstStep, may: ReturnType<typeof useSession>['may']): string | undefined {
  if (step === 'people') return '//';
  return PAGES.find(
    ({ path, permission }) =>
      PATHS[step].includes(path) && (permission === undefined || may(permission)),
  )?.path;
}
