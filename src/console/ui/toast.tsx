import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Icon } from './icon.js';

type Toast = { readonly id: number; readonly text: string; readonly isBad: boolean };

const Telling = createContext<(text: string, isBad?: boolean) => void>(() => undefined);

/** How long something is said before it goes. */
const SHOWN_MS = 5_000;

/** Says in a corner what was done, or what could not be. */
export function useToast(): (text: string, isBad?: boolean) => void {
  return useContext(Telling);
}

/** Shows what pages below want said. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const tell = useCallback((text: string, isBad = false) => {
    const id = performance.now();
    setToasts((now) => [...now.slice(-2), { id, text, isBad }]);
    setTimeout(() => setToasts((now) => now.filter((toast) => toast.id !== id)), SHOWN_MS);
  }, []);
  return (
    <Telling value={tell}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, text, isBad }) => (
          <p key={id} className={isBad ? 'toast toast-bad' : 'toast'}>
            <Icon name={isBad ? 'alert' : 'check'} size={18} />
            <span>{text}</span>
          </p>
        ))}
      </div>
    </Telling>
  );
}
