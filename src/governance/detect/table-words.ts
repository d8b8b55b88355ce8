import type { Trait } from './rules/rule.ts'

const list = (words: string): ReadonlySet<string> => new Set(words.split(/,? /))

/** In the name of a table: its rows are about care, or its payment. */
export const clinicalWords = list(
  'patient person subject encounter admission visit observation condition medication lab vital chart ' +
    'icu claim eob beneficiary adt oru ecg dicom diagnosis procedure prescription immunization ' +
    'vaccination vaccine allergy careplan imaging specimen microbiology emar pharmacy hcpcs icd drg ' +
    'telemetry pacemaker infusion clinical inpatient outpatient drug dispense measurement radiology ' +
    'pathology surgery oncology ehr emr hl7 fhir dx rx discharge triage psychotherapy death ' +
    'substance intake enrollee appointment referral cms mdm episode',
)
/** The same, where nothing else is known of the table. */
export const weakClinicalWords = list(
  'note device supply service transfer order cost payer plan result member event expense',
)
/** In the name of a table: a row is of one person. */
export const personWords = list(
  'patient person beneficiary enrollee employee customer member guarantor contact user applicant ' +
    'student subscriber subject participant donor client resident people individual insured worker staff demographic',
)
/** Columns of these, with a number or alone, are the key of a person. */
export const personKeyWords = list(
  'patient person subject beneficiary enrollee member subscriber participant individual mrn employee ' +
    'customer client user student applicant guarantor insured resident donor empi',
)
/** Of those, the ones that only care and its payment have. */
export const patientWords = list(
  'patient beneficiary enrollee subscriber mrn insured empi guarantor',
)
/** A number of these is of one event of one patient. */
export const encounterWords = list('encounter visit admission stay episode specimen prescription')

export const tableTraits: readonly (readonly [Trait, ReadonlySet<string>])[] = [
  [
    'provider',
    list('provider physician doctor caregiver practitioner clinician prescriber nurse surgeon'),
  ],
  [
    'organisation',
    list(
      'facility hospital organisation payer insurer company vendor supplier store warehouse site ' +
        'department clinic branch agency merchant carrier plant airport hotel venue',
    ),
  ],
  [
    'reference',
    list(
      'concept vocabulary lookup lkp calendar catalog catalogue codes code codeset valueset centroid ' +
        'dictionary taxonomy terminology xref reference ref product inventory sku ' +
        'directory hierarchy synonym ancestor domain ontology formulary zip geo crosswalk item currency country ' +
        'strength definition holiday mapping map category type',
    ),
  ],
  [
    'aggregate',
    list(
      'summary aggregate agg count counts stat stats statistic statistics total totals rollup kpi ' +
        'monthly weekly distribution histogram trend census prevalence incidence volume utilization rates rate',
    ),
  ],
  [
    'technical',
    list(
      'log logs metric metrics config configuration audit job jobs metadata server deploy build ' +
        'pipeline queue heartbeat trace monitor monitoring host process task session ' +
        'web page clickstream weather helm journal ledger release migration commit cluster network cpu',
    ),
  ],
]

/** What the rows of a table are about, by the first of these that its name has. */
export const themes: readonly (readonly [label: string, words: ReadonlySet<string>])[] = [
  ['CLIN.ALLERGY', list('allergy allergen intolerance')],
  ['CLIN.IMM', list('immunization vaccination vaccine')],
  ['CLIN.RX', list('medication drug prescription pharmacy emar dispense infusion')],
  ['CLIN.DX', list('diagnosis condition problem careplan dx death')],
  ['CLIN.PX', list('procedure imaging hcpcs surgery radiology')],
  ['BILL.CLAIM', list('claim charge cost eob expense billing payment remittance drg')],
  ['CLIN.VITAL', list('vital ecg')],
  [
    'CLIN.LAB',
    list('lab observation result measurement microbiology specimen chart oru pathology'),
  ],
  ['CLIN.DEVICE', list('device supply implant telemetry pacemaker')],
  ['BILL.PLAN', list('payer plan coverage enrollment')],
  ['CLIN.ENC', list('encounter visit admission transfer icu adt appointment service episode stay')],
]

export const tableWords: readonly string[] = [
  clinicalWords,
  weakClinicalWords,
  personWords,
  personKeyWords,
  encounterWords,
  ...tableTraits.map(([, words]) => words),
  ...themes.map(([, words]) => words),
].flatMap((words) => [...words])
