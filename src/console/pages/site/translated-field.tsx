import type { Translated } from '../../../engine/campaign.js';
import { TextArea, TextField } from '../../ui/field.js';
import { useLanguage } from '../../words/use-words.js';

/** One text in every language of the campaign, side by side. */
export function TranslatedField({
  label,
  path,
  text,
  languages,
  errorOf,
  change,
  rows = 1,
}: {
  readonly label: string;
  /** Where it is on the page, as problems name it. */
  readonly path: string;
  readonly text: Translated | undefined;
  readonly languages: readonly string[];
  errorOf(path: string): string | undefined;
  change(text: Translated): void;
  readonly rows?: number;
}) {
  const { language: read } = useLanguage();
  const names = new Intl.DisplayNames([read], { type: 'language' });
  const Field = rows === 1 ? TextField : TextArea;
  return (
    <div className="site-pair">
      {languages.map((language) => (
        <Field
          key={language}
          label={languages.length === 1 ? label : `${label} (${names.of(language) ?? language})`}
          lang={language}
          value={text?.[language] ?? ''}
          error={errorOf(`${path}.${language}`)}
          onChange={({ target }: { target: { value: string } }) =>
            change({ ...text, [language]: target.value })
          }
          {...(rows === 1 ? {} : { rows })}
        />
      ))}
    </div>
  );
}
