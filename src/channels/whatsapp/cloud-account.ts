/** The campaign's number at Meta's Cloud API, as its settings have it. */
export type CloudAccount = {
  readonly apiRoot: string;
  readonly phoneNumberId: string;
  readonly token: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** The approved template in which messages go out once the window is closed; absent: none do. */
  readonly template?: { readonly accountId: string; readonly name: string };
};
