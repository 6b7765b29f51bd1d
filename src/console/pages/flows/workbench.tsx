import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { readFlowGraph } from '../../../engine/edit/flow-graph.js';
import type { Operation } from '../../../engine/edit/operation.js';
import { placeProblems } from '../../../engine/edit/place-problems.js';
import type { Problem } from '../../../engine/problem.js';
import type { FlowSurroundings, FlowView, PublishOutcome } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { useToast } from '../../ui/toast.js';
import { editorWords } from '../../words/editor-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { AddMenu } from './add-menu.js';
import type { Played } from './checking/protocol.js';
import { DraftNote } from './draft-note.js';
import { beginEditing, edited, type Deed, type Editing } from './editing.js';
import { EditorBar, type Face, type Side } from './editor-bar.js';
import { EditorFace } from './editor-face.js';
import { EditorNotices } from './editor-notices.js';
import { EditorSide } from './editor-side.js';
import { FlowProvider, type FlowAtHand } from './panel/use-flow.js';
import { ProblemsButton } from './problems-button.js';
import { useOutcomeText } from './publishing/outcome-text.js';
import { PublishDialog } from './publishing/publish-dialog.js';
import { tracePath } from './simulator/trace-path.js';
import type { Spot } from './text/text-face.js';
import { textsOf } from './texts-of.js';
import { useAddStep } from './use-add-step.js';
import { useCards } from './use-cards.js';
import { useChecked, useEngine } from './use-checked.js';
import { useDraft } from './use-draft.js';
import { useLayout } from './use-layout.js';
import { usePhrases } from './use-phrases.js';
import { useSettled } from './use-settled.js';
import { useUndoKeys } from './use-undo-keys.js';

/** Up to this width what stands beside a flow stands over it. */
const NARROW = 860;
/** What is typed into a text is drawn once nobody has typed for so long; nobody sees it before. */
const SETTLE_MS = 300;
const NOT_LIT: readonly string[] = [];

/** A flow under the hands of somebody, with all that is known about it. */
export function Workbench({
  view,
  surroundings,
  reload,
}: {
  readonly view: FlowView;
  readonly surroundings: FlowSurroundings;
  reload(): void;
}) {
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
  const draft = useDraft(view, texts, isWritable, act, (author) => toast(words.joined(author)));
  const [face, setFace] = useState<Face>('graph');
  const [side, setSide] = useState<Side | undefined>(() =>
    innerWidth > NARROW ? 'step' : undefined,
  );
  const [file, setFile] = useState(texts.flow.path);
  const [spot, setSpot] = useState<Spot>();
  const [played, setPlayed] = useState<Played>();
  const [isPublishing, setPublishing] = useState(false);

  const drawn = useSettled(texts, face === 'graph' ? 0 : SETTLE_MS);
  const graph = useMemo(() => readFlowGraph(drawn.flow, actions), [drawn.flow, actions]);
  const phrases = usePhrases(drawn);
  const placed = useMemo(() => placeProblems(graph, drawn, problems), [graph, drawn, problems]);
  const shown = surroundings.languages.includes(spoken)
    ? spoken
    : (surroundings.languages[0] ?? spoken);
  const cards = useCards(graph, phrases.get(shown), placed, face === 'graph');
  const places = useLayout(engine, cards);
  const lit = useMemo(
    () => (played === undefined ? NOT_LIT : tracePath(graph, name, played)),
    [graph, name, played],
  );
  const standing = played?.standing.findLast((frame) => frame.flow === name)?.step;
  const title = graph.title === '' ? name : graph.title;

  useEffect(() => {
    document.title = `${title} · ${session.campaign.name}`;
  }, [title, session.campaign.name]);

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
  const { menu, setMenu, askToAdd, add } = useAddStep(graph, operate);
  useUndoKeys(isWritable, act);

  const atHand = useMemo(
    (): FlowAtHand => ({
      name,
      texts: drawn,
      graph,
      phrases,
      problems,
      surroundings,
      isWritable: isWritable && !graph.isBroken,
      operate,
      showInText,
    }),
    [name, drawn, graph, phrases, problems, surroundings, isWritable, operate, showInText],
  );
  const published = (outcome: PublishOutcome): void => {
    setPublishing(false);
    toast(say(outcome), outcome.type !== 'published' && outcome.type !== 'unchanged');
    reload();
  };
  const turnSide = (one: Side): void => setSide(side === one ? undefined : one);

  return (
    <FlowProvider value={atHand}>
      <div className="flow-editor">
        <EditorBar
          title={title}
          note={<DraftNote state={draft.state} isWritable={isWritable} />}
          problems={
            <ProblemsButton
              problems={problems}
              isChecked={isChecked}
              press={() => turnSide('problems')}
            />
          }
          face={face}
          setFace={setFace}
          side={side}
          turnSide={turnSide}
          isWritable={isWritable}
          canUndo={history.done.length > 0}
          canRedo={history.undone.length > 0}
          act={act}
          publish={may('flows.publish') && isWritable ? () => setPublishing(true) : undefined}
        />
        <EditorNotices
          view={view}
          draft={draft}
          isBroken={graph.isBroken}
          isWritable={isWritable}
          reload={reload}
        />
        <div className="editor-body">
          <EditorFace
            face={face}
            texts={texts}
            file={file}
            chooseFile={setFile}
            spot={spot}
            canEditText={isWritable}
            cards={cards}
            places={places}
            selected={selected}
            lit={lit}
            standing={standing}
            act={doOrSelect}
            askToAdd={askToAdd}
            openMenu={setMenu}
          />
          {side === undefined ? null : (
            <aside className="editor-side">
              <EditorSide
                side={side}
                selected={selected}
                placed={placed}
                engine={engine}
                canEdit={isWritable}
                mayPublish={may('flows.publish')}
                select={(step) => doOrSelect({ type: 'select', step })}
                leaveStep={() => {
                  act({ type: 'select' });
                  if (innerWidth <= NARROW) setSide(undefined);
                }}
                follow={setPlayed}
                take={(taken) => act({ type: 'take', texts: taken })}
                rolledBack={(outcome) => {
                  toast(say(outcome), outcome.type !== 'published');
                  if (outcome.type === 'published') reload();
                }}
                close={() => setSide('step')}
              />
            </aside>
          )}
        </div>
        {menu === undefined ? null : (
          <AddMenu
            at={menu.at}
            choose={(kind) => {
              add(kind);
              setSide('step');
            }}
            close={() => setMenu(undefined)}
          />
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
