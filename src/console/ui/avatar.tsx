/** Hues that initials stand on; the text on them is readable in both themes. */
const HUES = 8;

/** The initials of somebody, always on the same colour. */
export function Avatar({
  name,
  size = 'medium',
}: {
  readonly name: string;
  readonly size?: 'small' | 'medium' | 'large';
}) {
  const initials = name
    .split(/[\s@.-]+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join('');
  const hue = Array.from(name).reduce(
    (sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 997,
    7,
  );
  return (
    <span className={`avatar avatar-${size} hue-${hue % HUES}`} aria-hidden="true">
      {initials === '' ? '?' : initials}
    </span>
  );
}
