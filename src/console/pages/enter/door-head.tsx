import { Icon } from '../../ui/icon.js';

/** What stands above each door. */
export function DoorHead({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <header className="door-head">
      <span className="brand-mark" aria-hidden="true">
        <Icon name="megaphone" size={26} />
      </span>
      <div>
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
    </header>
  );
}

/** The campaign's name, as the page was sent with it. */
export function campaignName(): string {
  return document.getElementById('console')?.dataset['campaign'] ?? '';
}
