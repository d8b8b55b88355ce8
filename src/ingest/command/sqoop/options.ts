/** The options of a tool by name: whether a value follows. Names without hyphens. */
export type SqoopOptions = ReadonlyMap<string, 'value' | 'switch'>

type Group = Readonly<{ values: string; switches?: string }>

const common: Group = {
  values: `connect connection-manager connection-param-file driver hadoop-home hadoop-mapred-home
    metadata-transaction-isolation-level oracle-escaping-disabled password password-alias
    password-file temporary-rootdir username`,
  switches: 'P help relaxed-isolation skip-dist-cache throw-on-error verbose',
}

const outputFormat: Group = {
  values: `enclosed-by escaped-by fields-terminated-by lines-terminated-by optionally-enclosed-by`,
  switches: 'mysql-delimiters',
}

const inputFormat: Group = {
  values: `input-enclosed-by input-escaped-by input-fields-terminated-by
    input-lines-terminated-by input-optionally-enclosed-by`,
}

const codegen: Group = {
  values: `bindir escape-mapping-column-names input-null-non-string input-null-string
    map-column-java null-non-string null-string outdir package-name`,
}

const className: Group = { values: 'class-name' }

const hive: Group = {
  values: `external-table-dir hive-database hive-delims-replacement hive-home hive-partition-key
    hive-partition-value hive-table hs2-keytab hs2-password hs2-url hs2-user map-column-hive`,
  switches: 'create-hive-table hive-drop-import-delims hive-overwrite',
}

const hiveImport: Group = { values: '', switches: 'hive-import' }

const hcatalog: Group = {
  values: `hcatalog-database hcatalog-home hcatalog-partition-keys hcatalog-partition-values
    hcatalog-table hive-home hive-partition-key hive-partition-value map-column-hive`,
}

const hcatalogImport: Group = {
  values: 'hcatalog-storage-stanza',
  switches: 'create-hcatalog-table drop-and-create-hcatalog-table',
}

const hbase: Group = {
  values: 'column-family hbase-row-key hbase-table',
  switches: 'hbase-bulkload hbase-create-table',
}

const accumulo: Group = {
  values: `accumulo-batch-size accumulo-column-family accumulo-instance accumulo-max-latency
    accumulo-password accumulo-row-key accumulo-table accumulo-user accumulo-visibility
    accumulo-zookeepers`,
  switches: 'accumulo-create-table',
}

const mapReduce: Group = {
  values: 'compression-codec jar-file m mapreduce-job-name num-mappers',
  switches: 'compress z',
}

const validation: Group = {
  values: 'validation-failurehandler validation-threshold validator',
  switches: 'validate',
}

const importCommon: Group = {
  values: `direct-split-size fetch-size inline-lob-limit parquet-configurator-implementation
    warehouse-dir`,
  switches: `as-avrodatafile as-parquetfile as-sequencefile as-textfile autoreset-to-one-mapper
    direct`,
}

const importing = [
  common,
  outputFormat,
  inputFormat,
  codegen,
  hive,
  hiveImport,
  hcatalog,
  hcatalogImport,
  hbase,
  accumulo,
  mapReduce,
]

const oneTable: Group = {
  values: `boundary-query check-column columns e incremental last-value merge-key query split-by
    split-limit table target-dir where`,
  switches: 'append delete-target-dir',
}

/**
 * The options of each tool of Sqoop: those of release 1.4.7, and the later ones of its source
 * (`hs2-…`, `as-binaryfile`, `buffersize`, `meta-username` …).
 *
 * @see https://sqoop.apache.org/docs/1.4.7/SqoopUserGuide.html
 */
export const sqoopTools: ReadonlyMap<string, SqoopOptions> = new Map([
  ['import', optionsOf(...importing, className, importCommon, oneTable, validation)],
  ['import-all-tables', optionsOf(...importing, importCommon, { values: 'exclude-tables' })],
  [
    'import-mainframe',
    optionsOf(...importing, className, validation, {
      values: `buffersize dataset datasettype ftp-commands tape target-dir warehouse-dir`,
      switches: 'as-binaryfile as-textfile delete-target-dir',
    }),
  ],
  [
    'export',
    optionsOf(
      common,
      outputFormat,
      inputFormat,
      codegen,
      className,
      hcatalog,
      mapReduceOfExport(),
      {
        ...validation,
        values: `${validation.values} call columns export-dir staging-table table update-key
        update-mode`,
        switches: 'batch clear-staging-table direct validate',
      },
    ),
  ],
  [
    'merge',
    optionsOf({
      values: 'class-name jar-file merge-key new-data onto target-dir',
      switches: 'help verbose',
    }),
  ],
  [
    'job',
    optionsOf({
      values: 'create delete exec meta-connect meta-password meta-username show',
      switches: 'help list verbose',
    }),
  ],
  ['eval', optionsOf(common, { values: 'e query' })],
  [
    'codegen',
    optionsOf(common, outputFormat, inputFormat, codegen, className, hive, hiveImport, hcatalog, {
      values: 'e query table',
    }),
  ],
  ['create-hive-table', optionsOf(common, outputFormat, hive, { values: 'table' })],
  ['list-databases', optionsOf(common)],
  ['list-tables', optionsOf(common)],
  ['metastore', optionsOf({ values: '', switches: 'shutdown' })],
  ['help', optionsOf()],
  ['version', optionsOf()],
])

function mapReduceOfExport(): Group {
  return { values: 'jar-file m mapreduce-job-name num-mappers' }
}

/** Short names and the long ones that they stand for. */
export const longNames: ReadonlyMap<string, string> = new Map([
  ['e', 'query'],
  ['m', 'num-mappers'],
  ['z', 'compress'],
])

function optionsOf(...groups: readonly Group[]): SqoopOptions {
  const words = (text = ''): readonly string[] => text.split(/\s+/).filter((word) => word !== '')
  return new Map(
    groups.flatMap(({ values, switches }) => [
      ...words(values).map((name) => [name, 'value'] as const),
      ...words(switches).map((name) => [name, 'switch'] as const),
    ]),
  )
}
