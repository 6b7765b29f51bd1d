/** The course of a figure, drawn small; the same is told by day elsewhere. */
export function Spark({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(1, ...values);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values
    .map((value, index) => `${(index * step).toFixed(1)},${(26 - (value / most) * 24).toFixed(1)}`)
    .join(' ');
  return (
    <svg className="spark" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,28 ${points} 100,28`} className="spark-ground" />
      <polyline points={points} className="spark-line" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
