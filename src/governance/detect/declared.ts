import type { DetectInput } from './detection.ts'
import { isCategory } from '../label.ts'

/** Words of other tools for a category: of Macie, Comprehend Medical, Presidio, DataHub, and of people who tag. */
const words: Readonly<Record<string, string>> = {
  'ID.NAME': 'NAME PERSON PERSON_NAME FULL_NAME FIRST_NAME LAST_NAME PATIENT_NAME US_PERSON',
  'ID.GEO':
    'ADDRESS STREET_ADDRESS CITY ZIP_CODE ZIP ZIPCODE POSTAL_CODE LATITUDE_LONGITUDE LOCATION GEOLOCATION USA_ADDRESS LATITUDE LONGITUDE',
  'ID.DATE': 'DATE_OF_BIRTH DOB DATE_TIME BIRTH_DATE BIRTHDATE',
  'ID.PHONE': 'PHONE_NUMBER PHONE PHONE_OR_FAX US_PHONE_NUMBER TELEPHONE',
  'ID.FAX': 'FAX FAX_NUMBER',
  'ID.EMAIL': 'EMAIL EMAIL_ADDRESS',
  'ID.SSN':
    'USA_SOCIAL_SECURITY_NUMBER US_SSN SSN US_SOCIAL_SECURITY_NUMBER SOCIAL_SECURITY_NUMBER USA_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER US_ITIN',
  'ID.MRN': 'MEDICAL_RECORD_NUMBER MRN',
  'ID.HEALTHPLAN':
    'USA_MEDICARE_BENEFICIARY_IDENTIFIER US_MBI USA_HEALTH_INSURANCE_CLAIM_NUMBER MEDICARE_BENEFICIARY_NUMBER HEALTH_INSURANCE_NUMBER MEMBER_ID MBI HICN',
  'ID.LICENSE':
    'USA_DRIVERS_LICENSE US_DRIVER_LICENSE DRIVERS_LICENSE DRIVER_LICENSE MEDICAL_LICENSE_OF_PERSON',
  'ID.OTHER': 'USA_PASSPORT_NUMBER US_PASSPORT PASSPORT_NUMBER PATIENT_ID ID USERNAME UUID',
  'ID.VEHICLE': 'VEHICLE_IDENTIFICATION_NUMBER VIN',
  'ID.DEVICE': 'MEDICAL_DEVICE_UDI UDI MAC_ADDRESS DEVICE_ID IMEI',
  'ID.URL': 'URL',
  'ID.IP': 'IP_ADDRESS IP IP_V4 IP_V6',
  'ID.PHOTO': 'PHOTO FACE_PHOTO',
  'ID.BIOMETRIC': 'BIOMETRIC',
  'QI.AGE': 'AGE',
  'QI.OCCUPATION': 'PROFESSION OCCUPATION',
  'QI.SEX': 'GENDER SEX',
  'CLIN.DX': 'ICD10_CM ICD_10_CM DX_NAME MEDICAL_CONDITION DIAGNOSIS',
  'CLIN.PX': 'USA_HEALTHCARE_PROCEDURE_CODE HCPCS CPT PROCEDURE_NAME',
  'CLIN.RX': 'USA_NATIONAL_DRUG_CODE NDC RXNORM MEDICATION',
  'BILL.PCI':
    'CREDIT_CARD CREDIT_CARD_NUMBER CREDIT_CARD_NUMBER_(NO_KEYWORD) CREDIT_CARD_SECURITY_CODE CREDIT_CARD_EXPIRATION CREDIT_DEBIT_NUMBER PCI',
  'BILL.BANK':
    'BANK_ACCOUNT_NUMBER USA_BANK_ACCOUNT_NUMBER IBAN_CODE IBAN US_BANK_NUMBER BANK_ROUTING SWIFT_CODE',
  'PROV.NPI': 'USA_NATIONAL_PROVIDER_IDENTIFIER US_NPI NPI',
  'PROV.DEA':
    'US_DRUG_ENFORCEMENT_AGENCY_NUMBER USA_DRUG_ENFORCEMENT_AGENCY_NUMBER DEA_NUMBER MEDICAL_LICENSE DEA',
}
const byWord = new Map(
  Object.entries(words).flatMap(([label, said]) => said.split(' ').map((word) => [word, label])),
)

/** Words of scanners whose findings passed a check digit: Luhn, mod 97 and the like. */
const checked = new Set([
  'BILL.PCI',
  'PROV.NPI',
  'PROV.DEA',
  'ID.VEHICLE',
  'USA_NATIONAL_PROVIDER_IDENTIFIER',
  'IBAN',
  'IBAN_CODE',
])

/** The category that a tool's or a person's word means: `US_SSN`, `ID.SSN`, `id_ssn`, `pii.email`. */
export function categoryOf(word: string): string | undefined {
  const plain = word.slice(0, 100).trim().toUpperCase()
  const direct = byWord.get(plain.replaceAll(/[\s-]/g, '_'))
  const dotted = plain.replace(/^([A-Z]+)[_:/-]/, '$1.')
  if (isCategory(dotted)) return dotted
  if (direct !== undefined) return direct
  // A word behind what kind of word it is: `PII.Email`, `PHI:MRN`, `classification/SSN`.
  const last = /[.:/]([A-Z_ -]+)$/.exec(plain)?.[1]
  return last === undefined ? undefined : byWord.get(last.replaceAll(/[\s-]/g, '_'))
}

export function passedCheck(category: string, label: string): boolean {
  return checked.has(label) || checked.has(category.slice(0, 100).toUpperCase())
}

/** Keys of tags that say what kind of data something is. */
const tagKeys = new Set(
  (
    'phi pii classification data_classification dataclassification data_class dataclass sensitivity category ' +
    'data_category datacategory label phi_category pii_type piitype pii_category identifier phi_type data_type_tag lineward.label lineward'
  ).split(' '),
)
const deny = new Set(['false', 'no', 'none', '0', 'n', 'not_phi', 'non_phi', ''])

/**
 * The categories that one declared tag says. A key that names a category (`ssn=true`) says it unless
 * its value denies it; another key counts when it speaks of classification (`pii=email`).
 */
export function categoriesOfTag({
  key,
  value,
}: NonNullable<DetectInput['tags']>[number]): readonly string[] {
  const says = value?.slice(0, 200).trim() ?? ''
  const isDenied = deny.has(says.toLowerCase()) && value !== undefined
  if (tagKeys.has(key.slice(0, 100).trim().toLowerCase().replaceAll(/[\s-]/g, '_'))) {
    const labels = says.split(/[,;|]/).slice(0, 20).map(categoryOf)
    return [...new Set(labels.filter((label) => label !== undefined))]
  }
  const label = isDenied ? undefined : categoryOf(key)
  const isFlag = value === undefined || ['true', 'yes', '1', 'y', ''].includes(says.toLowerCase())
  return label !== undefined && isFlag && !isDenied ? [label] : []
}

/** Whether a dataset's tags say outright that it holds health information. */
export function declaresHealth(tags: DetectInput['tags']): boolean {
  return (tags ?? []).some(({ key, value }) => {
    const [name, says] = [
      key.slice(0, 100).trim().toLowerCase(),
      value?.slice(0, 100).trim().toLowerCase() ?? '',
    ]
    const isPhi =
      ['phi', 'hipaa', 'ephi'].includes(name) &&
      !deny.has(says === '' && value === undefined ? 'true' : says)
    return isPhi || (tagKeys.has(name) && ['phi', 'ephi', 'hipaa'].includes(says))
  })
}
