import './text-face.css';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, Prec, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Problem } from '../../../../engine/problem.js';
import { useTelling } from '../use-telling.js';

/** Marks what the page wrote into the text, and nobody typed. */
const Told = Annotation.define<boolean>();

/** Where the text is to be shown: `at` tells one wish from the next. */
export type Spot = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly at: number;
};

/** The text of one file, with its problems where they are. */
export function TextFace({
  path,
  text,
  problems,
  spot,
  label,
  isWritable,
  write,
  undo,
  redo,
}: {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly spot: Spot | undefined;
  readonly label: string;
  readonly isWritable: boolean;
  write(text: string): void;
  undo(): void;
  redo(): void;
}) {
  const tell = useTelling();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const acts = useRef({ write, undo, redo });
  acts.current = { write, undo, redo };

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return undefined;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightActiveLine(),
          drawSelection(),
          lintGutter(),
          yaml(),
          syntaxHighlighting(classHighlighter),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorState.readOnly.of(!isWritable),
          EditorView.cspNonce.of(pageNonce()),
          // What was done on the diagram is undone here too: there is one history.
          Prec.highest(
            keymap.of([
              { key: 'Mod-z', run: () => (acts.current.undo(), true), preventDefault: true },
              {
                key: 'Mod-y',
                mac: 'Mod-Shift-z',
                run: () => (acts.current.redo(), true),
                preventDefault: true,
              },
              { key: 'Mod-Shift-z', run: () => (acts.current.redo(), true), preventDefault: true },
            ]),
          ),
          keymap.of([...defaultKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            const isTyped = update.transactions.some(
              (one) => one.docChanged && one.annotation(Told) !== true,
            );
            if (isTyped) acts.current.write(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
    // Another file is another editor; its text is brought up to date below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [path, label, isWritable]);

  useEffect(() => {
    const editor = view.current;
    const now = editor?.state.doc.toString();
    if (editor === undefined || now === undefined || now === text) return;
    const [from, to, insert] = difference(now, text);
    editor.dispatch({ changes: { from, to, insert }, annotations: Told.of(true) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const own = problems.filter(({ file }) => file === path);
    const found = own.map((problem) => diagnosticOf(editor.state.doc, problem, tell(problem)));
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [problems, path, text, tell]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || spot === undefined || spot.file !== path) return;
    const at = offsetOf(editor.state.doc, spot);
    editor.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    editor.focus();
  }, [spot, path]);

  return <div className="text-face" ref={place} />;
}

/** What the page's policy lets styles through by. */
function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
}

function diagnosticOf(
  doc: Text,
  { line, column, severity, code }: Problem,
  told: string,
): Diagnostic {
  const from = offsetOf(doc, { line, column });
  const rest = doc.lineAt(from).text.slice(from - doc.lineAt(from).from);
  const word = /^[^\s,\]}]+/.exec(rest)?.[0].length ?? 0;
  return {
    from,
    to: from + Math.max(word, rest === '' ? 0 : 1),
    severity,
    message: `${told} (${code})`,
  };
}

function offsetOf(
  doc: Text,
  { line, column }: { readonly line: number; readonly column: number },
): number {
  const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(from + column - 1, to);
}

/** What to replace in a text to make another of it. */
function difference(was: string, is: string): readonly [from: number, to: number, insert: string] {
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  return [head, was.length - tail, is.slice(head, is.length - tail)];
}
