import type { Entry, Fact, Json } from '../../model/index.ts'
import type { Translators } from '../translator.ts'
import type { NativeEvent } from './event.ts'
import { emrEvents } from '../emr/translators.ts'
import { glueEvents } from '../glue/translators.ts'
import { textIn } from '../members.ts'
import { redshiftEvents } from '../redshift/translators.ts'
import { readBy } from '../translator.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { nativeEventOf, sourceIn } from './event.ts'

/** Who reads which event of a service's own, by `nativeName`: `aws.emr EMR Step Status Change`. */
export const nativeTranslators: Translators<NativeEvent> = {
  ...emrEvents,
  ...glueEvents,
  ...redshiftEvents,
}

const translators = new Map(Object.entries(nativeTranslators))
const nameCharactersMax = 200

/** The source and the detail type of an envelope. */
export function nativeName(value: Json): string {
  const name = `${sourceIn(value) ?? ''} ${textIn(value, 'detail-type') ?? ''}`
  return name.slice(0, nameCharactersMax)
}

/** Whether some translator reads this event. */
export function isNativeTranslated(value: Json): boolean {
  return translators.has(nativeName(value))
}

/** The facts of an envelope with an event of a service's own; one that names nothing is a problem. */
export function translateNative(value: Json, entry: Entry): readonly Fact[] {
  const name = nativeName(value)
  const translator = translators.get(name)
  if (translator === undefined) return unknownFacts(name, entry)
  const event = nativeEventOf(value, entry)
  return [...readBy(translator, event, { name, path: '/detail' }), ...exposureFacts(entry)]
}
