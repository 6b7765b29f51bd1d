import { Page } from '../ui/page.js';
import { accountWords } from '../words/account-words.js';
import { useWords } from '../words/use-words.js';
import { LooksSection } from './account/looks-section.js';
import { NameSection } from './account/name-section.js';
import { PasswordSection } from './account/password-section.js';
import { SecondFactorSection } from './account/second-factor-section.js';
import { SessionsSection } from './account/sessions-section.js';

/** One's own account. */
export function Account() {
  const words = useWords(accountWords);
  return (
    <Page title={words.title}>
      <div className="narrow">
        <NameSection />
        <LooksSection />
        <PasswordSection />
        <SecondFactorSection />
        <SessionsSection />
      </div>
    </Page>
  );
}
