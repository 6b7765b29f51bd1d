import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Permission } from '../staff/api.js';
import type { IconName } from './ui/icon.js';
import type { Words } from './words/define-words.js';

/** Where a page stands in the navigation. */
export const GROUPS = ['day', 'people', 'outreach', 'field', 'money', 'setup'] as const;
export type Group = (typeof GROUPS)[number];

/** One page of the console. */
export type PageEntry = {
  /** Below `/staff`, as wouter reads it: `/supporters/:id`. */
  readonly path: string;
  readonly name: Words<string>;
  /** Who sees it; absent: whoever is signed in. */
  readonly permission?: Permission;
  /** Absent: it is reached from another page only. */
  readonly nav?: {
    readonly group: Group;
    readonly icon: IconName;
    /** Second key after `g`. */
    readonly key?: string;
    /** On phones, beside the menu. */
    readonly isMain?: boolean;
  };
  readonly view: LazyExoticComponent<ComponentType>;
};

const inbox = lazy(async () => ({ default: (await import('./pages/inbox.js')).Inbox }));

/** Every page, in the order of the navigation. A page's program is fetched when it is first opened. */
export const PAGES: readonly PageEntry[] = [
  {
    path: '/',
    name: { fr: 'Aujourd’hui', en: 'Today' },
    nav: { group: 'day', icon: 'home', key: 'h', isMain: true },
    view: lazy(async () => ({ default: (await import('./pages/today.js')).Today })),
  },
  {
    path: '/inbox',
    name: { fr: 'Réception', en: 'Inbox' },
    permission: 'inbox.read',
    nav: { group: 'people', icon: 'inbox', key: 'i', isMain: true },
    view: inbox,
  },
  {
    path: '/inbox/:id',
    name: { fr: 'Conversation', en: 'Conversation' },
    permission: 'inbox.read',
    view: inbox,
  },
  {
    path: '/supporters',
    name: { fr: 'Personnes', en: 'Supporters' },
    permission: 'supporters.read',
    nav: { group: 'people', icon: 'people', key: 's', isMain: true },
    view: lazy(async () => ({ default: (await import('./pages/supporters.js')).Supporters })),
  },
  {
    path: '/supporters/:id',
    name: { fr: 'Profil', en: 'Profile' },
    permission: 'supporters.read',
    view: lazy(async () => ({ default: (await import('./pages/supporter.js')).Supporter })),
  },
  {
    path: '/duplicates',
    name: { fr: 'Doublons', en: 'Duplicates' },
    permission: 'supporters.merge',
    view: lazy(async () => ({ default: (await import('./pages/duplicates.js')).Duplicates })),
  },
  {
    path: '/flows',
    name: { fr: 'Parcours', en: 'Flows' },
    permission: 'flows.read',
    nav: { group: 'setup', icon: 'flow', key: 'f', isMain: true },
    view: lazy(async () => ({ default: (await import('./pages/flows/flow-list.js')).FlowList })),
  },
  {
    path: '/flows/:name',
    name: { fr: 'Parcours', en: 'Flow' },
    permission: 'flows.read',
    view: lazy(async () => ({
      default: (await import('./pages/flows/flow-editor.js')).FlowEditor,
    })),
  },
  {
    path: '/site',
    name: { fr: 'Page', en: 'Page' },
    permission: 'site.write',
    nav: { group: 'setup', icon: 'globe', key: 'w' },
    view: lazy(async () => ({ default: (await import('./pages/site.js')).Site })),
  },
  {
    path: '/segments',
    name: { fr: 'Segments', en: 'Segments' },
    permission: 'segments.read',
    nav: { group: 'outreach', icon: 'segment', key: 'g' },
    view: lazy(async () => ({ default: (await import('./pages/segments.js')).Segments })),
  },
  {
    path: '/segments/:name',
    name: { fr: 'Segment', en: 'Segment' },
    permission: 'segments.read',
    view: lazy(async () => ({
      default: (await import('./pages/segments/segment-page.js')).SegmentPage,
    })),
  },
  {
    path: '/messages',
    name: { fr: 'Messages', en: 'Messages' },
    permission: 'messages.read',
    nav: { group: 'outreach', icon: 'send', key: 'm', isMain: true },
    view: lazy(async () => ({ default: (await import('./pages/messages.js')).Messages })),
  },
  {
    path: '/messages/:id',
    name: { fr: 'Message', en: 'Message' },
    permission: 'messages.read',
    view: lazy(async () => ({
      default: (await import('./pages/messages/message-page.js')).MessagePage,
    })),
  },
  {
    path: '/sequences',
    name: { fr: 'Séquences', en: 'Sequences' },
    permission: 'messages.read',
    nav: { group: 'outreach', icon: 'history', key: 'q' },
    view: lazy(async () => ({ default: (await import('./pages/sequences.js')).Sequences })),
  },
  {
    path: '/sequences/new',
    name: { fr: 'Nouvelle séquence', en: 'New sequence' },
    permission: 'messages.send',
    view: lazy(async () => ({
      default: (await import('./pages/sequences/new-sequence.js')).NewSequence,
    })),
  },
  {
    path: '/sequences/:id',
    name: { fr: 'Séquence', en: 'Sequence' },
    permission: 'messages.read',
    view: lazy(async () => ({
      default: (await import('./pages/sequences/sequence-page.js')).SequencePage,
    })),
  },
  {
    path: '/posts',
    name: { fr: 'Publications', en: 'Posts' },
    permission: 'messages.read',
    nav: { group: 'outreach', icon: 'megaphone', key: 'p' },
    view: lazy(async () => ({ default: (await import('./pages/posts.js')).Posts })),
  },
  {
    path: '/posts/new',
    name: { fr: 'Nouvelle publication', en: 'New post' },
    permission: 'messages.send',
    view: lazy(async () => ({ default: (await import('./pages/posts/new-post.js')).NewPost })),
  },
  {
    path: '/posts/:id',
    name: { fr: 'Publication', en: 'Post' },
    permission: 'messages.read',
    view: lazy(async () => ({ default: (await import('./pages/posts/post-page.js')).PostPage })),
  },
  {
    path: '/volunteers',
    name: { fr: 'Bénévoles', en: 'Volunteers' },
    permission: 'volunteers.read',
    nav: { group: 'field', icon: 'calendar', key: 'v' },
    view: lazy(async () => ({ default: (await import('./pages/volunteers.js')).Volunteers })),
  },
  {
    path: '/volunteers/hours',
    name: { fr: 'Heures des bénévoles', en: 'Hours of volunteers' },
    permission: 'volunteers.read',
    view: lazy(async () => ({ default: (await import('./pages/volunteers.js')).VolunteerHours })),
  },
  {
    path: '/volunteers/requests',
    name: { fr: 'Demandes des bénévoles', en: 'Requests of volunteers' },
    permission: 'volunteers.read',
    view: lazy(async () => ({
      default: (await import('./pages/volunteers.js')).VolunteerRequests,
    })),
  },
  {
    path: '/volunteers/new',
    name: { fr: 'Nouveau créneau', en: 'New shift' },
    permission: 'volunteers.write',
    view: lazy(async () => ({
      default: (await import('./pages/volunteers/shift-form-page.js')).NewShift,
    })),
  },
  {
    path: '/volunteers/shifts/:name',
    name: { fr: 'Créneau', en: 'Shift' },
    permission: 'volunteers.read',
    view: lazy(async () => ({
      default: (await import('./pages/volunteers/shift-page.js')).ShiftPage,
    })),
  },
  {
    path: '/volunteers/shifts/:name/edit',
    name: { fr: 'Modifier un créneau', en: 'Edit a shift' },
    permission: 'volunteers.write',
    view: lazy(async () => ({
      default: (await import('./pages/volunteers/shift-form-page.js')).EditShift,
    })),
  },
  {
    path: '/donations',
    name: { fr: 'Dons', en: 'Donations' },
    permission: 'donations.read',
    nav: { group: 'money', icon: 'money', key: 'd' },
    view: lazy(async () => ({ default: (await import('./pages/donations.js')).Donations })),
  },
  {
    path: '/donations/anomalies',
    name: { fr: 'Dons à vérifier', en: 'Donations to look at' },
    permission: 'donations.read',
    view: lazy(async () => ({
      default: (await import('./pages/donations.js')).DonationAnomalies,
    })),
  },
  {
    path: '/donations/pledges',
    name: { fr: 'Promesses de don', en: 'Pledges' },
    permission: 'donations.read',
    view: lazy(async () => ({ default: (await import('./pages/donations.js')).DonationPledges })),
  },
  {
    path: '/donations/:id',
    name: { fr: 'Don', en: 'Donation' },
    permission: 'donations.read',
    view: lazy(async () => ({
      default: (await import('./pages/donations/donation-page.js')).DonationPage,
    })),
  },
  {
    path: '/canvass',
    name: { fr: 'Porte-à-porte', en: 'Canvassing' },
    permission: 'canvass.read',
    nav: { group: 'field', icon: 'map', key: 'c' },
    view: lazy(async () => ({ default: (await import('./pages/canvass.js')).Canvass })),
  },
  {
    path: '/canvass/figures',
    name: { fr: 'Résultats du porte-à-porte', en: 'Canvassing results' },
    permission: 'canvass.read',
    view: lazy(async () => ({
      default: (await import('./pages/canvass/figures-page.js')).FiguresPage,
    })),
  },
  {
    path: '/canvass/outings',
    name: { fr: 'Tournées', en: 'Outings' },
    permission: 'canvass.read',
    view: lazy(async () => ({
      default: (await import('./pages/canvass/outings-page.js')).OutingsPage,
    })),
  },
  {
    path: '/canvass/turfs/:id',
    name: { fr: 'Secteur', en: 'Turf' },
    permission: 'canvass.read',
    view: lazy(async () => ({ default: (await import('./pages/canvass/turf-page.js')).TurfPage })),
  },
  {
    path: '/channels',
    name: { fr: 'Canaux et réglages', en: 'Channels and settings' },
    permission: 'channels.read',
    nav: { group: 'setup', icon: 'channel', key: 'x' },
    view: lazy(async () => ({ default: (await import('./pages/channels.js')).Channels })),
  },
  {
    path: '/whatsapp',
    name: { fr: 'Relier WhatsApp', en: 'Link WhatsApp' },
    permission: 'channels.write',
    view: lazy(async () => ({ default: (await import('./pages/whatsapp.js')).WhatsApp })),
  },
  {
    path: '/team',
    name: { fr: 'Équipe', en: 'Team' },
    permission: 'team.write',
    nav: { group: 'setup', icon: 'team', key: 'e' },
    view: lazy(async () => ({ default: (await import('./pages/team.js')).Team })),
  },
  {
    path: '/audit',
    name: { fr: 'Journal d’audit', en: 'Audit log' },
    permission: 'audit.read',
    nav: { group: 'setup', icon: 'list', key: 'a' },
    view: lazy(async () => ({ default: (await import('./pages/audit.js')).AuditLog })),
  },
  {
    path: '/account',
    name: { fr: 'Mon compte', en: 'My account' },
    view: lazy(async () => ({ default: (await import('./pages/account.js')).Account })),
  },
];
