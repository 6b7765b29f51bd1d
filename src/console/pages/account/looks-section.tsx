import { useTheme, type Theme } from '../../theme.js';
import { Select } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { accountWords } from '../../words/account-words.js';
import type { Language } from '../../words/define-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Language and brightness, of this browser. */
export function LooksSection() {
  const words = useWords(accountWords);
  const { language, speak } = useLanguage();
  const [theme, choose] = useTheme();
  return (
    <Section title={words.looks}>
      <div className="card card-body pair">
        <Select<Language>
          label={words.language}
          value={language}
          onChoose={speak}
          options={[
            { value: 'fr', label: 'Français' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Select<Theme>
          label={words.theme}
          value={theme}
          onChoose={choose}
          options={THEMES.map((value) => ({ value, label: words.themes[value] }))}
        />
      </div>
    </Section>
  );
}
