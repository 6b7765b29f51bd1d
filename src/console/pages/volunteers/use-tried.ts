import { useState } from 'react';
import { useToast } from '../../ui/toast.js';
import { useRefusal } from './use-refusal.js';

/** Does something with a shift once at a time, and says in words why it was refused. */
export function useTried(): {
  readonly isBusy: boolean;
  tried(work: () => Promise<void>): Promise<boolean>;
} {
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();
  const say = useRefusal();
  return {
    isBusy,
    async tried(work) {
      if (isBusy) return false;
      setBusy(true);
      try {
        await work();
        return true;
      } catch (error) {
        toast(say(error), true);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
