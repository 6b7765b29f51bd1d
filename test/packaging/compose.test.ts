import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../../src/config.js';
import { environmentOf, lastOf, readDockerfile } from './read-dockerfile.js';
import { isSetting } from './settings.js';

const root = join(__dirname, '../..');

/** The keys that we use and no others: a misspelt key fails here, as it would under Docker. */
const common = {
  restart: z.literal('unless-stopped'),
  networks: z.array(z.string()),
  volumes: z.array(z.string()),
};
const compose = z
  .strictObject({
    services: z.strictObject({
      portevoix: z.strictObject({
        ...common,
        build: z.string(),
        depends_on: z.strictObject({ mongodb: z.strictObject({ condition: z.string() }) }),
        env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })),
        environment: z.record(z.string(), z.union([z.string(), z.number()])),
        ports: z.array(z.string()),
        read_only: z.boolean(),
        tmpfs: z.array(z.string()),
        cap_drop: z.array(z.string()),
        security_opt: z.array(z.string()),
        stop_grace_period: z.string(),
      }),
      mongodb: z.strictObject({
        ...common,
        image: z.string(),
        command: z.array(z.string()),
        healthcheck: z.strictObject({
          test: z.array(z.string()),
          interval: z.string(),
          timeout: z.string(),
          start_period: z.string(),
          retries: z.number(),
        }),
      }),
    }),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean() })),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(readFileSync(join(root, 'compose.yaml'), 'utf8')));

const { portevoix, mongodb } = compose.services;
const image = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8')).at(-1);

describe('compose.yaml', () => {
  test('sets only what the program reads, to values it accepts', () => {
    const names = Object.keys(portevoix.environment);
    expect(names.filter((name) => !isSetting(name))).toEqual([]);
    const settings = readSettings(resolved({}), '/app');
    expect(settings.host).toBe('0.0.0.0');
    expect(settings.publicUrl).toBe('http://localhost:3000');
    expect(settings.flowsDir).toBe('/app/flows');
    expect(settings.localesDir).toBe('/app/locales');
  });

  test('publishes the port that the program listens on, on this machine only', () => {
    const { port } = readSettings(resolved({ PORT: '8080' }), '/app');
    expect(portevoix.ports.map((text) => interpolate(text, { PORT: '8080' }))).toEqual([
      `127.0.0.1:8080:${port}`,
    ]);
    expect(interpolate(portevoix.ports[0] ?? '', {})).toBe('127.0.0.1:3000:3000');
  });

  test('names the replica set and the host that its MongoDB service starts', () => {
    const uri = new URL(String(portevoix.environment.MONGODB_URI));
    expect(uri.hostname).toBe('mongodb');
    const set = mongodb.command[mongodb.command.indexOf('--replSet') + 1];
    expect(uri.searchParams.get('replicaSet')).toBe(set);
    expect(checkMongo('none')).toMatchObject({
      initiated: [{ _id: set, members: [{ _id: 0, host: uri.host }] }],
    });
  });

  test('initiates the replica set once, and is healthy only when it takes writes', () => {
    expect(checkMongo('none').status).toBe(1);
    expect(checkMongo('secondary')).toEqual({ initiated: [], status: 1 });
    expect(checkMongo('primary')).toEqual({ initiated: [], status: 0 });
  });

  test('starts the program after its store, and reads secrets from a file that may be absent', () => {
    expect(portevoix.depends_on.mongodb.condition).toBe('service_healthy');
    expect(portevoix.env_file).toEqual([{ path: '.env', required: false }]);
  });

  test('keeps the data of both in named volumes', () => {
    if (image === undefined) throw new Error('The Dockerfile has no stage.');
    const mounts = [...portevoix.volumes, ...mongodb.volumes].map((volume) => volume.split(':'));
    expect(mounts).toContainEqual(['data', lastOf(image, 'VOLUME').text]);
    expect(mounts).toContainEqual(['mongodb', '/data/db']);
    const [folders, volumes] = partition(mounts, ([from = '']) => from.startsWith('.'));
    expect(Object.keys(compose.volumes)).toEqual(volumes.map(([from]) => from));
    expect(folders.filter(([from = '']) => !existsSync(join(root, from)))).toEqual([]);
    expect(portevoix.environment.DATA_DIR).toBe(environmentOf(image).DATA_DIR);
  });

  test('gives the store no way in or out but to the program', () => {
    expect(mongodb.networks).toEqual(['store']);
    expect(compose.networks.store).toEqual({ internal: true });
    expect(portevoix.networks).toContain('store');
  });

  test('waits longer than the program takes at most to stop', () => {
    const main = readFileSync(join(root, 'src/main.ts'), 'utf8');
    const longestMs = Number(/LONGEST_STOP_MS = ([\d_]+)/.exec(main)?.[1]?.replaceAll('_', ''));
    expect(longestMs).toBeGreaterThan(0);
    expect(Number.parseInt(portevoix.stop_grace_period, 10) * 1000).toBeGreaterThan(longestMs);
  });
});

/** The environment of the service as Compose gives it to the container. */
function resolved(given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(portevoix.environment).map(([name, value]) => [
      name,
      interpolate(String(value), given),
    ]),
  );
}

/** `${NAME:-otherwise}`, innermost first. */
function interpolate(text: string, given: Record<string, string>): string {
  const next = text.replace(
    /\$\{(\w+):-([^${}]*)\}/,
    (_whole, name: string, otherwise: string) => given[name] ?? otherwise,
  );
  return next === text ? text : interpolate(next, given);
}

/** Runs the script of MongoDB's health check against a pretended shell in that state. */
function checkMongo(state: 'none' | 'secondary' | 'primary'): {
  initiated: unknown[];
  status: number | undefined;
} {
  const initiated: unknown[] = [];
  let status: number | undefined;
  const [kind, shell, , , script = ''] = mongodb.healthcheck.test;
  expect([kind, shell]).toEqual(['CMD', 'mongosh']);
  runInNewContext(script, {
    rs: {
      status: () => {
        if (state === 'none') throw new Error('no replset config has been received');
      },
      initiate: (config: unknown) => initiated.push(JSON.parse(JSON.stringify(config))),
    },
    db: { hello: () => ({ isWritablePrimary: state === 'primary' }) },
    quit: (code: number) => {
      status = code;
    },
  });
  return { initiated, status };
}

function partition<T>(items: readonly T[], fits: (item: T) => boolean): [T[], T[]] {
  return [items.filter((item) => fits(item)), items.filter((item) => !fits(item))];
}
