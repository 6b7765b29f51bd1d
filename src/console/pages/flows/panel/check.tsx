/** Something that is so or not. */
export function Check({
  label,
  isOn,
  set,
  isReadOnly = false,
}: {
  readonly label: string;
  readonly isOn: boolean;
  set(isOn: boolean): void;
  readonly isReadOnly?: boolean;
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isReadOnly}
        onChange={(event) => set(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
