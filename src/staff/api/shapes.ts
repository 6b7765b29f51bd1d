/** One route: what goes in as path, query and body, and what comes out. */
export type Call<Input, Output> = { readonly input: Input; readonly output: Output };

/** Nothing to say. */
export type Nothing = { readonly [key: string]: never };

/** Part of a list, and where the next part begins; absent on the last. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/** Why a call was refused. */
export type ApiError = {
  readonly error: {
    /** For programs: `invalid`, `signed_out`, `forbidden`, `not_found`, `conflict`, or one of the route's own. */
    readonly code: string;
    /** For people who call the API; the console has words of its own. */
    readonly message: string;
    /** What of the input is wrong, by its path. */
    readonly fields?: readonly { readonly path: string; readonly message: string }[];
  };
};
