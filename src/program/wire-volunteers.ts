import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Conversation } from '../conversation/conversation.js';
import { commonPhrase } from '../engine/common-phrase.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createSigner } from '../sign.js';
import { findCurrent } from '../supporters/find-current.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SupporterRecord } from '../supporters/record.js';
import { createCalendarFiles, type CalendarFiles } from '../volunteers/calendar-file.js';
import { closeOver } from '../volunteers/look-after-shifts.js';
import { createRoleDesk, type RoleDesk } from '../volunteers/role-desk.js';
import { createSettling } from '../volunteers/settle-owed.js';
import { createShiftDesk } from '../volunteers/shift-desk.js';
import { createStaffDesk, type StaffDesk } from '../volunteers/staff-desk.js';
import { createTeamDesk } from '../volunteers/team-desk.js';
import { createVolunteerTelling } from '../volunteers/tell-volunteers.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';
import { reachNow } from './reach-now.js';

export type WireVolunteersOptions = {
  readonly settings: Settings;
  readonly secret: string;
  readonly tables: Pick<Tables, 'people' | 'volunteers'>;
  library(): Library;
  /** The conversation that these serve; asked for when they are used, for it is made with them. */
  conversation(): Pick<Conversation, 'read' | 'write' | 'happen'>;
  readonly log: Log;
  now(): number;
};

/** Wires what volunteers and those who lead them ask about shifts. */
export function wireVolunteers(options: WireVolunteersOptions): {
  readonly actions: ReadonlyMap<string, ActionHandler>;
  readonly calendar: Pick<CalendarFiles, 'read'>;
  /** Closes what is over, does what was left undone, and tells what is due. */
  lookAfter(): Promise<void>;
  /** Lets what is under way end. */
  settle(): Promise<void>;
  /** What the console does with shifts, and with the parts that the team gives. */
  readonly staff: { readonly desk: StaffDesk; readonly roleDesk: Pick<RoleDesk, 'decide'> };
} {
  const { settings, secret, tables, conversation, log, library, now } = options;
  const { shifts, roles, news } = tables.volunteers;
  const { supporters, addresses } = tables.people;
  const campaign = () => library().campaign;
  const report = (error: unknown): void => log.error({ err: error }, 'shifts');
  const find = (supporter: string): Promise<SupporterRecord | undefined> =>
    findCurrent(supporter, supporters.table, conversation().read);
  const word = (language: string, key: string): string => {
    const languages = [language, campaign().languages[0] ?? ''];
    return commonPhrase(library().common, languages, `volunteers.${key}`)?.render({}) ?? key;
  };
  const settling = createSettling({
    shifts,
    news,
    find,
    async change(supporter, change) {
      await conversation().write(supporter, undefined, (before) => {
        const record = change(before);
        return record === before ? { answer: undefined } : { record, answer: undefined };
      });
    },
    report,
    now,
  });
  const roleDesk = createRoleDesk({ roles, news, find, now });
  const calendar = createCalendarFiles({
    signer: createSigner(secret, 'calendar files'),
    publicUrl: settings.publicUrl,
    get: (id) => shifts.table.get(id),
    async person(supporter) {
      const record = await find(supporter);
      if (record === undefined || record.erasing !== undefined) return undefined;
      return { ids: identitiesOf(record), language: record.language };
    },
    campaign: () => campaign().name,
    now,
  });
  const telling = createVolunteerTelling({
    news,
    shifts,
    settling,
    roles,
    find,
    // Neutral: it reminds of what somebody asked for and pleads for nobody, so that those who drive voters
    // or watch the poll hear of it during the silence too; quiet hours and consents hold as for all else.
    mayTell: (record) =>
      reachNow(
        record,
        { purpose: 'volunteering', content: 'neutral' },
        { addresses, ways: messageWays(settings), campaign, now },
      ),
    startFlow: (supporter, flow, id, reach) =>
      conversation().happen(supporter, { type: 'started', flow }, id, reach),
    report,
    now,
  });
  const desk = createShiftDesk({
    shifts,
    settling,
    roles: roleDesk,
    telling,
    find,
    campaign,
    word,
    calendarLink: calendar.link,
    now,
  });
  const team = createTeamDesk({ shifts, settling, find, word, now });
  return {
    actions: new Map<string, ActionHandler>([
      ['volunteer.apply', roleDesk.apply],
      ['volunteer.offer_shifts', desk.offer],
      ['volunteer.my_shifts', desk.mine],
      ['volunteer.shift', desk.show],
      ['volunteer.sign_up', desk.signUp],
      ['volunteer.swap', desk.swap],
      ['volunteer.confirm', desk.confirm],
      ['volunteer.cancel', desk.cancel],
      ['volunteer.check_in', desk.checkIn],
      ['volunteer.news', desk.news],
      ['volunteer.led_shifts', team.ledShifts],
      ['volunteer.team', team.team],
      ['volunteer.mark_present', team.markPresent],
    ]),
    calendar,
    async lookAfter() {
      await closeOver(shifts, settling, now());
      await settling.settleAbandoned();
      await roleDesk.tellUntold();
      await telling.tellDue();
    },
    settle: settling.idle,
    staff: {
      desk: createStaffDesk({ shifts, settling, roles: roleDesk, find, now }),
      roleDesk,
    },
  };
}
