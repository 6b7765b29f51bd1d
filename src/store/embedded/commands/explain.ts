import { namespaceIn, openView } from '../call.js';
import type { Command } from '../dispatch.js';
import {
  need,
  readBoolean,
  readCount,
  readDoc,
  readDocs,
  readNumber,
  readString,
} from '../fields.js';
import { badValue } from '../query/command-error.js';
import { leadingMatch } from '../query/pipeline.js';
import type { Doc } from '../query/values.js';
import { done } from '../reply.js';
import { chooseStrategy, isSorted, search, type Query, type Strategy } from '../search.js';
import { readHint } from './find.js';

/** `explain`: which index a query uses, and how many documents it reads for how many found. */
export const explain: Command = {
  fields: ['verbosity'],
  async run(call) {
    const command = need('explain', readDoc(call.body, 'explain'));
    const { name, query, skip = 0 } = readExplained(command);
    const namespace = namespaceIn(call.database, name);
    const collection = call.engine.catalog.find(namespace);
    if (!collection) {
      return done({ queryPlanner: { namespace, winningPlan: { stage: 'EOF' } } });
    }
    const { view, release } = openView(call);
    try {
      const strategy = chooseStrategy(view, collection, query);
      const sorts =
        Object.keys(query.sort ?? {}).length > 0 && !isSorted(view, collection, strategy);
      const queryPlanner = {
        namespace,
        parsedQuery: query.filter,
        winningPlan: sorts ? { stage: 'SORT', inputStage: describe(strategy) } : describe(strategy),
      };
      if (readString(call.body, 'verbosity') === 'queryPlanner') return done({ queryPlanner });
      let steps = 0;
      let found = 0;
      const pace = call.pace();
      for (const document of search(view, collection, query)) {
        steps += 1;
        if (document) found += 1;
        if (query.limit !== undefined && found >= query.limit) break;
        if (pace.due()) await pace.pause();
      }
      return done({
        queryPlanner,
        executionStats: {
          executionSuccess: true,
          nReturned: Math.max(0, found - skip),
          // What is sorted in memory comes by once to be read and once to be given.
          totalDocsExamined: sorts ? steps - found : steps,
        },
      });
    } finally {
      release();
    }
  },
};

function readExplained(command: Doc): { name: string; query: Query; skip?: number } {
  const kind = Object.keys(command)[0] ?? '';
  const name = need(kind, readString(command, kind));
  const hint = readHint(command);
  switch (kind) {
    case 'find':
    case 'count': {
      const filter = readDoc(command, kind === 'find' ? 'filter' : 'query') ?? {};
      const skip = readCount(command, 'skip') ?? 0;
      const asked = Math.abs(readNumber(command, 'limit') ?? 0);
      const limit = asked === 0 ? undefined : skip + asked;
      return { name, query: { filter, sort: readDoc(command, 'sort'), limit, hint }, skip };
    }
    case 'distinct':
      return { name, query: { filter: readDoc(command, 'query') ?? {}, hint } };
    case 'findAndModify': {
      const filter = readDoc(command, 'query') ?? {};
      return { name, query: { filter, sort: readDoc(command, 'sort'), limit: 1, hint } };
    }
    case 'aggregate': {
      const { filter, sort, limit } = leadingMatch(readDocs(command, 'pipeline') ?? []);
      return { name, query: { filter, sort, limit, hint } };
    }
    case 'update':
    case 'delete': {
      const parts = readDocs(command, kind === 'update' ? 'updates' : 'deletes') ?? [];
      const part = parts[0] ?? {};
      const many = readBoolean(part, 'multi') ?? readNumber(part, 'limit') === 0;
      const limit = many ? undefined : 1;
      const filter = readDoc(part, 'q') ?? {};
      return { name, query: { filter, sort: readDoc(part, 'sort'), limit, hint: readHint(part) } };
    }
    default:
      throw badValue(`The embedded store cannot explain ${kind}.`);
  }
}

function describe(strategy: Strategy): Doc {
  switch (strategy.type) {
    case 'point':
      return { stage: 'IDHACK', indexName: '_id_', keyPattern: { _id: 1 } };
    case 'scan':
      return { stage: 'COLLSCAN', direction: 'forward' };
    case 'index':
      return {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN',
          indexName: strategy.index.name,
          keyPattern: strategy.index.key,
          direction: strategy.reverse ? 'backward' : 'forward',
        },
        sorted: strategy.sorted,
      };
    default:
      return strategy satisfies never;
  }
}
