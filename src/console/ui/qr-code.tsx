/** A QR code from its rows of `1` and `0`; dark on white whatever the theme, for cameras. */
export function QrCode({
  squares,
  label,
}: {
  readonly squares: readonly string[];
  readonly label: string;
}) {
  const size = squares.length;
  const path = squares
    .flatMap((row, y) => Array.from(row, (dark, x) => (dark === '1' ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
