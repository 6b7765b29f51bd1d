import { call } from '../../client.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Failure } from '../../ui/failure.js';
import { Section } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { accountWords } from '../../words/account-words.js';
import { useWords } from '../../words/use-words.js';
import { nameBrowser } from './name-browser.js';

/** Where one is signed in, and how to end it. */
export function SessionsSection() {
  const words = useWords(accountWords);
  const { data, error, mutate } = useApi('GET /account/sessions', {});
  const { run } = useAction();
  return (
    <Section title={words.sessions} text={words.sessionsText}>
      <div className="card rows">
        {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
        {data === undefined && error === undefined ? (
          <div className="card-body">
            <Skeleton />
          </div>
        ) : null}
        {data?.items.map(({ id, agent, seenAt, isThis }) => (
          <div className="row" key={id}>
            <div className="row-words">
              <p>{nameBrowser(agent) ?? words.unknownBrowser}</p>
              <p>
                {words.lastSeen} <Time at={seenAt} />
              </p>
            </div>
            {isThis ? (
              <Badge tone="good">{words.thisOne}</Badge>
            ) : (
              <Button
                size="small"
                onClick={() =>
                  void run(async () => {
                    await call('DELETE /account/sessions/:id', { id });
                    await mutate();
                  })
                }
              >
                {words.endSession}
              </Button>
            )}
          </div>
        ))}
      </div>
    </Section>
  );
}
