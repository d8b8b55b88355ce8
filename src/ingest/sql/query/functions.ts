/**
 * Functions that make one value of many rows, by the parser's name for them. What it does not know by
 * a node of its own it hands on as a function of that name.
 */
const aggregates: ReadonlySet<string> = new Set(
  (
    'any_value approx_count_distinct approx_distinct approx_percentile approx_quantiles approx_set ' +
    'arbitrary arg_max arg_min array_agg array_concat_agg array_unique_agg avg bit_and bit_or bool_and ' +
    'bool_or bitwise_and_agg bitwise_or_agg bitwise_xor_agg checksum collect_list collect_set corr count ' +
    'count_if countif covar_pop covar_samp every first first_value_agg group_concat histogram hll ' +
    'j_s_o_n_array_agg j_s_o_n_object_agg json_array_agg json_object_agg last list_agg listagg ' +
    'logical_and logical_or map_agg map_union max max_by median merge min min_by mode multimap_agg ' +
    'numeric_histogram object_agg percentile percentile_approx percentile_cont percentile_disc quantile ' +
    'reduce_agg regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope skewness kurtosis ' +
    'stddev stddev_pop stddev_samp string_agg sum sum_if sumif var_pop var_samp variance xmlagg'
  ).split(' '),
)

/** The name that people know, where the parser has another. */
const names: Readonly<Record<string, string>> = {
  list_agg: 'listagg',
  arg_max: 'max_by',
  arg_min: 'min_by',
  logical_and: 'bool_and',
  logical_or: 'bool_or',
}

/** The name of the aggregate that a node is, else undefined. */
export function aggregateOf(kind: string, called: string | undefined): string | undefined {
  if (kind === 'aggregate_function') return called?.toLowerCase() ?? 'aggregate'
  const name = (isByName(kind) ? (called ?? '') : kind).toLowerCase()
  return aggregates.has(name) ? (names[name] ?? name) : undefined
}

export function isByName(kind: string): boolean {
  return kind === 'function' || kind === 'anonymous'
}

/** Their value hides the one that it is made of: evidence for a person to look at, and no more. */
const masking: Readonly<Record<string, string>> = {
  m_d5_digest: 'md5',
  s_h_a: 'sha1',
  s_h_a1_digest: 'sha1',
  s_h_a2: 'sha2',
  s_h_a2_digest: 'sha2',
  farm_fingerprint: 'farm_fingerprint',
  encrypt: 'encrypt',
  encrypt_raw: 'encrypt',
  standard_hash: 'standard_hash',
}
const maskingByName =
  /^(?:md5|sha|sha1|sha2|sha224|sha256|sha384|sha512|func_sha1|crc32|fnv_hash|murmur3_32_hash|murmur_hash|xxhash64|xxhash32|hash|hmac_\w+|mask|mask_\w+|aes_encrypt|strtol_hash|farmfingerprint64)$/

/** The name of the function by which a node hides its arguments, else undefined. */
export function maskingOf(kind: string, called: string | undefined): string | undefined {
  if (!isByName(kind)) return masking[kind] ?? (maskingByName.test(kind) ? kind : undefined)
  const name = (called ?? '').toLowerCase()
  return maskingByName.test(name) ? name : undefined
}

/** Words without brackets that ask the database something; they look like columns. */
export const notColumns: ReadonlySet<string> = new Set(
  (
    'sysdate systimestamp current_date current_time current_timestamp localtime localtimestamp ' +
    'current_user current_role current_schema session_user system_user user rownum default'
  ).split(' '),
)

/** Units of time, and types; as a first argument they look like columns. */
export const timeUnits =
  /^(?:millenni(?:um|a)|centur(?:y|ies)|decades?|years?|yy(?:yy)?|quarters?|qtr|months?|mon|mm|weeks?|ww|days?|dd|d|dow|doy|dayofweek|dayofyear|hours?|hh|hr|minutes?|mi|min|seconds?|ss|sec|milliseconds?|ms|microseconds?|us|epoch|timezone|integer|int|bigint|smallint|varchar|char|text|date|timestamp|numeric|decimal|float|real|double|boolean|super)$/i

/** How many arguments a function has at least where the first one is a unit or a type; else undefined. */
export function argumentsWithUnit(name: string): number | undefined {
  if (/^(?:date_?part|date_?trunc|convert)$/i.test(name)) return 2
  return /^(?:date|timestamp)_?(?:add|diff)$/i.test(name) ? 3 : undefined
}
