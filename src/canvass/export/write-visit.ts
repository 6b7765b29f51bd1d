import type { CsvCell } from '../../csv/write-csv.js';
import type { CanvassResult } from '../canvass-result.js';
import type { DoorRow } from '../doors.js';
import { isContact } from '../live/tally.js';
import type { VisitRow } from '../visits.js';
import { osdiStatus, VAN_API, VAN_RESULTS, VAN_WALK } from './result-codes.js';

/** A visit that counts, and its door while that is known. */
export type DoorVisit = { readonly visit: VisitRow; readonly door: DoorRow | undefined };

/** A campaign's own ids in NGP VAN. */
export type VanIds = {
  /** The survey question on support, and its responses from 1, strong support, to 5. */
  readonly support?: { readonly question: number; readonly responses: readonly number[] };
  readonly results?: { readonly [result in CanvassResult]?: number };
};

/** The body of a canvass response, and of which door it is. */
export type VanLine = {
  readonly door: string;
  readonly address?: string;
  readonly body: {
    readonly canvassContext: {
      readonly contactTypeId: number;
      readonly inputTypeId: number;
      /** ISO 8601. */
      readonly dateCanvassed: string;
    };
  } & (
    | { readonly resultCodeId: number }
    | {
        readonly responses: readonly {
          readonly type: 'SurveyResponse';
          readonly surveyQuestionId: number;
          readonly surveyResponseId: number;
        }[];
      }
  );
};

/**
 * A visit as NGP VAN's `POST /people/{vanId}/canvassResponses` takes it: what was answered or what became
 * of it, never both (docs.ngpvan.com/reference/peoplevanidcanvassresponses). Undefined for a result that
 * VAN has no id for.
 */
export function writeVan({ visit, door }: DoorVisit, ids: VanIds = {}): VanLine | undefined {
  const { result, support_level: level, at } = visit;
  const response = level === undefined ? undefined : ids.support?.responses[level - 1];
  const code = ids.results?.[result] ?? VAN_RESULTS[result];
  const canvassContext = {
    contactTypeId: VAN_WALK,
    inputTypeId: VAN_API,
    dateCanvassed: at.toISOString(),
  };
  const head = { door: visit.door, ...(door === undefined ? {} : { address: addressOf(door) }) };
  if (result === 'canvassed' && response !== undefined && ids.support !== undefined) {
    const answer = {
      type: 'SurveyResponse' as const,
      surveyQuestionId: ids.support.question,
      surveyResponseId: response,
    };
    return { ...head, body: { canvassContext, responses: [answer] } };
  }
  return code === undefined ? undefined : { ...head, body: { canvassContext, resultCodeId: code } };
}

/** A visit as a canvass of OSDI; what the standard has no place for stands under `portevoix:`. */
export function writeOsdi({ visit, door }: DoorVisit) {
  const { _id, result, support_level: level, note, at, received_at: received } = visit;
  return {
    identifiers: [`portevoix:${_id}`],
    origin_system: 'Portevoix',
    created_date: received.toISOString(),
    modified_date: received.toISOString(),
    action_date: at.toISOString(),
    contact_type: 'in-person',
    input_type: 'mobile',
    success: isContact(result),
    status_code: osdiStatus(result),
    'portevoix:door': {
      id: visit.door,
      ...(door === undefined ? {} : { address: addressOf(door) }),
    },
    'portevoix:canvasser': visit.canvasser,
    ...(level === undefined ? {} : { 'portevoix:support_level': level }),
    ...(note === undefined ? {} : { 'portevoix:note': note }),
  };
}

/** The columns of visits in CSV. */
export const VISIT_COLUMNS = [
  'visit',
  'door',
  'number',
  'suffix',
  'street',
  'floor',
  'flat',
  'postcode',
  'city',
  'station',
  'turf',
  'canvasser',
  'outing',
  'result',
  'support_level',
  'answers',
  'note',
  'at',
  'received_at',
] as const;

/** A visit as a row of these columns. */
export function writeVisitRow({ visit, door }: DoorVisit): readonly CsvCell[] {
  const { answers } = visit;
  const cells: { readonly [column in (typeof VISIT_COLUMNS)[number]]: CsvCell } = {
    visit: visit._id,
    door: visit.door,
    number: door?.number,
    suffix: door?.suffix,
    street: door?.street,
    floor: door?.floor,
    flat: door?.flat,
    postcode: door?.postcode,
    city: door?.city,
    station: door?.station,
    turf: visit.turf,
    canvasser: visit.canvasser,
    outing: visit.outing,
    result: visit.result,
    support_level: visit.support_level,
    answers: answers === undefined ? undefined : JSON.stringify(answers),
    note: visit.note,
    at: visit.at,
    received_at: visit.received_at,
  };
  return VISIT_COLUMNS.map((column) => cells[column]);
}

/** A visit with all that is known of it, as JSON. */
export function writeVisitJson({ visit, door }: DoorVisit) {
  const { _id: id, at, received_at: received, undone_at: _, door: at_door, ...rest } = visit;
  return {
    id,
    door: at_door,
    ...(door === undefined ? {} : { address: addressOf(door), lat: door.lat, lon: door.lon }),
    ...(door?.station === undefined ? {} : { station: door.station }),
    ...rest,
    at: at.toISOString(),
    received_at: received.toISOString(),
  };
}

/** An address on one line: `12 bis Rue du Lac, 3, G, 35200 Valbrume`. */
export function addressOf(door: DoorRow): string {
  const join = (parts: readonly (string | undefined)[], between: string): string =>
    parts.filter((part) => part !== undefined && part !== '').join(between);
  return join(
    [
      join([door.number, door.suffix, door.street], ' '),
      door.floor,
      door.flat,
      join([door.postcode, door.city], ' '),
    ],
    ', ',
  );
}
