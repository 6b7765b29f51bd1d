/** Before anything is known. */
export function Splash() {
  return (
    <main className="alone" aria-busy="true">
      <span className="spinner spinner-large" aria-hidden="true" />
    </main>
  );
}
