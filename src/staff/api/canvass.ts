import type { Call, Page } from './shapes.js';

export type CanvassResult =
  | 'not_home'
  | 'refused'
  | 'inaccessible'
  | 'moved'
  | 'deceased'
  | 'vacant'
  | 'canvassed'
  | 'lit_dropped'
  | 'language_barrier';

/**
 * Ground on the map, as closed lines `[lat, lon, …]` in hundred-thousandths of a degree: the first place,
 * then how much further each next one is.
 */
export type Outline = readonly (readonly number[])[];

/** A place, in degrees (WGS 84). */
export type PlaceView = { readonly lat: number; readonly lon: number };
/** What a map shows, in degrees. */
export type BoxInput = {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
};

export type TurfState = 'free' | 'walked' | 'done';

/** The area of a polling station. */
export type AreaView = {
  readonly code: string;
  readonly city?: string;
  /** Absent where no result can be used. */
  readonly rank?: number;
  /** From 0 to 100. */
  readonly score?: number;
  /** Why it has its rank, in one sentence. */
  readonly why?: string;
  readonly doors: number;
  /** Where somebody was reached, or there is nobody to reach. */
  readonly done: number;
  readonly turfs: { readonly [state in TurfState]: number };
  readonly outline: Outline;
  readonly centre: PlaceView;
};

/** Why nothing is handed out now, and until when. */
export type SilenceView = { readonly until: string };

export type AreasView = {
  /** When it was looked at. */
  readonly at: string;
  /** The best first; those without a rank last. */
  readonly areas: readonly AreaView[];
  /** Elections that the ranks come from. */
  readonly elections: readonly string[];
  /** Whether the campaign says which results are its own. */
  readonly hasRules: boolean;
  readonly doors: number;
  /** Doors without a polling station. */
  readonly strayDoors: number;
  readonly silence?: SilenceView;
};

/** A door on the map. */
export type DoorDot = PlaceView & {
  readonly id: string;
  readonly turf?: string;
  readonly result?: CanvassResult;
};

/** A volunteer as staff know them. */
export type VolunteerName = { readonly id: string; readonly name: string };

export type TurfRowView = {
  readonly id: string;
  readonly name: string;
  readonly state: TurfState;
  readonly stations: readonly string[];
  readonly doors: number;
  readonly done: number;
  readonly metres: number;
  readonly canvassers: readonly VolunteerName[];
  readonly reservedFor?: VolunteerName;
  readonly leader?: VolunteerName;
  /** The last call for help from it. */
  readonly help?: { readonly by: VolunteerName; readonly at: string };
};

/** A turf on the map. */
export type TurfShape = {
  readonly id: string;
  readonly name: string;
  readonly state: TurfState;
  readonly isReserved: boolean;
  readonly doors: number;
  readonly done: number;
  readonly centre: PlaceView;
  readonly outline: Outline;
};

/** A door of a turf, in walk order. */
export type TurfDoorView = PlaceView & {
  readonly id: string;
  readonly address: string;
  readonly note?: string;
  /** The last one that counts. */
  readonly result?: CanvassResult;
  readonly supportLevel?: number;
  readonly at?: string;
  readonly by?: VolunteerName;
  /** What was written there. */
  readonly visitNote?: string;
  /** Somebody is on the way to it. */
  readonly isHeld: boolean;
};

/** What visits come to; rates from 0 to 1. */
export type FiguresView = {
  readonly visits: number;
  readonly contacts: number;
  readonly contactRate?: number;
  readonly told: number;
  readonly supporters: number;
  readonly conversionRate?: number;
  readonly results: { readonly [result in CanvassResult]?: number };
  readonly firstAt: string;
  readonly lastAt: string;
};

export type FigureGroup = 'turf' | 'street' | 'canvasser' | 'hour';

export type FiguresRow = {
  /** A turf's or volunteer's id, a street, or an hour such as `2032-03-02 18h`. */
  readonly group: string;
  readonly name: string;
  readonly figures: FiguresView;
};

/** One stretch of canvassing of one volunteer. */
export type OutingView = {
  readonly id: string;
  readonly canvasser: VolunteerName;
  readonly turfs: readonly { readonly id: string; readonly name: string }[];
  readonly doors: number;
  readonly minutes: number;
  readonly doorsPerHour?: number;
  readonly figures: FiguresView;
  /** What is odd about it, a sentence each; none of it proves anything. */
  readonly alerts: readonly string[];
};

/** Which doors are cut, and how: by number or by size. */
export type CutInput = {
  readonly stations?: readonly string[];
  readonly within?: readonly PlaceView[];
  readonly turfs?: number;
  readonly size?: number;
};

export type CutPreview = {
  readonly turfs: readonly {
    readonly name: string;
    readonly doors: number;
    readonly metres: number;
    readonly outline: Outline;
    readonly centre: PlaceView;
    /** Why its size is off. */
    readonly off?: 'building' | 'island' | 'uneven';
  }[];
  /** Doors that one should have. */
  readonly size: number;
  /** Turfs that stay as they are, for they are begun, done or reserved, and their doors there. */
  readonly kept: number;
  readonly keptDoors: number;
  /** Free turfs that would be cut anew. */
  readonly replaced: number;
};

/** Somebody to whom a turf may be given. */
export type CanvasserRow = VolunteerName & {
  readonly town?: string;
  readonly state: 'approved' | 'asked' | 'declined' | 'none';
  /** The turf they walk, or that is kept for them. */
  readonly turf?: string;
};

export type CanvassApi = {
  'GET /canvass/areas': Call<{ readonly language: 'fr' | 'en' }, AreasView>;
  'GET /canvass/doors': Call<
    BoxInput,
    { readonly doors: readonly DoorDot[]; readonly isCut: boolean }
  >;
  'GET /canvass/shapes': Call<
    BoxInput,
    { readonly turfs: readonly TurfShape[]; readonly isCut: boolean }
  >;
  'POST /canvass/cut-previews': Call<CutInput, CutPreview>;
  'POST /canvass/cuts': Call<CutInput, { readonly turfs: number; readonly doors: number }>;
  'GET /canvass/turfs': Call<
    {
      readonly state?: TurfState;
      readonly station?: string;
      readonly before?: string;
      readonly limit?: number;
    },
    Page<TurfRowView>
  >;
  'GET /canvass/turfs/:id': Call<
    { readonly id: string },
    {
      readonly turf: TurfRowView;
      readonly outline: Outline;
      readonly doors: readonly TurfDoorView[];
      readonly figures?: FiguresView;
      readonly silence?: SilenceView;
    }
  >;
  'POST /canvass/turfs/:id/assign': Call<
    { readonly id: string; readonly volunteer: string },
    TurfRowView
  >;
  /** Who is told when somebody on it needs help. */
  'PUT /canvass/turfs/:id/leader': Call<
    { readonly id: string; readonly volunteer: string },
    TurfRowView
  >;
  'POST /canvass/turfs/:id/release': Call<{ readonly id: string }, TurfRowView>;
  /** A walk list to be printed, as a page. */
  'GET /canvass/turfs/:id/print': Call<
    { readonly id: string; readonly language: 'fr' | 'en' },
    never
  >;
  'GET /canvass/canvassers': Call<
    { readonly q?: string },
    { readonly items: readonly CanvasserRow[] }
  >;
  'GET /canvass/figures': Call<
    { readonly by: FigureGroup; readonly before?: string; readonly limit?: number },
    Page<FiguresRow> & { readonly at: string; readonly all?: FiguresView }
  >;
  'GET /canvass/outings': Call<
    {
      readonly language: 'fr' | 'en';
      readonly odd?: 'true';
      readonly before?: string;
      readonly limit?: number;
    },
    Page<OutingView> & { readonly odd: number }
  >;
  'POST /canvass/outings/:id/rollback': Call<
    { readonly id: string },
    { readonly visits: number; readonly doors: number }
  >;
  'GET /canvass/exports/csv': Call<{ readonly [key: string]: never }, never>;
  'GET /canvass/exports/osdi': Call<{ readonly [key: string]: never }, never>;
  'GET /canvass/exports/van': Call<
    {
      /** The question on support, and its five responses: `1234:11,12,13,14,15`. */
      readonly support?: string;
      /** VAN has no common id for it. */
      readonly barrier?: number;
    },
    never
  >;
};
