import { useState } from 'react';
import { ApiFailure } from '../client.js';
import { useFailureText } from './failure.js';
import { useToast } from './toast.js';

/** Work that a press begins: whether it is under way, and what came of it; `tell`: failures in words of its own. */
export function useAction(tell?: (error: unknown) => string) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure>();
  const toast = useToast();
  const usual = useFailureText();
  const say = tell ?? usual;

  /** Does it; `quiet` leaves telling of a failure to the form, which shows `failure`. */
  async function run(work: () => Promise<void>, how: 'told' | 'quiet' = 'told'): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof ApiFailure && how === 'quiet') setFailure(error);
      else toast(say(error), true);
      return false;
    } finally {
      setBusy(false);
    }
  }

  /** What is wrong with one field of a form, as the server says it. */
  const errorOf = (path: string): string | undefined =>
    failure?.fields.find((field) => field.path === path)?.message;

  return { isBusy, failure, run, errorOf, failureText: failure && say(failure) };
}
