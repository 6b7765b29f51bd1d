import { lazy, Suspense, useRef } from 'react';
import type { FlowTexts } from '../../../engine/edit/flow-texts.js';
import { Button } from '../../ui/button.js';
import { Skeleton } from '../../ui/skeleton.js';
import { editorWords } from '../../words/editor-words.js';
import { useWords } from '../../words/use-words.js';
import type { CanvasProps } from './canvas/flow-canvas.js';
import type { Deed } from './editing.js';
import type { Face } from './editor-bar.js';
import { useFlow } from './panel/use-flow.js';
import { TextFiles } from './text/text-files.js';
import type { Spot } from './text/text-face.js';
import type { AddMenuAt } from './use-add-step.js';
import type { Places } from './use-layout.js';

const FlowCanvas = lazy(async () => ({
  default: (await import('./canvas/flow-canvas.js')).FlowCanvas,
}));
const TextFace = lazy(async () => ({ default: (await import('./text/text-face.js')).TextFace }));

/** A flow as it is looked at: its diagram, or the text of one of its files. */
export function EditorFace({
  face,
  texts,
  file,
  chooseFile,
  spot,
  canEditText,
  places,
  act,
  openMenu,
  ...canvas
}: Omit<CanvasProps, 'places' | 'isWritable'> & {
  readonly face: Face;
  /** As they are this very moment; the rest of the editor may be a moment behind what is typed into them. */
  readonly texts: FlowTexts;
  readonly file: string;
  chooseFile(path: string): void;
  readonly spot: Spot | undefined;
  /** Whether files may be written, broken ones too. */
  readonly canEditText: boolean;
  /** Absent until cards were laid out. */
  readonly places: Places | undefined;
  act(deed: Deed): void;
  openMenu(menu: AddMenuAt): void;
}) {
  const words = useWords(editorWords);
  const { problems, surroundings, graph, isWritable } = useFlow();
  const button = useRef<HTMLDivElement>(null);
  const addStep = (): void => {
    const { left = 0, bottom = 0 } = button.current?.getBoundingClientRect() ?? {};
    const step = graph.steps.find(({ id }) => id === canvas.selected);
    const on =
      step === undefined
        ? {}
        : { on: { step: step.id, way: step.ways[0]?.way ?? ({ type: 'next' } as const) } };
    openMenu({ at: { x: left, y: bottom + 4 }, ...on });
  };
  return (
    <div className="editor-face">
      <Suspense fallback={<Skeleton lines={6} />}>
        {face === 'text' ? (
          <TextFiles
            texts={texts}
            file={file}
            choose={chooseFile}
            languages={surroundings.languages}
          >
            <TextFace
              path={file}
              text={textAt(texts, file)}
              problems={problems}
              spot={spot}
              label={file}
              isWritable={canEditText}
              write={(text) => act({ type: 'type', path: file, text })}
              undo={() => act({ type: 'undo' })}
              redo={() => act({ type: 'redo' })}
            />
          </TextFiles>
        ) : places === undefined ? (
          <Skeleton lines={6} />
        ) : (
          <FlowCanvas {...canvas} places={places} isWritable={isWritable} act={act} />
        )}
      </Suspense>
      {face === 'graph' && isWritable ? (
        <div className="editor-add" ref={button}>
          <Button size="small" icon="plus" onClick={addStep}>
            {words.addStep}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function textAt({ flow, words }: FlowTexts, path: string): string {
  return [flow, ...words].find((file) => file.path === path)?.text ?? '';
}
