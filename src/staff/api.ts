import type { AccessApi } from './api/access.js';
import type { AlertsApi } from './api/alerts.js';
import type { AuditApi } from './api/audit.js';
import type { CanvassApi } from './api/canvass.js';
import type { ChannelsApi } from './api/channels.js';
import type { DashboardApi } from './api/dashboard.js';
import type { DonationsApi } from './api/donations.js';
import type { FlowsApi } from './api/flows.js';
import type { MessagesApi } from './api/messages.js';
import type { PostsApi } from './api/posts.js';
import type { SegmentsApi } from './api/segments.js';
import type { SequencesApi } from './api/sequences.js';
import type { ShiftsApi } from './api/shifts.js';
import type { InboxApi } from './api/inbox.js';
import type { SiteApi } from './api/site.js';
import type { SupportersApi } from './api/supporters.js';
import type { TeamApi } from './api/team.js';

export type * from './api/access.js';
export type * from './api/alerts.js';
export type * from './api/audit.js';
export type * from './api/canvass.js';
export type * from './api/channels.js';
export type * from './api/dashboard.js';
export type * from './api/donations.js';
export type * from './api/flows.js';
export type * from './api/messages.js';
export type * from './api/posts.js';
export type * from './api/segments.js';
export type * from './api/sequences.js';
export type * from './api/inbox.js';
export type * from './api/shapes.js';
export type * from './api/shifts.js';
export type * from './api/site.js';
export type * from './api/supporters.js';
export type * from './api/team.js';

/**
 * Every route of the staff API by its method and path below `/staff/api`: what goes in, path, query and
 * body as one object, and what comes out. Types only: the console shares nothing else with the server.
 */
export type Api = AccessApi &
  AlertsApi &
  AuditApi &
  CanvassApi &
  ChannelsApi &
  DashboardApi &
  DonationsApi &
  FlowsApi &
  InboxApi &
  MessagesApi &
  PostsApi &
  SegmentsApi &
  SequencesApi &
  ShiftsApi &
  SiteApi &
  SupportersApi &
  TeamApi;

export type RouteKey = keyof Api;
export type InputOf<K extends RouteKey> = Api[K]['input'];
export type OutputOf<K extends RouteKey> = Api[K]['output'];
