import type { Trait } from './rules/rule.ts'

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** In the name of a table: its rows are about care, or its payment. */
export const clinicalWords = list(
  'patient person subject encounter admission visit observation condition medication lab vital chart ' +
    'icu claim eob beneficiary member adt oru ecg dicom diagnosis procedure prescription immunization ' +
    'vaccination vaccine allergy careplan imaging specimen microbiology emar pharmacy hcpcs icd drg ' +
    'pacemaker infusion clinical inpatient outpatient drug dispense measurement radiology ' +
    'pathology surgery oncology ehr emr hl7 fhir dx rx discharge triage psychotherapy death guarantor ' +
    'substance intake enrollee appointment referral cms mdm episode subscriber eligibility remittance ' +
    'readmission hospitalization therapy cohort medical health nursing',
)
/** In the names of columns: two of them, and persons, are a table of care. */
export const clinicalFacts = list(
  'diagnosis icd drg hcpcs cpt ndc rxnorm loinc los medication prescription admission discharge ' +
    'systolic diastolic bmi inpatient copay deductible medicare medicaid comorbidity died',
)
/** In the name of a table: a row is of one person. */
export const personWords = list(
  'patient person beneficiary enrollee employee customer member guarantor contact user applicant ' +
    'student subscriber subject participant donor client resident people individual insured worker ' +
    'staff demographic dependent newborn',
)
/** Beside those in the name of a table, they add nothing. */
export const plainWords = list(
  'summary dimension detail demographic profile master info information data record list registry ' +
    'index base main current history snapshot table extract raw dim identity account bene',
)
/** Columns of these, with a number or alone, are the key of a person. */
export const personKeyWords = list(
  'patient person subject beneficiary enrollee member subscriber participant individual mrn employee ' +
    'customer client user student applicant guarantor insured resident donor empi dependent',
)
/** Of those, the ones that are much else in tables of software. */
export const weakKeyWords = list('client subject member individual resident participant')
/** Of those, the ones of care and its payment. */
export const patientKeyWords = list(
  'patient person subject beneficiary enrollee member subscriber mrn insured empi guarantor',
)
/** Of those, the ones that say so in the name of any column. */
export const patientWords = list('patient beneficiary enrollee mrn empi')
/** A number of these is of one event of one patient, or of what was asked for it. */
export const encounterWords = list('encounter visit admission stay episode claim')
/** Of clinical words, the things of which there are dictionaries. */
export const thingWords = list(
  'medication drug procedure diagnosis allergy vaccine icd hcpcs drg condition lab dx rx',
)
/** What the columns of a dictionary are called. */
export const dictionaryColumns = new Set([
  'name',
  'generic name',
  'brand name',
  'title',
  'long title',
  'long description',
  'short description',
  'display',
])
/** Folders, schemas and tables of an employer. */
export const humanResources = list('hr employee payroll hris workforce personnel recruiting')

/** Two words of a name that make the clinical one mean something else. */
export const otherReadings: readonly (readonly [string, string])[] = [
  ['chart', 'account'],
  ['chart', 'helm'],
  ['member', 'team'],
  ['member', 'loyalty'],
  ['member', 'group'],
  ['member', 'role'],
  ['visit', 'web'],
  ['visit', 'page'],
  ['visit', 'store'],
  ['visit', 'site'],
  ['visit', 'sale'],
  ['claim', 'warranty'],
  ['claim', 'expense'],
  ['condition', 'weather'],
  ['observation', 'weather'],
  ['procedure', 'stored'],
  ['health', 'check'],
  ['health', 'service'],
  ['health', 'system'],
  ['measurement', 'server'],
]

/** Before the words of a table that is of codes or dimensions. */
export const referencePrefixes = list('d dim ref lkp lu lookup code cd xref')
/** Folders and schemas of such tables. */
export const referenceFolders = list('reference lookup vocabulary terminology')

/** Words for those who give care. */
export const professionals = list(
  'provider physician doctor caregiver practitioner clinician prescriber nurse surgeon npi attending referring rendering',
)

/** Words for what a table is that is not of persons; `anywhere` in its name, or else the last. */
export const tableTraits: readonly (readonly [
  Trait,
  Readonly<{ words: ReadonlySet<string>; anywhere?: true }>,
])[] = [
  [
    'provider',
    {
      words: professionals,
      anywhere: true,
    },
  ],
  [
    'organisation',
    {
      words: list(
        'facility hospital organisation payer insurer company vendor supplier store warehouse site ' +
          'department clinic branch agency merchant carrier purchase procurement plant airport hotel venue',
      ),
    },
  ],
  [
    'reference',
    {
      words: list(
        'concept vocabulary lookup lkp calendar catalog catalogue code codeset valueset centroid ' +
          'dictionary taxonomy terminology xref reference product inventory sku directory hierarchy ' +
          'synonym ancestor ontology formulary zip geo crosswalk currency country strength ' +
          'definition holiday county region territory mapping map category type class',
      ),
    },
  ],
  [
    'aggregate',
    {
      words: list(
        'summary aggregate agg count stat stats statistic statistics total totals rollup kpi monthly ' +
          'weekly distribution histogram trend census prevalence incidence volume utilization rates',
      ),
      anywhere: true,
    },
  ],
  [
    'technical',
    {
      words: list(
        'log logs metric metrics config configuration audit job jobs metadata server deploy build ' +
          'pipeline queue heartbeat trace monitor monitoring host process task session web page ' +
          'clickstream ticket weather helm journal ledger release migration commit cluster network cpu',
      ),
      anywhere: true,
    },
  ],
]

/** What the rows of a table are about, by the first of these of which its name has a word. */
export const themes: readonly (readonly [label: string, words: ReadonlySet<string>])[] = [
  ['CLIN.ALLERGY', list('allergy allergen intolerance')],
  ['CLIN.IMM', list('immunization vaccination vaccine')],
  ['CLIN.RX', list('medication med drug prescription pharmacy emar dispense infusion')],
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

/** All of them: what a name of a table can be made of. */
export const tableWords: readonly string[] = [
  clinicalWords,
  personWords,
  plainWords,
  personKeyWords,
  encounterWords,
  humanResources,
  ...tableTraits.map(([, { words }]) => words),
  ...themes.map(([, words]) => words),
  new Set(otherReadings.flat()),
].flatMap((words) => [...words])
