import { useState } from 'react';
import { checkSite, tidySite } from '../../../engine/site/check-site.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import type { SitePublishOutcome, SiteView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button, IconButton } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Page } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useAutosave } from '../../use-autosave.js';
import { siteWords } from '../../words/site-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { PublishSiteDialog } from './publish-site-dialog.js';
import { SiteForm } from './site-form.js';
import { SiteHistory } from './site-history.js';
import { SitePreview } from './site-preview.js';
import './site.css';

/** Writes the page: it saves itself, is looked at beside, and is published or put back. */
export function SiteEditor({
  view,
  again,
  look,
}: {
  readonly view: SiteView;
  /** Begins anew with what the server has now. */
  again(): Promise<void>;
  /** Looks what the server has now, and leaves what is being written alone. */
  look(): void;
}) {
  const words = useWords(siteWords);
  const { language } = useLanguage();
  const toast = useToast();
  const { run, isBusy } = useAction();
  const [content, setContent] = useState<SiteContent>(view.content);
  const [base, setBase] = useState(view.base);
  const [isTried, setTried] = useState(view.revision > 0);
  const [open, setOpen] = useState<'publish' | 'discard' | 'history'>();
  const [face, setFace] = useState<'edit' | 'preview'>('edit');
  const saving = useAutosave({
    id: 'site',
    value: { content, base },
    first: { value: { content: view.content, base: view.base }, revision: view.revision },
    async save(value, revision) {
      const { base: from, ...rest } = value;
      const made = from === undefined ? {} : { base: from };
      return (await call('PUT /site/draft', { revision, ...rest, ...made })).revision;
    },
  });
  const problems = checkSite(tidySite(content), view.rules);
  const errorOf = (path: string): string | undefined => {
    const found = isTried ? problems.find((problem) => problem.path === path) : undefined;
    return found === undefined ? undefined : words.faults[found.code];
  };
  const isBehind = base !== view.inForce.version;
  const publisher = view.inForce.author === 'files' ? words.files : view.inForce.author;

  async function discard(): Promise<void> {
    setOpen(undefined);
    await run(async () => {
      const revision = await saving.settle();
      if (revision === undefined) return;
      if (revision > 0) await call('DELETE /site/draft', { revision });
      toast(words.discarded);
      await again();
    });
  }

  function told(outcome: SitePublishOutcome): void {
    setOpen(undefined);
    switch (outcome.type) {
      case 'published':
        toast(words.published);
        break;
      case 'unchanged':
        toast(words.unchanged);
        break;
      case 'withheld':
        toast(words.silent(written(outcome.until, language)), true);
        break;
      case 'overtaken':
        toast(words.behind(outcome.by === 'files' ? words.files : outcome.by), true);
        break;
      case 'refused':
        toast(words.problems, true);
        break;
      case 'changed':
      case 'unknown':
        toast(words.changedMeanwhile, true);
        break;
      default:
        outcome satisfies never;
    }
  }

  return (
    <Page
      title={words.title}
      actions={
        <>
          <span className="site-saving" role="status">
            {saving.state === 'conflict' ? null : words[saving.state]}
          </span>
          <a className="button button-quiet" href="/" target="_blank" rel="noreferrer">
            {words.see}
          </a>
          <IconButton icon="history" label={words.history} onClick={() => setOpen('history')} />
          <Button look="quiet" icon="trash" isBusy={isBusy} onClick={() => setOpen('discard')}>
            {words.discard}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              setTried(true);
              setOpen('publish');
            }}
          >
            {words.publish}
          </Button>
        </>
      }
    >
      {saving.state === 'conflict' ? (
        <p className="form-failure" role="alert">
          {words.conflict}
        </p>
      ) : null}
      {view.silentUntil === undefined ? null : (
        <p className="site-note site-note-warn">
          {words.silent(written(new Date(view.silentUntil).toISOString(), language))}
        </p>
      )}
      {isBehind ? (
        <div className="site-note site-note-warn">
          <p>{words.behind(publisher)}</p>
          <Button size="small" onClick={() => setBase(view.inForce.version)}>
            {words.keepMine}
          </Button>
        </div>
      ) : null}
      <div className="site-faces" role="group" aria-label={words.title}>
        {(['edit', 'preview'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={face === one} onClick={() => setFace(one)}>
            {words[one]}
          </button>
        ))}
      </div>
      <div className={`site-beside site-shows-${face}`}>
        <SiteForm
          content={content}
          languages={view.rules.languages}
          errorOf={errorOf}
          change={setContent}
        />
        <SitePreview content={content} view={view} />
      </div>
      <PublishSiteDialog
        isOpen={open === 'publish'}
        close={() => setOpen(undefined)}
        before={view.inForce.content}
        after={content}
        problems={problems}
        settle={saving.settle}
        done={async (outcome) => {
          told(outcome);
          if (outcome.type === 'published' || outcome.type === 'unchanged') await again();
          else look();
        }}
      />
      <SiteHistory
        isOpen={open === 'history'}
        close={() => setOpen(undefined)}
        take={(older) => {
          setContent(older);
          setBase(view.inForce.version);
          setOpen(undefined);
          toast(words.taken);
        }}
        done={(outcome) => {
          told(outcome);
          if (saving.revision === 0) void again();
          else look();
        }}
      />
      <Confirm
        isOpen={open === 'discard'}
        close={() => setOpen(undefined)}
        title={words.discardTitle}
        back={words.cancel}
        action={words.discard}
        act={() => void discard()}
      >
        <p>{words.discardText}</p>
      </Confirm>
    </Page>
  );
}

function written(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(at),
  );
}
