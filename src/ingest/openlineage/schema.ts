import type { Json, SchemaField } from '../../model/index.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, member, textIn } from '../members.ts'

/**
 * The fields of a `schema` facet, nested ones inside, an array's item as `_element`, in the order
 * given. Undefined when it lists none: a reader that knows no columns says nothing about them.
 */
export function schemaFields(facet: Json): readonly SchemaField[] | undefined {
  const fields = fieldsIn(facet)
  return fields.length === 0 ? undefined : fields
}

function fieldsIn(owner: Json): readonly SchemaField[] {
  const fields = isJsonObject(owner) ? member(owner, 'fields') : undefined
  return isList(fields) ? fields.map(fieldOf) : []
}

function fieldOf(field: Json): SchemaField {
  const type = textIn(field, 'type')
  const description = textIn(field, 'description')
  const nested = fieldsIn(field)
  return {
    name: textIn(field, 'name') ?? '',
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
    ...(nested.length === 0 ? {} : { fields: nested }),
  }
}
