import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../session.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { More } from '../ui/more.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { Tabs } from '../ui/tabs.js';
import { useApi, useList } from '../use-api.js';
import { postWords } from '../words/post-words.js';
import { useWords } from '../words/use-words.js';
import { DayList } from './posts/day-list.js';
import { Month } from './posts/month.js';
import { NetworkStrip } from './posts/network-strip.js';
import './posts/posts.css';

const VIEWS = ['coming', 'past', 'month'] as const;
/** How often posts that are to come are looked at. */
const LIVE_MS = 5_000;

/** Public posts: to come, over, or on the days of a month, and where they can be made. */
export function Posts() {
  const words = useWords(postWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const [view, setView] = useState<(typeof VIEWS)[number]>('coming');
  const options = useApi('GET /post-options', {});
  const isAnyOn = options.data?.networks.some(({ isOn }) => isOn) === true;
  const make =
    may('messages.send') && isAnyOn ? (
      <Button look="primary" icon="plus" onClick={() => go('/posts/new')}>
        {words.make}
      </Button>
    ) : null;
  return (
    <Page title={words.title} text={words.text} actions={make}>
      {options.data === undefined ? null : <NetworkStrip networks={options.data.networks} />}
      <Tabs
        label={words.views}
        of={VIEWS}
        chosen={view}
        choose={setView}
        name={(one) => words.view[one]}
        className="posts-tabs"
      />
      {view === 'coming' ? <Coming /> : view === 'past' ? <Past /> : <Month />}
    </Page>
  );
}

function Coming() {
  const words = useWords(postWords);
  const { data, error, mutate } = useApi('GET /posts', { view: 'coming' }, { everyMs: LIVE_MS });
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) return <Skeleton lines={8} />;
  if (data.items.length === 0) {
    return <Empty icon="post" title={words.none.coming} text={words.noneText} />;
  }
  return <DayList items={data.items} />;
}

function Past() {
  const words = useWords(postWords);
  const list = useList('GET /posts', { view: 'past' });
  if (list.error !== undefined) return <Failure error={list.error} again={list.again} />;
  if (list.isLoading) return <Skeleton lines={8} />;
  if (list.items.length === 0) return <Empty icon="post" title={words.none.past} />;
  return (
    <>
      <DayList items={list.items} />
      <More list={list} />
    </>
  );
}
