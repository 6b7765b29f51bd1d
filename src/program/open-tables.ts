import type { Connection } from 'mongoose';
import { openDoorLinks, type DoorLinks } from '../canvass/door-links.js';
import { openDoors, type Doors } from '../canvass/doors.js';
import { canvassData } from '../canvass/field/canvass-data.js';
import { openTurfs, type Turfs } from '../canvass/turfs.js';
import { openVisits, type Visits } from '../canvass/visits.js';
import type { Keyboard } from '../channels/telegram/buttons.js';
import type { Reference } from '../channels/botframework/read-activity.js';
import type { StoredActivity } from '../channels/webchat/activity-log.js';
import { openDonations, type Donations } from '../donations/book/donations.js';
import {
  openAnomalyNotices,
  type AnomalyNoticeRow,
} from '../donations/treasurer/anomaly-notices.js';
import { donationData } from '../donations/donation-data.js';
import {
  invitationData,
  openInvitations,
  type Invitations,
} from '../outreach/invitations/invitations.js';
import {
  openVotePlans,
  votePlanData,
  type VotePlans,
} from '../outreach/election-day/vote-plans.js';
import { openVotes, voteData, type Votes } from '../outreach/election-day/votes.js';
import { deliveryData, openDeliveries, type Deliveries } from '../outreach/messages/deliveries.js';
import { openProxies, type Proxies } from '../outreach/proxies/proxies.js';
import { proxyData } from '../outreach/proxies/proxy-data.js';
import { openMessageDrafts, type MessageDrafts } from '../outreach/messages/message-drafts.js';
import { openMessages, type Messages } from '../outreach/messages/messages.js';
import { openSequences, type Sequences } from '../outreach/sequences/sequences.js';
import { openPosts, type Posts } from '../outreach/posts/posts.js';
import { openRates, type RateRow } from '../outreach/rate-share.js';
import { OTHER_DATA } from '../personal-data.js';
import { openActivities, type Activities } from '../store/activities.js';
import {
  openConversationReferences,
  type ConversationReferences,
} from '../store/conversation-references.js';
import { openBlobs, type Blobs } from '../store/blobs.js';
import { openKeyboards, type Keyboards } from '../store/keyboards.js';
import { openLastHeard, type LastHeard } from '../store/last-heard.js';
import { openProcesses, type Processes } from '../store/processes.js';
import type { Table } from '../store/table.js';
import { createTranscripts, type Transcripts } from '../store/transcripts.js';
import { openPeople, type People } from '../supporters/open-people.js';
import type { PersonalData } from '../supporters/privacy/personal-data.js';
import { auditData } from '../staff/audit.js';
import { assignmentData } from '../staff/inbox/assignments.js';
import { noteData } from '../staff/inbox/notes.js';
import { openDayFigures, type DayRow } from '../staff/figures/day-figures.js';
import { openStaffTables, type StaffTables } from '../staff/staff-tables.js';
import { volunteerData } from '../volunteers/volunteer-data.js';
import { openVolunteers, type Volunteers } from '../volunteers/volunteers.js';
import { referenceData } from './reference-data.js';

/** The collections that hold people and their conversations. */
export type Tables = {
  readonly people: People;
  /** Those who are asked to go on elsewhere when a channel fails. */
  readonly invitations: Invitations;
  readonly messages: Messages;
  readonly messageDrafts: MessageDrafts;
  readonly deliveries: Deliveries;
  readonly votePlans: VotePlans;
  readonly votes: Votes;
  /** Where to knock, who walks where, and what was found. */
  readonly canvass: {
    readonly doors: Doors;
    readonly turfs: Turfs;
    readonly visits: Visits;
    readonly links: DoorLinks;
  };
  readonly proxies: Proxies;
  readonly volunteers: Volunteers;
  /** Gifts, the ledger and pledges. */
  readonly donations: Donations;
  /** What the agent was written to about. */
  readonly anomalyNotices: Table<AnomalyNoticeRow>;
  readonly sequences: Sequences;
  readonly posts: Posts;
  readonly staff: StaffTables;
  /** What happened on each day, counted. */
  readonly dayFigures: Table<DayRow>;
  /** Those that run now, and how their channels do. */
  readonly processes: Processes;
  /** How processes share the rate of each channel. */
  readonly rates: Table<RateRow>;
  /** What other domains keep about supporters, to be exported and erased with the rest. */
  readonly others: readonly PersonalData[];
  readonly activities: Activities<StoredActivity>;
  readonly keyboards: Keyboards<Keyboard>;
  readonly lastHeard: LastHeard;
  readonly references: ConversationReferences<Reference>;
  readonly transcripts: Transcripts;
  /** Files sent in web chat, until they are kept. */
  readonly uploads: Blobs;
  /** Those whose indexes a start makes. */
  readonly indexed: readonly Pick<Table<never>, 'createIndexes'>[];
};

/** How long an upload is there for a turn that was saved, but not carried out yet, in seconds. */
const UPLOAD_S = 86_400;

/** Opens them; `secret` keys the hashes of those who opted out. */
export function openTables(connection: Connection, secret: string, now: () => number): Tables {
  const people = openPeople(connection, secret);
  const activities = openActivities<StoredActivity>(connection);
  const keyboards = openKeyboards<Keyboard>(connection, now);
  const lastHeard = openLastHeard(connection);
  const references = openConversationReferences<Reference>(connection);
  const invitations = openInvitations(connection);
  const messages = openMessages(connection);
  const messageDrafts = openMessageDrafts(connection);
  const deliveries = openDeliveries(connection);
  const votePlans = openVotePlans(connection);
  const votes = openVotes(connection);
  const canvass = {
    doors: openDoors(connection),
    turfs: openTurfs(connection),
    visits: openVisits(connection),
    links: openDoorLinks(connection),
  };
  const proxies = openProxies(connection);
  const volunteers = openVolunteers(connection);
  const donations = openDonations(connection);
  const sequences = openSequences(connection, messages);
  const posts = openPosts(connection);
  const rates = openRates(connection);
  const processes = openProcesses(connection);
  const staff = openStaffTables(connection);
  const uploads = openBlobs(connection, 'uploads', UPLOAD_S);
  const { supporters, addresses, journal, files, mails, merges, usedLinks, joinCodes, optOuts } =
    people;
  return {
    people,
    invitations,
    messages,
    messageDrafts,
    deliveries,
    votePlans,
    votes,
    canvass,
    proxies,
    volunteers,
    donations,
    anomalyNotices: openAnomalyNotices(connection),
    sequences,
    posts,
    staff,
    dayFigures: openDayFigures(connection),
    processes,
    rates,
    others: [
      ...OTHER_DATA.map((open) => open(connection)),
      invitationData(invitations),
      referenceData(people.addresses, references),
      deliveryData(deliveries, async (id) => (await messages.get(id))?.definition),
      votePlanData(votePlans),
      voteData(votes),
      canvassData(canvass.turfs, canvass.visits),
      proxyData(proxies, now),
      auditData(staff.audit),
      noteData(staff.notes),
      assignmentData(staff.assignments),
      volunteerData(volunteers, now),
      donationData(donations),
    ],
    activities,
    keyboards,
    lastHeard,
    references,
    transcripts: createTranscripts(activities, keyboards, lastHeard, references, uploads),
    uploads,
    indexed: [
      supporters.table,
      addresses.table,
      journal.table,
      files.table,
      files.blobs.table,
      uploads.table,
      mails,
      merges.table,
      usedLinks,
      joinCodes,
      optOuts.table,
      activities,
      keyboards.table,
      lastHeard.table,
      invitations.table,
      references.table,
      messages.table,
      messageDrafts.table,
      deliveries.table,
      votePlans.table,
      votes.table,
      canvass.doors.table,
      canvass.turfs.table,
      canvass.visits.table,
      canvass.links.table,
      proxies.requests,
      proxies.offers,
      proxies.news,
      ...volunteers.indexed,
      donations.donations,
      donations.donors,
      donations.ledger,
      donations.pledges,
      donations.news,
      sequences.table,
      posts.table,
      rates,
      processes.table,
      ...staff.indexed,
    ],
  };
}
