import type { Detector } from './marker.ts'
import type { Place, Special } from './place.ts'
import type { Reading } from './detectors.ts'
import { payload, placeOf, text } from './place.ts'

/*
 * Members of AWS requests, responses and events, by their names in lower case: services spell one
 * member in several ways, at any depth, once as a value, once as a list, once within `items`. What no
 * line names is free text.
 */

const nameMembers =
  'arnPrefix accountId awsAccountId awsRegion region regionName id ids type state status source ' +
  'eventId requestId keyId kmsKeyId kmsKey targetKeyId masterKeyId kmsMasterKeyId s3SseKmsKeyId ' +
  'awsKmsKey sseAwsKmsKeyId dataVolumeKmsKeyId replicaKmsKeyId logEncryptionKmsKeyId ' +
  'bucketName bucket s3Bucket s3BucketName outputBucketName targetBucket s3BucketSource host ' +
  'streamName streamId deliveryStreamName channelName consumerName shardId shardIterator sequencer ' +
  'databaseName database databases dbName schema schemaName table tables tableName tablesToDelete ' +
  'sourceDatabaseName sourceTableName targetDatabaseName targetTableName newTableName name names ' +
  'dataTableName dataTableColumns columnName columnNames excludedColumnNames attributeName ' +
  'attributesToGet projectionExpression expressionAttributeNames indexName index topic topicName ' +
  'topics queues queueUrl queueName functionName uuid ruleName rule eventBusName workGroup ' +
  'workgroupName namespaceName namespace catalog catalogId catalogName collectionName ' +
  'clusterIdentifier clusterId cluster clusterName dbClusterIdentifier dbInstanceIdentifier ' +
  'snapshotIdentifier dbSnapshotIdentifier dbSubnetGroupName parameterGroupName parameterName ' +
  'parameterKey roleName policyName groupName instanceId instanceIds groupId groupIds vpcId ' +
  'subnetId subnetIds subnets securityGroups securityGroupIds vpcSecurityGroupIds ' +
  'vpcSecurityGroupId networkInterfaceId volumeId snapshotId imageId gatewayId routeTableId ' +
  'jobFlowId jobFlowIds stepId stepIds applicationId jobRunId jobId jobName crawlerName taskId ' +
  'executionId queryExecutionId queryId statementId virtualClusterId endpointIdentifier ' +
  'replicationTaskIdentifier trainingJobName processingJobName transformJobName modelName ' +
  'featureGroupName featureName channelIdentifier dataSetId dataSourceId physicalTableId ' +
  'exportOnly valuesToAdd releaseLabel classification trailName serverName credentialId ' +
  'principalOrgId cidrIp cidrIpv4 cidrIpv6 ipProtocol imageUri clientToken clientRequestToken ' +
  'nextToken continuationToken etag versionId version-id uploadId serviceName secretId ' +
  'actionOnFailure resourceType changedTables typeOfChange x-amz-request-id x-amz-id-2 ' +
  'certificateId sslProtocol tlsVersion clusterJdbcUrl cipherSuite xmlns'

const actorMembers =
  'userName user userId principal principalArn principalId requester createdBy lastModifiedBy ' +
  'dbUser dbUsers masterUsername roleSessionName sourceIdentity sessionName assumedRoleId ' +
  'lakeFormationPrincipal lakeFormationRoleSessionName dataLakePrincipalIdentifier ' +
  'granteePrincipal retiringPrincipal x-amz-onBehalfOf executionArn owner invokedBy'

const statementMembers =
  'sql sqls queryString queryStatement query sqlQuery statement statements viewOriginalText ' +
  'viewExpandedText filterExpression selectStatement queryText rawQuery originalSql'

const locationMembers =
  'location locationUri s3Uri s3OutputPath outputLocation path paths logUri scriptLocation ' +
  'modelDataUrl outputS3Uri s3Path destinationS3Uri uri targetDir sourceUri mediaFileUri jar ' +
  'metadata_location homeDirectory'

const prefixMembers =
  's3KeyPrefix s3Prefix bucketFolder targetPrefix errorOutputPrefix subdirectory outputKeyTemplate'

const payloadMembers =
  'userData keyMaterial secretString secretBinary clientContext zipFile privateKeyPlaintext plaintext ' +
  'ciphertextBlob presignedUrl signedUrl attributeValueList executionParameters tokenCode hostKey'

/** By member: what its marker says, wherever the name alone does not. */
const secretMembers: Readonly<Record<string, Detector>> = {
  'x-amz-signature': 'uri-signature',
  'x-amz-credential': 'credential',
  'x-amz-security-token': 'aws-session-token',
  'x-amz-server-side-encryption-customer-key': 'secret',
  'x-amz-copy-source-server-side-encryption-customer-key': 'secret',
  tokenvalue: 'token',
  samlassertion: 'token',
}

const nameEndings: readonly (readonly [RegExp, Reading | Special])[] = [
  [/arns?$/, 'arn'],
  [
    /(?:bucket|table|stream|database|cluster|schema|column|topic|index|queue|function|rule|job|group|role|policy|domain|broker|trail|server|volume|instance|endpoint|configuration|account|key)[-_]?(?:name|identifier|id)s?$/,
    'name',
  ],
]

/** The kinds of an attribute's value in DynamoDB, of which each goes. */
const attributeKinds = 'S N B SS NS BS M L BOOL NULL'.split(' ')
const attribute: Place = {
  ...payload,
  fields: new Map(attributeKinds.map((kind) => [kind, payload])),
}
/** Attributes by name, in clear or with their kind, or a list of such: the names stay. */
export const attributes: Place = {
  ...payload,
  named: attribute,
  items: { ...payload, named: attribute },
}

/** A place whose members are looked up by the table, at any depth. */
type Ring = { -readonly [Key in keyof Place]: Place[Key] }
export type Read = (reading: Reading | Special, detector?: Detector) => Place

/** Maps and lists of pairs: what keys say there is anybody's word, and no member of a service. */
const maps =
  'tags tag tagSet tagList tagging lfTags lfTag tagValues arguments defaultArguments ' +
  'nonOverridableArguments hyperParameters propertyMap properties clientProperties labels metadata'

/** A context is anybody's words too, but for the resources that services name there. */
const encryptionContext: Place = {
  ...text,
  fields: new Map(
    'aws:dynamodb:tableName aws:ebs:id aws:rds:db-id aws:rds:dbc-id aws:redshift:createtime'
      .split(' ')
      .map((key): [string, Place] => [key.toLowerCase(), { ...text, reading: 'name' }]),
  ),
  isFolded: true,
  endings: [[/arn$/, { ...text, reading: 'arn' }]],
}

/**
 * All that lies in a request or response of a service: its own members, then those that mean the same
 * in every service.
 */
export function service(
  ownOf: (read: Read) => Readonly<Record<string, Place>> = () => ({}),
): Place {
  return ring((read) => ({
    ...each(nameMembers, read('name')),
    ...each(actorMembers, read('actor')),
    ...each(statementMembers, read('statement')),
    ...each(locationMembers, read('location')),
    ...each(prefixMembers, read('prefix')),
    ...each(maps, text),
    ...goneMembers(read),
    accessKeyId: read('token'),
    encryptionContext,
    encryptionContextSubset: encryptionContext,
    encryptionContextEquals: encryptionContext,
    // A list of them holds secrets, and names of them.
    credentials: read('text'),
    ...ownOf(read),
  }))
}

/** A shape that nothing is known of: looked through everywhere, and rid of what is data by its name. */
export const anything: Place = ring(goneMembers, [])

function goneMembers(read: Read): Readonly<Record<string, Place>> {
  const secrets = Object.entries(secretMembers)
  return {
    ...each(payloadMembers, payload),
    ...Object.fromEntries(secrets.map(([key, detector]) => [key, read('payload', detector)])),
    newImage: attributes,
    oldImage: attributes,
    expressionAttributeValues: attributes,
  }
}

/** All these members, which stand in one text, at one place. */
export function each(members: string, place: Place): Readonly<Record<string, Place>> {
  return Object.fromEntries(members.split(' ').map((key) => [key, place]))
}

function ring(
  fieldsOf: (read: Read) => Readonly<Record<string, Place>>,
  endingsOf: readonly (readonly [RegExp, Reading | Special])[] = nameEndings,
): Place {
  const fields = new Map<string, Place>()
  const endings: (readonly [RegExp, Place])[] = []
  const whole: Ring = placeOf({ reading: 'text', fields, isFolded: true, endings })
  Object.assign(whole, { others: whole, items: whole, embedded: whole })
  const read: Read = (reading, detector) => {
    const place: Ring = { ...whole, reading }
    if (detector !== undefined) place.detector = detector
    place.items = place
    return place
  }
  for (const [pattern, reading] of endingsOf) endings.push([pattern, read(reading)])
  for (const [key, place] of Object.entries(fieldsOf(read))) fields.set(key.toLowerCase(), place)
  return whole
}
