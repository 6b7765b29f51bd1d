import { Link } from 'wouter';
import { useSession } from '../../session.js';
import { Icon } from '../../ui/icon.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';

/** Leads to the form of a new shift, for those who may write one. */
export function NewLink() {
  const words = useWords(shiftWords);
  const { may } = useSession();
  if (!may('volunteers.write')) return null;
  return (
    <Link href="/volunteers/new" className="button">
      <Icon name="plus" size={18} />
      <span>{words.make}</span>
    </Link>
  );
}
