import { Link } from 'wouter';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';

const PATHS = {
  map: '/canvass',
  figures: '/canvass/figures',
  outings: '/canvass/outings',
} as const;
type View = keyof typeof PATHS;
const VIEWS = ['map', 'figures', 'outings'] as const satisfies readonly View[];

/** From the map to what came of it, and back. */
export function CanvassViews({ here }: { readonly here: View }) {
  const words = useWords(canvassWords);
  return (
    <nav className="canvass-views" aria-label={words.views}>
      {VIEWS.map((view) => (
        <Link key={view} href={PATHS[view]} aria-current={view === here ? 'page' : undefined}>
          {words[view]}
        </Link>
      ))}
    </nav>
  );
}
