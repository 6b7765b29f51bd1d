import { useState, type FormEvent } from 'react';
import type { Role } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Empty } from '../../ui/empty.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { Secret } from '../../ui/secret.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { roleWords } from '../../words/role-words.js';
import { teamWords } from '../../words/team-words.js';
import { useWords } from '../../words/use-words.js';
import { RoleField } from './role-field.js';

/** Keys by which programs call the API. */
export function TokensSection() {
  const words = useWords(teamWords);
  const roles = useWords(roleWords);
  const { data, mutate } = useApi('GET /tokens', {});
  const { run } = useAction();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title={words.tokens}
      text={words.tokensText}
      actions={
        <Button icon="plus" onClick={() => setOpen(true)}>
          {words.makeToken}
        </Button>
      }
    >
      <div className="card rows">
        {data?.items.length === 0 ? <Empty icon="key" title={words.noTokens} /> : null}
        {data?.items.map(({ id, name, role, usedAt }) => (
          <div className="row" key={id}>
            <div className="row-words">
              <p>
                {name} <Badge>{roles[role]}</Badge>
              </p>
              <p>
                {usedAt === undefined ? (
                  words.neverUsed
                ) : (
                  <>
                    {words.lastUsed} <Time at={usedAt} />
                  </>
                )}
              </p>
            </div>
            <Button
              size="small"
              look="quiet"
              onClick={() =>
                void run(async () => {
                  await call('DELETE /tokens/:id', { id });
                  await mutate();
                })
              }
            >
              {words.endToken}
            </Button>
          </div>
        ))}
      </div>
      <Dialog isOpen={isOpen} close={() => setOpen(false)} title={words.makeToken}>
        <TokenForm made={() => void mutate()} close={() => setOpen(false)} />
      </Dialog>
    </Section>
  );
}

function TokenForm({ made, close }: { made(): void; close(): void }) {
  const words = useWords(teamWords);
  const { run, isBusy } = useAction();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [token, setToken] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      setToken((await call('POST /tokens', { name, role })).token);
      made();
    });
  }

  if (token !== undefined) {
    return (
      <>
        <p>{words.tokenOnce}</p>
        <Secret value={token} label={words.token} />
        <div className="form-actions">
          <Button look="primary" onClick={close}>
            {words.done}
          </Button>
        </div>
      </>
    );
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={words.tokenName}
        required
        autoFocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <RoleField role={role} choose={setRole} />
      <div className="form-actions">
        <Button look="primary" type="submit" isBusy={isBusy}>
          {words.makeToken}
        </Button>
      </div>
    </form>
  );
}
