import { useId } from 'react';
import type { Site } from '../../../engine/campaign.js';
import { isColour } from '../../../engine/site/check-site.js';
import { contrastOf, createPalette } from '../../../site/palette.js';
import { TextField } from '../../ui/field.js';
import { siteWords } from '../../words/site-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

type Colours = Site['colours'];

/** The two colours, with how readable words on them are, as the page really writes them. */
export function ColourFields({
  colours,
  errorOf,
  change,
}: {
  readonly colours: Colours;
  errorOf(path: string): string | undefined;
  change(colours: Colours): void;
}) {
  const words = useWords(siteWords);
  const { language } = useLanguage();
  const { primary, onPrimary } = createPalette(colours).light;
  const ratio = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(
    contrastOf(onPrimary, primary),
  );
  const isKept = primary.toLowerCase() === colours.primary.toLowerCase();
  return (
    <div className="site-pair">
      <ColourField
        label={words.primary}
        value={colours.primary}
        error={errorOf('colours.primary')}
        change={(value) => change({ ...colours, primary: value })}
      >
        {isColour(colours.primary) ? (
          <span className="site-contrast" role="status">
            <span className="site-sample" style={{ background: primary, color: onPrimary }}>
              {words.sample}
            </span>
            {isKept ? words.contrastGood(ratio) : words.contrastMoved(primary, ratio)}
          </span>
        ) : undefined}
      </ColourField>
      <ColourField
        label={words.accent}
        value={colours.accent}
        error={errorOf('colours.accent')}
        change={(value) => change({ ...colours, accent: value })}
      >
        {words.accentText}
      </ColourField>
    </div>
  );
}

function ColourField({
  label,
  value,
  error,
  change,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  change(value: string): void;
  readonly children: React.ReactNode;
}) {
  const id = useId();
  return (
    <div className="site-colour">
      <input
        id={id}
        type="color"
        aria-label={label}
        value={isColour(value) ? value : '#000000'}
        onChange={({ target }) => change(target.value)}
      />
      <TextField
        label={label}
        value={value}
        maxLength={7}
        spellCheck={false}
        error={error}
        hint={children}
        onChange={({ target }) => change(target.value)}
      />
    </div>
  );
}
