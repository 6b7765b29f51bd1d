/**
 * The address of somebody on WhatsApp: the number in E.164 where there is one, else the id that names a
 * person to this business alone (`FR.1349…`), for people may hide their number behind a name.
 */
export function addressOf(
  number: string | undefined,
  userId: string | undefined,
): string | undefined {
  const digits = number?.replace(/^\+/, '') ?? '';
  if (/^\d{6,15}$/.test(digits)) return `+${digits}`;
  return userId !== undefined && /^[A-Z]{2}\.[\w.]{1,140}$/.test(userId) ? userId : undefined;
}

/** How the Cloud API names whom a message is for. */
export function recipientOf(
  address: string,
): { readonly to: string } | { readonly recipient: string } {
  return address.startsWith('+') ? { to: address.slice(1) } : { recipient: address };
}
