import type { Controller, Site, SiteDate } from '../../../engine/campaign.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { siteWords } from '../../words/site-words.js';
import { useWords } from '../../words/use-words.js';
import { ColourFields } from './colour-fields.js';
import { ItemList } from './item-list.js';
import { PictureField } from './picture-field.js';
import { TranslatedField } from './translated-field.js';

/** All that staff write of the page, part by part. */
export function SiteForm({
  content,
  languages,
  errorOf,
  change,
}: {
  readonly content: SiteContent;
  readonly languages: readonly string[];
  errorOf(path: string): string | undefined;
  change(content: SiteContent): void;
}) {
  const words = useWords(siteWords);
  const { site } = content;
  const set = (part: Partial<Site>): void => change({ ...content, site: { ...site, ...part } });
  const usual = { languages, errorOf };
  const blank = Object.fromEntries(languages.map((language) => [language, '']));
  const { picture, pictureText, ...unpictured } = site;
  return (
    <div className="site-form">
      <Section title={words.looks}>
        <div className="form">
          <TextField
            label={words.name}
            value={content.name}
            maxLength={80}
            error={errorOf('name')}
            onChange={({ target }) => change({ ...content, name: target.value })}
          />
          <TranslatedField
            {...usual}
            label={words.headline}
            path="headline"
            text={site.headline}
            change={(headline) => set({ headline })}
          />
          <TranslatedField
            {...usual}
            label={words.summary}
            path="summary"
            text={site.summary}
            rows={4}
            change={(summary) => set({ summary })}
          />
          <TextField
            label={words.url}
            type="url"
            value={site.url ?? ''}
            error={errorOf('url')}
            onChange={({ target }) => set({ url: target.value })}
          />
          <ColourFields
            colours={site.colours}
            errorOf={errorOf}
            change={(colours) => set({ colours })}
          />
          <PictureField
            name={picture}
            error={errorOf('picture')}
            change={(name) =>
              name === undefined ? change({ ...content, site: unpictured }) : set({ picture: name })
            }
          />
          {picture === undefined ? null : (
            <TranslatedField
              {...usual}
              label={words.pictureText}
              path="pictureText"
              text={pictureText}
              change={(text) => set({ pictureText: text })}
            />
          )}
        </div>
      </Section>
      <Section title={words.issues} text={words.issuesText}>
        <ItemList
          items={site.issues}
          nameOf={words.issue}
          add={words.addIssue}
          fresh={() => ({ title: blank, text: blank })}
          error={errorOf('issues')}
          change={(issues) => set({ issues })}
        >
          {(issue, index, put) => (
            <>
              <TranslatedField
                {...usual}
                label={words.itemTitle}
                path={`issues.${index}.title`}
                text={issue.title}
                change={(title) => put({ ...issue, title })}
              />
              <TranslatedField
                {...usual}
                label={words.itemText}
                path={`issues.${index}.text`}
                text={issue.text}
                rows={3}
                change={(text) => put({ ...issue, text })}
              />
            </>
          )}
        </ItemList>
      </Section>
      <Section title={words.dates} text={words.datesText}>
        <ItemList
          items={site.dates}
          nameOf={words.date}
          add={words.addDate}
          fresh={(): SiteDate => ({ on: '', title: blank })}
          error={errorOf('dates')}
          isMovable={false}
          change={(dates) => set({ dates })}
        >
          {(date, index, put) => (
            <>
              <div className="site-pair">
                <TextField
                  label={words.on}
                  type="date"
                  value={date.on}
                  error={errorOf(`dates.${index}.on`)}
                  onChange={({ target }) => put({ ...date, on: target.value })}
                />
                <TextField
                  label={words.at}
                  type="time"
                  value={date.at ?? ''}
                  error={errorOf(`dates.${index}.at`)}
                  onChange={({ target }) => put({ ...date, at: target.value })}
                />
              </div>
              <TranslatedField
                {...usual}
                label={words.itemTitle}
                path={`dates.${index}.title`}
                text={date.title}
                change={(title) => put({ ...date, title })}
              />
              <TranslatedField
                {...usual}
                label={words.place}
                path={`dates.${index}.place`}
                text={date.place}
                change={(place) => put({ ...date, place })}
              />
            </>
          )}
        </ItemList>
      </Section>
      <Section title={words.notices} text={words.noticesText}>
        <TranslatedField
          {...usual}
          label={words.notice}
          path="notice"
          text={site.notice}
          rows={3}
          change={(notice) => set({ notice })}
        />
        <ItemList
          items={site.notices}
          nameOf={words.other}
          add={words.addNotice}
          fresh={() => ({ title: blank, text: blank })}
          error={errorOf('notices')}
          change={(notices) => set({ notices })}
        >
          {(notice, index, put) => (
            <>
              <TranslatedField
                {...usual}
                label={words.itemTitle}
                path={`notices.${index}.title`}
                text={notice.title}
                change={(title) => put({ ...notice, title })}
              />
              <TranslatedField
                {...usual}
                label={words.itemText}
                path={`notices.${index}.text`}
                text={notice.text}
                rows={2}
                change={(text) => put({ ...notice, text })}
              />
            </>
          )}
        </ItemList>
      </Section>
      <ControllerFields
        controller={site.controller}
        errorOf={errorOf}
        change={(controller) => set({ controller })}
      />
    </div>
  );
}

function ControllerFields({
  controller,
  errorOf,
  change,
}: {
  readonly controller: Controller | undefined;
  errorOf(path: string): string | undefined;
  change(controller: Controller): void;
}) {
  const words = useWords(siteWords);
  const field = (key: keyof Controller, label: string) => (
    <TextField
      label={label}
      value={controller?.[key] ?? ''}
      error={errorOf(`controller.${key}`)}
      onChange={({ target }) => change({ name: '', ...controller, [key]: target.value })}
    />
  );
  return (
    <Section
      title={words.controller}
      text={words.controllerText}
      actions={
        <a className="button" href="/privacy" target="_blank" rel="noreferrer">
          {words.privacy}
        </a>
      }
    >
      {(controller?.name ?? '') === '' ? <p className="site-note">{words.noController}</p> : null}
      <div className="form">
        <div className="site-pair">
          {field('name', words.controllerName)}
          {field('email', words.email)}
        </div>
        <div className="site-pair">
          {field('address', words.address)}
          {field('officer', words.officer)}
        </div>
      </div>
    </Section>
  );
}
