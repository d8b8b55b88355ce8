import type { Rule } from './rule.ts'

/**
 * What the law protects more than other health information. A label of these stands beside the
 * column's own.
 *
 * @see phi.md section 3.2, SENS.*
 */
export const sensitiveRules: readonly Rule[] = [
  {
    label: 'SENS.SUD',
    say: 'substance use, substance abuse, substance, alcohol, opioid, methadone, buprenorphine, naltrexone, suboxone, heroin, cocaine, addiction, detox, overdose, sud, audit score, illicit drug, drug abuse, drug use',
    where: ['person', 'health'],
    never: ['reference', 'technical', 'organisation', 'aggregate'],
  },
  {
    label: 'SENS.MH',
    say: 'psychotherapy, psychiatric, psychiatry, mental health, phq, gad, suicide, suicidal, depression, schizophrenia, bipolar, ptsd, self harm, behavioral health',
    where: ['person', 'health'],
    never: ['reference', 'technical', 'organisation', 'aggregate'],
  },
  {
    label: 'SENS.HIV',
    say: 'hiv, aids, viral load, antiretroviral, cd4, art regimen, prep status',
    where: ['person', 'health'],
    never: ['reference', 'technical', 'organisation', 'aggregate'],
  },
  {
    label: 'SENS.GENETIC',
    say: 'gene, genetic, genotype, genome, genomic, variant call, vcf, brca, allele, exome, karyotype, gene variant, chromosome, hgvs, snp, mutation',
    where: ['person', 'health'],
    never: ['reference', 'technical', 'organisation', 'aggregate'],
  },
  {
    label: 'SENS.REPRO',
    say: 'pregnant, pregnancy, abortion, contraception, contraceptive, gravida, parity, gestational, gestation, miscarriage, fertility, lmp, menstrual, ivf, obstetric',
    where: ['person', 'health'],
    never: ['reference', 'technical', 'organisation', 'aggregate'],
    unless: 'bit',
  },
]
