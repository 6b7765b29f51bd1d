import { z } from 'zod';
import { MAY, ROLES } from './permissions.js';
import type { Route } from './route.js';

type Schema = { readonly [key: string]: unknown };

/** Writes the OpenAPI 3.1 document of the table of routes. */
export function writeOpenApi(routes: readonly Route[], server: string) {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const [method = '', path = ''] = route.key.split(' ');
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = {
      ...paths[template],
      [method.toLowerCase()]: operation(route, method, path),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portevoix staff API',
      version: '1',
      description:
        'What the staff console does, for programs: with a token of `portevoix staff token`, as Authorization: Bearer.',
    },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'portevoix_staff' },
      },
      schemas: {
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['code', 'message'],
              properties: {
                code: { type: 'string' },
                message: { type: 'string' },
                fields: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['path', 'message'],
                    properties: { path: { type: 'string' }, message: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
}

function operation(route: Route, method: string, path: string): Schema {
  const { name, summary, access, input, answers } = route;
  const { properties, required } = inputSchema(input);
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, key = '']) => key);
  const others = Object.keys(properties).filter((key) => !inPath.includes(key));
  const parameter = (key: string, where: string): Schema => ({
    name: key,
    in: where,
    required: where === 'path' || required.includes(key),
    schema: properties[key] ?? { type: 'string' },
  });
  const hasBody = method !== 'GET' && others.length > 0;
  return {
    operationId: name,
    summary,
    description: describeAccess(access),
    ...(access === 'anybody' ? { security: [] } : {}),
    ...(access === 'signed_in' ? { security: [{ session: [] }] } : {}),
    parameters: [
      ...inPath.map((key) => parameter(key, 'path')),
      ...(hasBody ? [] : others.map((key) => parameter(key, 'query'))),
    ],
    ...(hasBody ? { requestBody: body(others, properties, required) } : {}),
    responses: {
      200: { description: 'Done.', content: contentOf(answers) },
      default: {
        description: 'Refused.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function body(
  keys: readonly string[],
  properties: { readonly [key: string]: unknown },
  required: readonly string[],
): Schema {
  const schema = {
    type: 'object',
    required: keys.filter((key) => required.includes(key)),
    properties: Object.fromEntries(keys.map((key) => [key, properties[key]])),
  };
  return { required: true, content: { 'application/json': { schema } } };
}

function contentOf(answers: Route['answers']): Schema {
  switch (answers.type) {
    case 'json':
      return { 'application/json': { schema: schemaOf(answers.output, 'output') } };
    case 'events':
      return { 'text/event-stream': { schema: schemaOf(answers.output, 'output') } };
    case 'file':
      return { [answers.contentType]: { schema: { type: 'string' } } };
    default:
      return answers satisfies never;
  }
}

function describeAccess(access: Route['access']): string {
  if (access === 'anybody') return 'Anybody.';
  if (access === 'signed_in') return 'Whoever signed in; no token.';
  return `Needs ${access}: ${ROLES.filter((role) => MAY[role].includes(access)).join(', ')}.`;
}

function inputSchema(input: z.ZodType) {
  const schema = schemaOf(input, 'input');
  const { properties, required } = schema;
  return {
    properties: isRecord(properties) ? properties : {},
    required: Array.isArray(required) ? required.map(String) : [],
  };
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}
