import type { Rule } from './rule.ts'

/**
 * Payment information: PHI too when it is tied to a person.
 *
 * @see phi.md section 3.2, BILL.*
 */
export const billingRules: readonly Rule[] = [
  {
    label: 'BILL.PCI',
    say: 'card number, credit card, debit card, card last, cvv, cvc, card expiry, card expiration, card holder, card token, card pan',
    never: ['reference', 'technical'],
    unless: 'insurance member id medical health',
  },
  {
    label: 'BILL.BANK',
    say: 'iban, bank routing, routing number, swift, bic, bank account, sort code, aba number',
    where: ['person', 'billing'],
    never: ['reference', 'technical'],
  },
  {
    label: 'BILL.CLAIM',
    say: 'payer coverage, healthcare coverage, insurance cost, payer cost, payer payment, payer paid',
    where: ['health'],
    never: ['reference', 'organisation', 'technical', 'aggregate', 'provider'],
  },
  {
    label: 'BILL.PLAN',
    say: 'payer name, payer, insurance, coverage plan, plan name, plan ownership, health plan, insurance plan, plan, sponsor, coverage type, plan type, insurer, carrier name, benefit package, medical coverage, drug coverage, medicare status, dual status, formulary tier, coverage month, coverage months, coverage total months, coverage count, hmo',
    where: ['health'],
    never: ['reference', 'organisation', 'technical', 'aggregate', 'provider'],
    unless: 'amount paid cost expense charge care treatment reimbursement payment adjustment',
  },
  {
    label: 'BILL.PLAN',
    as: 'end',
    say: 'coverage, cov',
    where: ['health'],
    never: ['reference', 'organisation', 'technical', 'aggregate'],
    unless: 'payer amount healthcare cost',
  },
  {
    label: 'BILL.CLAIM',
    say: 'claim, charge, paid, allowed, copay, deductible, coinsurance, reimburse, reimbursement, drg, revenue code, amount paid, cost, costs, expense, expenses, billed, payment, adjustment, payer coverage, healthcare coverage, covered, remittance, fee, dispensing fee, outstanding, denial, price, beneficiary responsibility, revenue, balance, billing',
    where: ['health'],
    never: ['reference', 'organisation', 'technical', 'aggregate', 'provider'],
    unless: 'control infusion rate dose',
  },
  {
    label: 'BILL.CLAIM',
    say: 'amount, transfer, unit, units, unit amount, method, type, status, modifier amount',
    where: ['billing'],
    never: ['reference', 'organisation', 'technical', 'aggregate', 'provider'],
    unless: 'diagnosis procedure date place currency',
  },
]
