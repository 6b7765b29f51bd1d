import { useState } from 'react';
import { Button } from '../ui/button.js';
import { Page } from '../ui/page.js';
import { teamWords } from '../words/team-words.js';
import { useWords } from '../words/use-words.js';
import { InviteDialog } from './team/invite-dialog.js';
import { MembersTable } from './team/members-table.js';
import { TokensSection } from './team/tokens-section.js';

/** Who is on the staff, and the keys of programs. */
export function Team() {
  const words = useWords(teamWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <Page
      title={words.title}
      text={words.text}
      actions={
        <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
          {words.invite}
        </Button>
      }
    >
      <MembersTable />
      <TokensSection />
      <InviteDialog isOpen={isOpen} close={() => setOpen(false)} />
    </Page>
  );
}
