import type { Brand } from './brand.ts'
import type { DatasetName } from './name.ts'
import { digestId } from './id.ts'
import { readNamespace } from './naming/namespace.ts'

export type SchemaId = Brand<string, 'SchemaId'>

/** What a name in a service and its schema begin with: `table/d/t` lies in `database/d`. */
type Form = Readonly<{ names: string; schemas: string }>

/** Services of AWS with schemas. All streams of Kinesis lie in `stream`. */
const forms: ReadonlyMap<string, Form> = new Map([
  ['glue', { names: 'table/', schemas: 'database/' }],
  ['kinesis', { names: '', schemas: '' }],
])

/**
 * The schema that a canonical name lies in, and what it is called there: `dev.ext` and `visits` of
 * `dev.ext.visits`. Undefined where names have none.
 */
export function schemaOf({
  namespace,
  name,
}: DatasetName): Readonly<{ schema: DatasetName; rest: string }> | undefined {
  const space = readNamespace(namespace)
  const form = space.kind === 'aws' ? forms.get(space.arn.service) : undefined
  if (form === undefined && space.kind !== 'tables') return undefined
  const { names, schemas } = form ?? { names: '', schemas: '' }
  if (!name.startsWith(names)) return undefined
  const body = name.slice(names.length)
  const end = form === undefined ? lastDot(body) : body.indexOf('/')
  const rest = body.slice(end + 1)
  if (end <= 0 || rest === '') return undefined
  return { schema: { namespace, name: schemas + body.slice(0, end) }, rest }
}

/** `schemaOf` the other way round: the name that `rest` is in a schema. */
export function nameInSchema(schema: DatasetName, rest: string): DatasetName {
  return { namespace: schema.namespace, name: beginningIn(schema) + rest }
}

/** What every name in a schema begins with; not all that begins so lies in it. */
export function beginningIn({ namespace, name }: DatasetName): string {
  const space = readNamespace(namespace)
  const form = space.kind === 'aws' ? forms.get(space.arn.service) : undefined
  return form === undefined ? `${name}.` : `${form.names}${name.slice(form.schemas.length)}/`
}

/** The last part stays in its quotes where it holds a dot. */
function lastDot(name: string): number {
  return name.endsWith('"') ? name.lastIndexOf('."') : name.lastIndexOf('.')
}

export function schemaIdOf({ namespace, name }: DatasetName): SchemaId {
  return digestId('schema', namespace, name) as SchemaId
}
