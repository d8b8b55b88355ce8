import { describe, expect, it } from 'vitest'
import { principalWords } from '../../src/model/index.ts'

describe('a principal', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/service-role/Loader', 'ROLE', 'Loader'],
    ['arn:aws-us-gov:iam::111122223333:role/Loader', 'ROLE', 'Loader'],
    ['arn:aws:iam::111122223333:user/staff/ann', 'USER', 'ann'],
    ['arn:aws:iam::111122223333:user/ann/federated-user/bob', 'FEDERATED_USER', 'bob'],
    ['arn:aws:iam::111122223333:root', 'ROOT', 'root'],
    ['service:glue.amazonaws.com', 'SERVICE', 'glue.amazonaws.com'],
    ['account:111122223333:AROAEXAMPLE', 'ACCOUNT', '111122223333:AROAEXAMPLE'],
    ['anonymous', 'ANONYMOUS', 'anonymous'],
    ['identitycenter:94482488-3041', 'PERSON', '94482488-3041'],
    ['sourceidentity:ann@clinic.example', 'PERSON', 'ann@clinic.example'],
    ['federated:accounts.google.com/ann', 'FEDERATED_USER', 'ann'],
    ['redshift://dwh.eu-west-1:5439/user/etl', 'DATABASE_USER', 'etl'],
    ['host:spark-7', 'HOST', 'spark-7'],
    ['whatever\nit is', 'PRINCIPAL', 'whatever\nit is'],
    ['', 'PRINCIPAL', ''],
  ])('%s is told by its form', (id, kind, name) => {
    expect(principalWords(id)).toEqual({ kind, name })
  })
})
