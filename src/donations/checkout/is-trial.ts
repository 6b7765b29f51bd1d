/** Whether a gateway only plays at taking money. */
export function isTrial(gateway: string): boolean {
  return gateway === 'sandbox';
}
