import type { Answer, RestRoute, Shape } from './route.ts'
import { errorCodes } from '../../errors.ts'
import { problemType } from '../problem.ts'
import { json, object, text } from './route.ts'

const problemShape: Shape = object({
  type: text,
  title: text,
  status: { type: 'integer' },
  detail: text,
  code: { enum: Object.keys(errorCodes) },
  instance: text,
})

/** Which failures a route can answer with depends on whether it asks who calls and reads a body. */
const ofToken = [401, 403, 429]
const ofBody = [400, 413, 415]
const ofAll = [405, 500, 503]

/** `GET /openapi.json`: the routes as they are registered, from the same table. */
export function openapiRoute(routes: readonly RestRoute[], version: string): RestRoute {
  const self: RestRoute = {
    method: 'GET',
    url: '/openapi.json',
    summary: 'This description',
    access: 'everyone',
    answers: { 200: { meaning: 'OpenAPI 3.1', type: json, shape: { type: 'object' } } },
    handle: async () => document,
  }
  const document = openapiOf([...routes, self], version)
  return self
}

function openapiOf(routes: readonly RestRoute[], version: string): unknown {
  const paths = Map.groupBy(routes, ({ url }) => url)
  const operations = [...paths].map(([url, rows]) => [
    url,
    Object.fromEntries(rows.map((row) => [row.method.toLowerCase(), operationOf(row)])),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lineward',
      version,
      description: 'Events come in here. Questions are asked in GraphQL, at POST /graphql.',
    },
    paths: Object.fromEntries(operations),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problemShape },
    },
  }
}

function operationOf(route: RestRoute): unknown {
  const {
    summary,
    access,
    metricsToken = false,
    accepts,
    query = {},
    answers,
    problems = [],
  } = route
  const roles = access === 'everyone' ? [] : access
  const extra = metricsToken ? ' or the token of LINEWARD_METRICS_TOKEN' : ''
  const parameters = Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: text,
  }))
  const failures = [
    ...(access === 'everyone' ? [] : ofToken),
    ...(accepts === undefined ? [] : ofBody),
    ...problems,
    ...ofAll,
  ].filter((status) => !Object.hasOwn(answers, status))
  return {
    summary,
    ...(roles.length === 0
      ? {}
      : { description: `For tokens of role ${roles.join(', ')}${extra}.` }),
    security: roles.length === 0 ? [] : [{ token: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(accepts === undefined
      ? {}
      : {
          requestBody: {
            required: accepts.mayBeEmpty !== true,
            content: contentOf(accepts.types, accepts.shape),
          },
        }),
    responses: Object.fromEntries([
      ...Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)]),
      ...failures.map((status) => [String(status), problemResponse(status)]),
    ]),
  }
}

function responseOf({ meaning, type, shape }: Answer): unknown {
  return { description: meaning, content: contentOf([type], shape ?? {}) }
}

function problemResponse(status: number): unknown {
  const codes = Object.entries(errorCodes).filter(([, row]) => row.status === status)
  return {
    description: codes.map(([code, { title }]) => `${code}: ${title}`).join('. '),
    content: contentOf([problemType], { $ref: '#/components/schemas/Problem' }),
  }
}

function contentOf(types: readonly string[], schema: Shape): unknown {
  return Object.fromEntries(types.map((type) => [type, { schema }]))
}
