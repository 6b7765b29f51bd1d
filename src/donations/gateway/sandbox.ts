import type { Gateway } from './gateway.js';

/** The page of the sandbox, below that of the donation. */
export const SANDBOX_PAGE = 'pay';

/**
 * A gateway that moves no money: its page is ours and says so, and the whole way can be tried with no
 * account. What becomes of a checkout is told by that page itself, so that one which ended is over.
 */
export function createSandbox(): Gateway {
  return {
    name: 'sandbox',
    trial: true,
    open: async ({ donation, begun, cancelUrl }) => ({
      session: `sandbox_${donation}_${begun}`,
      url: `${cancelUrl}/${SANDBOX_PAGE}`,
    }),
    look: async () => ({ type: 'expired' }),
    refund: async () => undefined,
  };
}
