/**
 * What a field of HL7 v2 or an element of X12 holds, where a landing table keeps their numbers in
 * its columns (`pid_5_1`, `OBX-5`, `NM103_…`): the label of the first number.
 *
 * @see HL7 v2.5.1 chapters 3, 4, 6 and 7; X12 005010X222 (837P); phi.md section 1
 */
const hl7: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  msh: { 7: 'ID.DATE' },
  evn: { 2: 'ID.DATE', 6: 'ID.DATE' },
  pid: {
    2: 'ID.MRN',
    3: 'ID.MRN',
    4: 'ID.MRN',
    5: 'ID.NAME',
    6: 'ID.NAME',
    7: 'ID.DATE',
    8: 'QI.SEX',
    9: 'ID.NAME',
    10: 'QI.RACE',
    11: 'ID.GEO',
    12: 'ID.GEO',
    13: 'ID.PHONE',
    14: 'ID.PHONE',
    15: 'QI.LANGUAGE',
    16: 'QI.MARITAL',
    17: 'QI.RELIGION',
    18: 'ID.ACCOUNT',
    19: 'ID.SSN',
    20: 'ID.LICENSE',
    21: 'ID.MRN',
    22: 'QI.ETHNICITY',
    23: 'ID.GEO',
    29: 'ID.DATE',
  },
  nk1: {
    2: 'ID.NAME',
    4: 'ID.GEO',
    5: 'ID.PHONE',
    6: 'ID.PHONE',
    16: 'ID.DATE',
    30: 'ID.NAME',
    31: 'ID.PHONE',
    37: 'ID.SSN',
  },
  pv1: {
    2: 'CLIN.ENC',
    3: 'CLIN.ENC',
    7: 'PROV.NAME',
    8: 'PROV.NAME',
    9: 'PROV.NAME',
    10: 'CLIN.ENC',
    17: 'PROV.NAME',
    19: 'ID.OTHER',
    36: 'CLIN.ENC',
    44: 'ID.DATE',
    45: 'ID.DATE',
  },
  dg1: { 3: 'CLIN.DX', 4: 'CLIN.DX', 5: 'ID.DATE' },
  pr1: { 3: 'CLIN.PX', 4: 'CLIN.PX', 5: 'ID.DATE' },
  al1: { 3: 'CLIN.ALLERGY', 4: 'CLIN.ALLERGY', 5: 'CLIN.ALLERGY' },
  obr: {
    2: 'ID.OTHER',
    3: 'ID.OTHER',
    4: 'CLIN.LAB',
    6: 'ID.DATE',
    7: 'ID.DATE',
    8: 'ID.DATE',
    14: 'ID.DATE',
    16: 'PROV.NAME',
    22: 'ID.DATE',
    31: 'CLIN.DX',
  },
  obx: { 3: 'CLIN.LAB', 5: 'CLIN.LAB', 8: 'CLIN.LAB', 14: 'ID.DATE', 18: 'ID.DEVICE' },
  orc: { 2: 'ID.OTHER', 3: 'ID.OTHER', 9: 'ID.DATE', 12: 'PROV.NAME', 15: 'ID.DATE' },
  rxa: { 3: 'ID.DATE', 4: 'ID.DATE', 5: 'CLIN.IMM', 6: 'CLIN.IMM' },
  rxe: { 2: 'CLIN.RX', 3: 'CLIN.RX' },
  nte: { 3: 'CLIN.NOTE' },
  in1: {
    2: 'BILL.PLAN',
    3: 'BILL.PLAN',
    4: 'BILL.PLAN',
    8: 'ID.HEALTHPLAN',
    12: 'ID.DATE',
    13: 'ID.DATE',
    16: 'ID.NAME',
    18: 'ID.DATE',
    19: 'ID.GEO',
    36: 'ID.HEALTHPLAN',
    49: 'ID.HEALTHPLAN',
  },
  gt1: { 3: 'ID.NAME', 5: 'ID.GEO', 6: 'ID.PHONE', 7: 'ID.PHONE', 8: 'ID.DATE', 12: 'ID.SSN' },
}

const x12: Readonly<Record<string, string>> = {
  nm103: 'ID.NAME',
  nm104: 'ID.NAME',
  nm105: 'ID.NAME',
  nm109: 'ID.HEALTHPLAN',
  n301: 'ID.GEO',
  n302: 'ID.GEO',
  n401: 'ID.GEO',
  n402: 'QI.GEO',
  n403: 'ID.GEO',
  clm01: 'ID.ACCOUNT',
  clm02: 'BILL.CLAIM',
  dmg02: 'ID.DATE',
  dmg03: 'QI.SEX',
  hi01: 'CLIN.DX',
  hi02: 'CLIN.DX',
  hi03: 'CLIN.DX',
  sv101: 'CLIN.PX',
  sv102: 'BILL.CLAIM',
  dtp03: 'ID.DATE',
  sbr03: 'ID.HEALTHPLAN',
}

/** Two digits behind the name of a segment of a claim. */
const elementOfX12 =
  /^(?:isa|gs|st|se|bht|hl|lx|ref|clm|cl1|sv[12]|sbr|nm1|n[134]|dmg|dtp|hi|per|prv|cas|amt)\d\d$/

/** `nk1`, `nm103`: what a message format calls a part of it. */
export function isFieldOfMessage(token: string): boolean {
  return Object.hasOwn(hl7, token) || elementOfX12.test(token)
}

/** Words of a name that are such a field: its label and how many tokens it takes, from one place. */
export function positionAt(
  tokens: readonly string[],
  at: number,
): Readonly<{ label: string | undefined; tokens: number; words: string }> | undefined {
  const token = tokens[at] ?? ''
  if (elementOfX12.test(token)) {
    const label = Object.hasOwn(x12, token) ? x12[token] : undefined
    return { label, tokens: 1, words: token.toUpperCase() }
  }
  const number = tokens[at + 1] ?? ''
  if (!Object.hasOwn(hl7, token) || number.length > 2 || !/^\d+$/.test(number)) return undefined
  return {
    label: hl7[token]?.[Number(number)],
    tokens: 2,
    words: `${token.toUpperCase()}-${Number(number)}`,
  }
}
