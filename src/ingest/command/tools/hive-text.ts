import { unknown } from '../unknown.ts'

/**
 * A script of Hive or Spark with its variables put in: `${name}`, `${hivevar:name}`,
 * `${hiveconf:name}`. What is not given is unknown.
 *
 * @see https://cwiki.apache.org/confluence/display/Hive/LanguageManual+VariableSubstitution
 */
export function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{(?:(?:hivevar|hiveconf|system|env):)?([\w.-]{1,200})\}/g,
    (_whole, name: string) => variables.get(name) ?? unknown,
  )
}
