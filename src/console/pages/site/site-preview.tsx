import { useEffect, useRef, useState } from 'react';
import type { SiteContent } from '../../../engine/site/site-content.js';
import { renderPreview } from '../../../site/server/render-preview.js';
import type { SiteView } from '../../../staff/api.js';
import { Select } from '../../ui/field.js';
import { siteWords } from '../../words/site-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** Pixels across which the page is drawn, before it is made to fit. */
const WIDTHS = { phone: 390, desk: 1_200 } as const;
type Device = keyof typeof WIDTHS;

/** The page as visitors would get it, drawn anew with every key, in a frame in which nothing can run. */
export function SitePreview({
  content,
  view,
}: {
  readonly content: SiteContent;
  readonly view: SiteView;
}) {
  const words = useWords(siteWords);
  const { language: read } = useLanguage();
  const { languages, timezone } = view.rules;
  const [language, setLanguage] = useState(languages[0] ?? 'fr');
  const [device, setDevice] = useState<Device>('phone');
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const place = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState({ width: 390, height: 700 });
  useEffect(() => {
    const box = place.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() =>
      setSpace({ width: box.clientWidth, height: box.clientHeight }),
    );
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const { candidate, election } = view.campaign;
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  const drawn = renderPreview(
    {
      name: content.name,
      languages,
      timezone,
      site: content.site,
      ...(candidate === undefined ? {} : { candidate }),
      ...(election === undefined ? {} : { election }),
    },
    { language, theme, nonce },
  );
  const width = WIDTHS[device];
  const scale = Math.min(1, space.width / width);
  const names = new Intl.DisplayNames([read], { type: 'language' });
  return (
    <section className="site-preview" aria-label={words.previewOf}>
      <div className="site-preview-tools">
        <Select<Device>
          label={words.device}
          value={device}
          options={[
            { value: 'phone', label: words.phone },
            { value: 'desk', label: words.desk },
          ]}
          onChoose={setDevice}
        />
        <Select<'light' | 'dark'>
          label={words.theme}
          value={theme}
          options={[
            { value: 'light', label: words.light },
            { value: 'dark', label: words.dark },
          ]}
          onChoose={setTheme}
        />
        {languages.length > 1 ? (
          <Select
            label={words.language}
            value={language}
            options={languages.map((value) => ({ value, label: names.of(value) ?? value }))}
            onChoose={setLanguage}
          />
        ) : null}
      </div>
      <div className="site-preview-place" ref={place}>
        <iframe
          title={words.previewOf}
          sandbox=""
          srcDoc={drawn}
          style={{
            width,
            height: space.height / scale,
            transform: `scale(${scale})`,
            marginLeft: Math.max(0, (space.width - width * scale) / 2),
          }}
        />
      </div>
    </section>
  );
}
