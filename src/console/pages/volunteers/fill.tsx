import type { ShiftListRow } from '../../../staff/api.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

/** How full a shift is: a bar and two numbers, and how many wait. */
export function Fill({ shift }: { readonly shift: ShiftListRow }) {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const { taken, capacity, waiting } = shift;
  const share = Math.min(100, (taken / Math.max(1, capacity)) * 100);
  const look = taken >= capacity ? 'fill-full' : share < 34 ? 'fill-low' : 'fill-some';
  const [some, all] = [number.format(taken), number.format(capacity)];
  return (
    <span className={`fill ${look}`}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="6" rx="3" className="bar-ground" />
        <rect width={share} height="6" rx="3" className="fill-bar" />
      </svg>
      <span className="fill-words">
        <span aria-hidden="true">{words.places(some, all)}</span>
        <span className="hidden">{words.placesLong(some, all)}</span>
        {waiting === 0 ? null : <span className="fill-waiting">{words.waiting(waiting)}</span>}
      </span>
    </span>
  );
}
