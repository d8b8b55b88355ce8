/** Keys that hold a statement where no table says so: read as SQL when the value begins as one. */
export const statementKeys =
  /(?:sql|query|hql|statement|(?:query|sql)_?(?:text|string)|(?:compiled|raw)_?code)$/i

/** Pairs of a name and its value, in the spellings of the formats: `{"name": …, "value": …}`. */
export const nameKeys =
  'name key Name Key parameterKey ParameterKey parameterName property option'.split(' ')

/** Keys that say nothing of their value: it belongs to the name beside it, or to the key above. */
export const valueKeys: ReadonlySet<string> = new Set(
  (
    'value Value values Values val parameterValue ParameterValue default defaultValue ' +
    'literal left right min max quantiles'
  ).split(' '),
)

/** The same, but a result and no value: `{"column": "password", "actual": "0"}` is a count. */
export const resultKeys: ReadonlySet<string> = new Set(['expected', 'actual', 'content'])
