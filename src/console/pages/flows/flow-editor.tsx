import './flow-editor.css';
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { Link, useParams } from 'wouter';
import { readFlowGraph } from '../../../engine/edit/flow-graph.js';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import type { Operation } from '../../../engine/edit/operation.js';
import { placeProblems } from '../../../engine/edit/place-problems.js';
import { freeName } from '../../../engine/edit/steps.js';
import type { WayOut } from '../../../engine/edit/ways.js';
import { nameOf } from '../../../engine/parse/locales.js';
import type { StepKind } from '../../../engine/parse/names.js';
import type { Problem } from '../../../engine/problem.js';
import type { FlowSurroundings, FlowView, PublishOutcome } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button, IconButton } from '../../ui/button.js';
import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useAction } from '../../ui/use-action.js';
import { useToast } from '../../ui/toast.js';
import { editorWords } from '../../words/editor-words.js';
import { flowWords } from '../../words/flow-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { AddMenu } from './add-menu.js';
import { boxesOf, drawCards, type Card } from './canvas/draw-steps.js';
import type { Played } from './checking/protocol.js';
import { beginEditing, edited, type Deed, type Editing } from './editing.js';
import { HeadPanel } from './panel/head-panel.js';
import { ProblemList } from './panel/problem-list.js';
import { StepPanel } from './panel/step-panel.js';
import { FlowProvider, type FlowAtHand } from './panel/use-flow.js';
import { phrasesIn } from './phrases-in.js';
import { FunnelPanel } from './publishing/funnel-panel.js';
import { HistoryPanel } from './publishing/history-panel.js';
import { useOutcomeText } from './publishing/outcome-text.js';
import { PublishDialog } from './publishing/publish-dialog.js';
import { SimulatorPanel } from './simulator/simulator-panel.js';
import { tracePath } from './simulator/trace-path.js';
import type { Spot } from './text/text-face.js';
import { textsOf } from './texts-of.js';
import { useChecked, useEngine } from './use-checked.js';
import { useDraft, type DraftState } from './use-draft.js';
import { useLayout } from './use-layout.js';

const FlowCanvas = lazy(async () => ({
  default: (await import('./canvas/flow-canvas.js')).FlowCanvas,
}));
const TextFace = lazy(async () => ({ default: (await import('./text/text-face.js')).TextFace }));

type Loaded = { readonly view: FlowView; readonly surroundings: FlowSurroundings };

/** The page of one flow. */
export function FlowEditor() {
  const { name = '' } = useParams();
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<unknown>();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let isGone = false;
    setLoaded(undefined);
    setFailure(undefined);
    Promise.all([call('GET /flows/:name', { name }), call('GET /flows/surroundings', {})]).then(
      ([view, surroundings]) => !isGone && setLoaded({ view, surroundings }),
      (error: unknown) => !isGone && setFailure(error),
    );
    return () => {
      isGone = true;
    };
  }, [name, count]);
  const again = useCallback(() => setCount((before) => before + 1), []);
  if (failure !== undefined) return <Failure error={failure} again={again} />;
  if (loaded === undefined) {
    return (
      <div className="page" aria-busy="true">
        <Skeleton lines={8} />
      </div>
    );
  }
  return <Editor key={`${name} ${count}`} {...loaded} reload={again} />;
}

type Side = 'step' | 'simulator' | 'history' | 'funnel' | 'problems';
type Face = 'graph' | 'text';

function Editor({ view, surroundings, reload }: Loaded & { reload(): void }) {
  const words = useWords(editorWords);
  const { name } = view;
  const { session, may } = useSession();
  const isWritable = may('flows.write');
  const { language: spoken } = useLanguage();
  const toast = useToast();
  const say = useOutcomeText();
  const actions = useMemo(
    () => new Map(surroundings.actions.map((action) => [action.name, action])),
    [surroundings],
  );
  const [editing, act] = useReducer(
    (before: Editing, deed: Deed) => edited(before, deed, actions),
    view,
    (loaded) => beginEditing(textsOf(loaded.name, loaded)),
  );
  const { texts, history, selected, refusal } = editing;
  const engine = useEngine(surroundings);
  const { problems, isChecked } = useChecked(engine, texts);
  const draft = useDraft(view, texts, isWritable);
  const [face, setFace] = useState<Face>('graph');
  const [side, setSide] = useState<Side | undefined>(() => (innerWidth > 860 ? 'step' : undefined));
  const [file, setFile] = useState(texts.flow.path);
  const [spot, setSpot] = useState<Spot>();
  const [menu, setMenu] = useState<{ on?: WayOut; at: { x: number; y: number } }>();
  const [played, setPlayed] = useState<Played>();
  const [isPublishing, setPublishing] = useState(false);

  const graph = useMemo(() => readFlowGraph(texts.flow, actions), [texts.flow, actions]);
  const phrases = usePhrases(texts);
  const placed = useMemo(() => placeProblems(graph, texts, problems), [graph, texts, problems]);
  const shown = surroundings.languages.includes(spoken)
    ? spoken
    : (surroundings.languages[0] ?? spoken);
  const cards = useCards(() => drawnWith(phrases.get(shown)), [graph, phrases, shown, placed]);
  function drawnWith(known: ReadonlyMap<string, string> = new Map()) {
    return (before: ReadonlyMap<string, Card>) => drawCards(graph, known, placed.bySteps, before);
  }
  const boxes = useMemo(() => boxesOf(cards), [cards]);
  const places = useLayout(engine, boxes);
  const lit = useMemo(
    () => (played === undefined ? [] : tracePath(graph, name, played)),
    [graph, name, played],
  );
  const standing = played?.standing.findLast((frame) => frame.flow === name)?.step;

  useEffect(() => {
    document.title = `${graph.title === '' ? name : graph.title} · ${session.campaign.name}`;
  }, [graph.title, name, session.campaign.name]);

  useEffect(() => {
    if (refusal !== undefined) toast(words.refusals[refusal.reason], true);
    // Each refusal is told once, whatever else is new.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [refusal]);

  const doOrSelect = useCallback((deed: Deed): void => {
    act(deed);
    if (deed.type === 'select' && deed.step !== undefined) setSide('step');
  }, []);
  const operate = useCallback(
    (operation: Operation, joins = false): void => act({ type: 'operate', operation, joins }),
    [],
  );
  const showInText = useCallback((problem: Problem): void => {
    setFace('text');
    setFile(problem.file);
    setSpot((before) => ({ ...problem, at: (before?.at ?? 0) + 1 }));
  }, []);
  const askToAdd = useCallback(
    (on: WayOut, at: { x: number; y: number }) => setMenu({ on, at }),
    [],
  );
  useKeys(isWritable, act);

  const atHand = useMemo(
    (): FlowAtHand => ({
      name,
      texts,
      graph,
      phrases,
      problems,
      surroundings,
      isWritable: isWritable && !graph.isBroken,
      operate,
      showInText,
    }),
    [name, texts, graph, phrases, problems, surroundings, isWritable, operate, showInText],
  );

  const step = graph.steps.find(({ id }) => id === selected);
  const add = (kind: StepKind): void => {
    const taken = new Set(graph.steps.map(({ id }) => id));
    const stem = {
      say: 'message',
      collect: 'question',
      set: 'note',
      action: 'act',
      call: 'detour',
      link: 'onward',
      branch: 'choose',
      wait: 'pause',
    }[kind];
    const { on } = menu ?? {};
    operate({
      type: 'add_step',
      kind,
      name: freeName(stem, taken),
      ...(on === undefined ? {} : { on }),
    });
    setMenu(undefined);
    setSide('step');
  };
  const published = (outcome: PublishOutcome): void => {
    setPublishing(false);
    toast(say(outcome), outcome.type !== 'published' && outcome.type !== 'unchanged');
    reload();
  };
  const errors = problems.filter(({ severity }) => severity === 'error').length;

  return (
    <FlowProvider value={atHand}>
      <div className="flow-editor">
        <header className="editor-bar">
          <Link href="/flows" className="icon-link" aria-label={words.back} title={words.back}>
            ‹
          </Link>
          <div className="editor-title">
            <h1>{graph.title === '' ? name : graph.title}</h1>
            <DraftNote state={draft.state} isWritable={isWritable} />
          </div>
          <div className="editor-tools">
            <ProblemsButton
              errors={errors}
              warnings={problems.length - errors}
              isChecked={isChecked}
              press={() => setSide(side === 'problems' ? undefined : 'problems')}
            />
            <div className="faces" role="group" aria-label={words.face}>
              {(['graph', 'text'] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={face === one}
                  onClick={() => setFace(one)}
                >
                  {words[one]}
                </button>
              ))}
            </div>
            {isWritable ? (
              <>
                <IconButton
                  icon="undo"
                  label={words.undo}
                  disabled={history.done.length === 0}
                  onClick={() => act({ type: 'undo' })}
                />
                <IconButton
                  icon="redo"
                  label={words.redo}
                  disabled={history.undone.length === 0}
                  onClick={() => act({ type: 'redo' })}
                />
              </>
            ) : null}
            <IconButton
              icon="filter"
              label={words.funnel}
              aria-pressed={side === 'funnel'}
              onClick={() => setSide(side === 'funnel' ? undefined : 'funnel')}
            />
            <IconButton
              icon="history"
              label={words.history}
              aria-pressed={side === 'history'}
              onClick={() => setSide(side === 'history' ? undefined : 'history')}
            />
            <Button
              icon="play"
              aria-pressed={side === 'simulator'}
              onClick={() => setSide(side === 'simulator' ? undefined : 'simulator')}
            >
              {words.simulate}
            </Button>
            {may('flows.publish') && isWritable ? (
              <Button look="primary" onClick={() => setPublishing(true)}>
                {words.publish}
              </Button>
            ) : null}
          </div>
        </header>
        <Notices
          view={view}
          state={draft.state}
          isBroken={graph.isBroken}
          isWritable={isWritable}
          reload={reload}
          revision={draft.revision}
        />
        <div className="editor-body">
          <div className="editor-face">
            <Suspense fallback={<Skeleton lines={6} />}>
              {face === 'graph' ? (
                places === undefined ? (
                  <Skeleton lines={6} />
                ) : (
                  <FlowCanvas
                    cards={cards}
                    places={places}
                    selected={selected}
                    lit={lit}
                    standing={standing}
                    isWritable={atHand.isWritable}
                    act={doOrSelect}
                    askToAdd={askToAdd}
                  />
                )
              ) : (
                <TextFiles
                  texts={texts}
                  file={file}
                  choose={setFile}
                  languages={surroundings.languages}
                >
                  <TextFace
                    path={file}
                    text={textAt(texts, file)}
                    problems={problems}
                    spot={spot}
                    label={file}
                    isWritable={isWritable}
                    write={(text) => act({ type: 'type', path: file, text })}
                    undo={() => act({ type: 'undo' })}
                    redo={() => act({ type: 'redo' })}
                  />
                </TextFiles>
              )}
            </Suspense>
            {face === 'graph' && atHand.isWritable ? (
              <Button
                size="small"
                icon="plus"
                onClick={(event) => {
                  const { left, bottom } = event.currentTarget.getBoundingClientRect();
                  const last = graph.steps.at(-1);
                  setMenu({
                    at: { x: left, y: bottom + 4 },
                    ...(step === undefined || last === undefined
                      ? {}
                      : { on: { step: step.id, way: step.ways[0]?.way ?? { type: 'next' } } }),
                  });
                }}
              >
                {words.addStep}
              </Button>
            ) : null}
          </div>
          {side === undefined ? null : (
            <aside className="editor-side">
              {side === 'step' ? (
                step === undefined ? (
                  <HeadPanel problems={placed.others} />
                ) : (
                  <StepPanel
                    key={step.id}
                    step={step}
                    problems={placed.bySteps.get(step.id) ?? []}
                    close={() => {
                      act({ type: 'select' });
                      if (innerWidth <= 860) setSide(undefined);
                    }}
                  />
                )
              ) : null}
              {side === 'simulator' ? (
                <SimulatorPanel
                  engine={engine}
                  name={name}
                  texts={texts}
                  surroundings={surroundings}
                  startsAtOnce={/^\s*- command: ['"]?\/?start\b/m.test(texts.flow.text)}
                  isWritable={isWritable}
                  follow={setPlayed}
                  close={() => setSide('step')}
                />
              ) : null}
              {side === 'history' ? (
                <HistoryPanel
                  name={name}
                  mayWrite={isWritable}
                  mayPublish={may('flows.publish')}
                  take={(taken) => act({ type: 'take', texts: taken })}
                  rolledBack={(outcome) => {
                    toast(say(outcome), outcome.type !== 'published');
                    if (outcome.type === 'published') reload();
                  }}
                  close={() => setSide('step')}
                />
              ) : null}
              {side === 'funnel' ? (
                <FunnelPanel
                  name={name}
                  order={graph.steps.map(({ value }) => value)}
                  select={(value) => {
                    const found = graph.steps.find((one) => one.value === value);
                    if (found !== undefined) doOrSelect({ type: 'select', step: found.id });
                  }}
                  close={() => setSide('step')}
                />
              ) : null}
              {side === 'problems' ? (
                <section className="step-panel" aria-label={words.problems}>
                  <header className="panel-head">
                    <h2>{words.problems}</h2>
                    <IconButton icon="close" label={words.close} onClick={() => setSide('step')} />
                  </header>
                  <div className="panel-body">
                    {problems.length === 0 ? <p className="muted">{words.noProblems}</p> : null}
                    <ProblemList problems={problems} />
                  </div>
                </section>
              ) : null}
            </aside>
          )}
        </div>
        {menu === undefined ? null : (
          <AddMenu at={menu.at} choose={add} close={() => setMenu(undefined)} />
        )}
        {isPublishing ? (
          <PublishDialog
            view={view}
            texts={texts}
            save={draft.save}
            published={published}
            close={() => setPublishing(false)}
          />
        ) : null}
      </div>
    </FlowProvider>
  );
}

/** Phrases by language; those of a file that was not touched are the very same. */
function usePhrases(texts: FlowTexts): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const known = useRef(new Map<string, { text: string; phrases: ReadonlyMap<string, string> }>());
  return useMemo(
    () =>
      new Map(
        texts.words.map(({ path, text }) => {
          const { language } = nameOf(path);
          const before = known.current.get(language);
          // While a file cannot be read, what it last said is shown.
          const phrases =
            before?.text === text
              ? before.phrases
              : (phrasesIn(text) ?? before?.phrases ?? new Map());
          known.current.set(language, { text, phrases });
          return [language, phrases];
        }),
      ),
    [texts.words],
  );
}

/** Cards, of which those that show the same are the very same. */
function useCards(
  draw: () => (before: ReadonlyMap<string, Card>) => readonly Card[],
  on: readonly unknown[],
): readonly Card[] {
  const before = useRef<ReadonlyMap<string, Card>>(new Map());
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => {
    const cards = draw()(before.current);
    before.current = new Map(cards.map((card) => [card.step.id, card]));
    return cards;
  }, on);
}

/** Undo and redo by keys, but for what is typed into a field, which undoes its own. */
function useKeys(isWritable: boolean, act: (deed: Deed) => void): void {
  useEffect(() => {
    if (!isWritable) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.closest('.cm-editor') !== null)
        return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) act({ type: 'undo' });
      else if (key === 'y' || (key === 'z' && event.shiftKey)) act({ type: 'redo' });
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isWritable, act]);
}

function textAt({ flow, words }: FlowTexts, path: string): string {
  return [flow, ...words].find((file) => file.path === path)?.text ?? '';
}

function TextFiles({
  texts,
  file,
  choose,
  languages,
  children,
}: {
  readonly texts: FlowTexts;
  readonly file: string;
  choose(path: string): void;
  readonly languages: readonly string[];
  readonly children: React.ReactNode;
}) {
  const words = useWords(editorWords);
  const { language: spoken } = useLanguage();
  const { name } = nameOf(texts.flow.path);
  const names = new Intl.DisplayNames(spoken, { type: 'language' });
  const files = [
    { path: texts.flow.path, label: words.flow },
    ...languages.map((language) => ({
      path: `locales/${language}/${name}.yaml`,
      label: words.wordsOf(names.of(language) ?? language),
    })),
  ];
  return (
    <div className="text-files">
      <div className="faces text-tabs" role="group" aria-label={words.text}>
        {files.map(({ path, label }) => (
          <button
            key={path}
            type="button"
            aria-pressed={path === file}
            onClick={() => choose(path)}
          >
            {label}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

function DraftNote({
  state,
  isWritable,
}: {
  readonly state: DraftState;
  readonly isWritable: boolean;
}) {
  const words = useWords(editorWords);
  return (
    <p className={`draft-note draft-${state}`} role="status">
      {isWritable ? (state === 'conflict' ? words.conflict : words[state]) : words.readOnly}
    </p>
  );
}

function ProblemsButton({
  errors,
  warnings,
  isChecked,
  press,
}: {
  readonly errors: number;
  readonly warnings: number;
  readonly isChecked: boolean;
  press(): void;
}) {
  const words = useWords(editorWords);
  const counts = useWords(flowWords);
  const text =
    errors > 0 ? counts.errors(errors) : warnings > 0 ? counts.warnings(warnings) : words.sound;
  const tone = errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good';
  return (
    <button
      type="button"
      className={`badge badge-${tone} problems-button`}
      aria-busy={!isChecked}
      onClick={press}
    >
      {text}
    </button>
  );
}

function Notices({
  view,
  state,
  isBroken,
  isWritable,
  reload,
  revision,
}: {
  readonly view: FlowView;
  readonly state: DraftState;
  readonly isBroken: boolean;
  readonly isWritable: boolean;
  reload(): void;
  revision(): number;
}) {
  const words = useWords(editorWords);
  const { isBusy, run } = useAction();
  const isOvertaken = view.revision > 0 && view.base !== view.inForce;
  return (
    <>
      {state === 'conflict' ? (
        <div className="notice notice-bad" role="alert">
          <p>
            {words.conflict} {words.conflictText}
          </p>
          <Button size="small" onClick={reload}>
            {words.reload}
          </Button>
        </div>
      ) : null}
      {isOvertaken ? (
        <div className="notice">
          <p>{words.overtaken}</p>
          {isWritable ? (
            <Button
              size="small"
              isBusy={isBusy}
              onClick={() =>
                void run(async () => {
                  await call('DELETE /flows/:name/draft', {
                    name: view.name,
                    revision: revision(),
                  });
                  reload();
                })
              }
            >
              {words.discard}
            </Button>
          ) : null}
        </div>
      ) : null}
      {isBroken ? (
        <div className="notice notice-bad" role="status">
          <p>{words.broken}</p>
        </div>
      ) : null}
    </>
  );
}
