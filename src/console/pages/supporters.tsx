import { useState } from 'react';
import { Link } from 'wouter';
import { useSession } from '../session.js';
import { Empty } from '../ui/empty.js';
import { SearchField, Select } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { Listed } from '../ui/listed.js';
import { Page } from '../ui/page.js';
import { useApi, useList } from '../use-api.js';
import { useLater } from '../use-later.js';
import { supportersWords } from '../words/supporters-words.js';
import { useWords } from '../words/use-words.js';
import { SupportersTable } from './supporters/supporters-table.js';

/** Everybody whom the campaign knows. */
export function Supporters() {
  const words = useWords(supportersWords);
  const { may } = useSession();
  const [typed, setTyped] = useState('');
  const [tag, setTag] = useState('');
  const [segment, setSegment] = useState('');
  const q = useLater(typed.trim());
  const { data: filters } = useApi('GET /supporters/filters', {});
  const list = useList('GET /supporters', {
    ...(q === '' ? {} : { q }),
    ...(tag === '' ? {} : { tag }),
    ...(segment === '' ? {} : { segment }),
  });
  const isFiltered = q !== '' || tag !== '' || segment !== '';
  return (
    <Page
      title={words.title}
      actions={
        may('supporters.merge') ? (
          <Link href="/duplicates" className="button">
            <Icon name="merge" size={18} />
            <span>{words.duplicates}</span>
          </Link>
        ) : null
      }
    >
      <div className="filters" role="search">
        <SearchField
          label={words.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          label={words.tag}
          isLabelHidden
          value={tag}
          onChoose={setTag}
          options={[
            { value: '', label: words.allTags },
            ...(filters?.tags ?? []).map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          label={words.segment}
          isLabelHidden
          value={segment}
          onChoose={setSegment}
          options={[
            { value: '', label: words.allSegments },
            ...(filters?.segments ?? []).map(({ name, title }) => ({ value: name, label: title })),
          ]}
        />
      </div>
      <Listed
        list={list}
        lines={10}
        empty={
          <Empty
            icon="people"
            title={isFiltered ? words.noneFound : words.none}
            text={isFiltered ? words.noneFoundText : words.noneText}
          />
        }
      >
        <SupportersTable items={list.items} />
      </Listed>
    </Page>
  );
}
