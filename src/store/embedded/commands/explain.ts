import { namespaceIn, openView } from '../call.js';
import type { Command } from '../dispatch.js';
import { need, readDoc, readDocs, readString } from '../fields.js';
import { badValue } from '../query/command-error.js';
import { leadingMatch } from '../query/pipeline.js';
import type { Doc } from '../query/values.js';
import { done } from '../reply.js';
import { chooseStrategy, search, type Query, type Strategy } from '../search.js';
import { readHint } from './find.js';

/** `explain`: which index a query uses, and how many documents it reads for how many found. */
export const explain: Command = {
  fields: ['verbosity'],
  async run(call) {
    const command = need('explain', readDoc(call.body, 'explain'));
    const { name, query } = readExplained(command);
    const namespace = namespaceIn(call.database, name);
    const collection = call.engine.catalog.find(namespace);
    if (!collection) {
      return done({ queryPlanner: { namespace, winningPlan: { stage: 'EOF' } } });
    }
    const { view, release } = openView(call);
    try {
      const strategy = chooseStrategy(view, collection, query);
      const queryPlanner = {
        namespace,
        parsedQuery: query.filter,
        winningPlan: describe(strategy),
      };
      if (readString(call.body, 'verbosity') === 'queryPlanner') return done({ queryPlanner });
      let read = 0;
      let returned = 0;
      const pace = call.pace();
      for (const document of search(view, collection, query)) {
        read += 1;
        if (document) returned += 1;
        if (query.limit !== undefined && returned >= query.limit) break;
        if (pace.due()) await pace.pause();
      }
      return done({
        queryPlanner,
        executionStats: { executionSuccess: true, nReturned: returned, totalDocsExamined: read },
      });
    } finally {
      release();
    }
  },
};

function readExplained(command: Doc): { name: string; query: Query } {
  const kind = Object.keys(command)[0] ?? '';
  const name = need(kind, readString(command, kind));
  const hint = readHint(command);
  switch (kind) {
    case 'find':
      return {
        name,
        query: { filter: readDoc(command, 'filter') ?? {}, sort: readDoc(command, 'sort'), hint },
      };
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return {
        name,
        query: { filter: readDoc(command, 'query') ?? {}, sort: readDoc(command, 'sort'), hint },
      };
    case 'aggregate': {
      const { filter, sort, limit } = leadingMatch(readDocs(command, 'pipeline') ?? []);
      return { name, query: { filter, sort, limit, hint } };
    }
    case 'update':
    case 'delete': {
      const parts = readDocs(command, kind === 'update' ? 'updates' : 'deletes') ?? [];
      return { name, query: { filter: readDoc(parts[0] ?? {}, 'q') ?? {}, hint } };
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
