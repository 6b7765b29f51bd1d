import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  /** One turn was saved, of this kind of event, raising this many alerts. */
  countTurn(event: string, alerts: number): void;
  /** Somebody asked for a person of the team. */
  countHandoff(): void;
  /** A network told what became of a message it took. */
  countStatus(channel: string, state: string): void;
  /** A delivery of a campaign message came to this state, or waits, and why. */
  countDelivery(channel: string, state: string, reason?: string): void;
  timeRequest(route: string, status: number, seconds: number): void;
  /** The page Prometheus reads, with its content type. */
  read(): Promise<{ readonly type: string; readonly text: string }>;
};

/** Counts what happens; names no person and no address. */
export function createMetrics(openSockets: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: 'portevoix_turns_total',
    help: 'Turns taken, by kind of event.',
    labelNames: ['event'],
    registers: [registry],
  });
  const alerts = new Counter({
    name: 'portevoix_alerts_total',
    help: 'Alerts raised for staff by turns.',
    registers: [registry],
  });
  const handoffs = new Counter({
    name: 'portevoix_handoffs_total',
    help: 'Conversations handed to a person of the team.',
    registers: [registry],
  });
  const statuses = new Counter({
    name: 'portevoix_message_states_total',
    help: 'What networks told of messages they took; a message may be told of twice.',
    labelNames: ['channel', 'state'],
    registers: [registry],
  });
  const deliveries = new Counter({
    name: 'portevoix_deliveries_total',
    help: 'Deliveries of campaign messages, by the state each came to and why; one may come to several.',
    labelNames: ['channel', 'state', 'reason'],
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'portevoix_http_seconds',
    help: 'Time to answer HTTP requests, by route and status class.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const sockets: Gauge = new Gauge({
    name: 'portevoix_web_sockets',
    help: 'Open web chat sockets.',
    registers: [registry],
    collect: () => {
      sockets.set(openSockets());
    },
  });
  return {
    countTurn(event, count) {
      turns.inc({ event });
      if (count > 0) alerts.inc(count);
    },
    countHandoff() {
      handoffs.inc();
    },
    countStatus(channel, state) {
      statuses.inc({ channel, state });
    },
    countDelivery(channel, state, reason = '') {
      deliveries.inc({ channel, state, reason });
    },
    timeRequest(route, status, seconds) {
      requests.observe({ route, status: `${Math.floor(status / 100)}xx` }, seconds);
    },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
