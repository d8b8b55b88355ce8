import type { Rule } from './rule.ts'
import { ownTheme } from './rule.ts'

const health = {
  where: ['health'],
  never: ['reference', 'organisation', 'technical', 'aggregate', 'provider'],
} as const

/**
 * Health information.
 *
 * @see phi.md section 3.2, CLIN.*
 */
export const clinicalRules: readonly Rule[] = [
  {
    label: 'CLIN.NOTE',
    say: 'note, notes, comment, comments, narrative, impression, free text, remark, remarks, snippet, transcript, chief complaint, history present illness, clinical text, report text, conclusion, blob, raw message',
    unless: 'type class id date count language',
    ...health,
  },
  {
    label: 'CLIN.DX',
    say: 'diagnosis, icd, condition, problem, comorbidity, disease, cause death, death cause, cause, reason code, reason description, reason, illness, diabetes, cancer, tumor, hypertension, asthma, copd, chf, stroke, esrd, alzheimer, dementia, kidney disease, ischemic, osteoporosis, arthritis, heart failure, symptom, snomed, poa, chronic, infection, sepsis, obesity, morbidity, arrhythmia, fracture, pneumonia, covid, smoking, smoker, tobacco',
    unless: 'type version stop barcode procedure admission discharge exit',
    ...health,
  },
  {
    label: 'CLIN.PX',
    say: 'procedure, cpt, hcpcs, px, surgery, modifier, body site, modality, sop, operation, treatment, anesthesia, imaging, radiology, body part',
    unless: 'type version stored result normal',
    ...health,
  },
  {
    label: 'CLIN.IMM',
    say: 'vaccine, immunization, vaccination, cvx, dose number, booster',
    unless: 'type',
    ...health,
  },
  {
    label: 'CLIN.ALLERGY',
    say: 'allergy, allergen, reaction, intolerance, severity allergy',
    ...health,
  },
  { label: 'CLIN.OUTCOME', say: 'discharge dispense, discharge disposition', ...health },
  {
    label: 'CLIN.RX',
    say: 'drug, medication, ndc, rxnorm, dose, doses, dosage, prescription, emar, pharmacy, refill, refills, days supply, supply days, sig, dispense, route, infusion, strength, formulary, regimen, medicine, ingredient, titration, med name, frequency, prescription supply, prescription amount',
    unless: 'type unit uom cost coverage fee',
    ...health,
  },
  {
    label: 'CLIN.VITAL',
    say: 'blood pressure, systolic, diastolic, bps, bpd, pulse, heart rate, bpm, temperature, spo2, oxygen saturation, respiration, respiratory rate, weight, height, bmi, body mass, glucose reading, vital sign, head circumference, pain score, waist, ecg, ekg, vital',
    unless: 'unit uom status server product cpu',
    ...health,
  },
  { label: 'CLIN.VITAL', as: 'end', say: 'hr, rr', ...health },
  {
    label: 'CLIN.OUTCOME',
    say: 'expire flag, vital status, mortality, outcome, survival, disposition, died, dead, deceased, deceased flag, alive, expired, readmission, prognosis',
    unless: 'date time datetime',
    ...health,
  },
  {
    label: 'CLIN.LAB',
    say: 'lab, result, specimen, loinc, value number, measurement, observation, blood group, blood type, culture, value quantity, interpretation, test name, reference range, range low, range high, abnormal, hba1c, hemoglobin, glucose, creatinine, cholesterol, potassium, sodium, platelet, antigen, antibody, assay, panel, analyte, organism, susceptibility, troponin, numeric value, text value, order value',
    unless: 'type unit uom id count',
    ...health,
  },
  {
    label: 'CLIN.DEVICE',
    say: 'device, implant, pacemaker, lead impedance, impedance, battery voltage, pacing, therapy, shock, ventilator, pump, supply, catheter',
    unless: 'type serial firmware unit id',
    ...health,
  },
  {
    label: 'CLIN.ENC',
    say: 'encounter class, encounter type, patient class, care unit, ward, length stay, los, admission type, admission source, admission location, discharge location, discharge status, admitted from, discharged to, admit from, admit source, discharge to, previous service, current service, place service, visit, encounter, stay, admission, discharge, unit type, triage, icu, readmitted, level care, admit type, hospital service',
    unless: 'id date time datetime number cost',
    ...health,
  },
  {
    label: 'CLIN.ENC',
    as: 'whole',
    say: 'organisation, room, bed, service, location, department name',
    ...health,
    where: ['event'],
  },

  // What a column of one word means is what its table is about.
  {
    label: ownTheme,
    as: 'whole',
    say: 'code, description, short description, long description, quantity, value, result value, value string, value as number, value as string, value as, value as concept, value coded, value numeric, value source value, value source, observation value, code code, code coding code, code text, code display, coding code, severity, test, product, flag, finding, numeric val, text val, val, concept, value text, value code',
    ...health,
    where: ['event'],
  },
  {
    label: ownTheme,
    as: 'whole',
    say: 'type, category',
    ...health,
    where: ['event'],
    strength: 0.7,
  },
]
