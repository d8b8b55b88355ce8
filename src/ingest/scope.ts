import type { Format, Told } from './format.ts'
import type { Mapping } from './openlineage/mapping.ts'
import { meantBy } from './openlineage/mapping.ts'

/** What a sender is limited to; each list that is absent limits nothing. */
export type Scope = Readonly<{
  formats?: readonly string[] | undefined
  namespaces?: readonly string[] | undefined
  accounts?: readonly string[] | undefined
}>

/**
 * Why a sender may not hand this event in; undefined when it may. An event speaks for namespaces or
 * for an account: a sender that is limited to some of the one may not speak for the other unless it
 * has a list of it, too. A namespace is what the sender's mapping says it means.
 */
export function refusalOf(
  format: Format,
  told: Told,
  { scope = {}, mapping }: Readonly<{ scope?: Scope | undefined; mapping?: Mapping | undefined }>,
): string | undefined {
  const { formats, namespaces, accounts } = scope
  if (formats !== undefined && !formats.includes(format.name)) {
    return `This token may not send ${format.name}`
  }
  if (namespaces === undefined && accounts === undefined) return undefined
  if (format.namespacesOf !== undefined) {
    const spoken = format.namespacesOf(told.value).map((one) => meantBy(one, mapping))
    const isAllowed = namespaces !== undefined && spoken.every((one) => namespaces.includes(one))
    return isAllowed ? undefined : 'This token may not speak for this namespace'
  }
  const account = format.accountOf?.(told)
  const isAllowed = account !== undefined && accounts?.includes(account) === true
  return isAllowed ? undefined : 'This token may not speak for this account'
}
