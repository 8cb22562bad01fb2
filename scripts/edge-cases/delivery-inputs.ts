import { type EdgeCases, map, numbers, repeat, shownAs, texts } from "./edge-case";

const HOST_ADVICE = "Use the host name only, such as kfuse.example.com; Firehose delivers to port 443.";
const LABEL = repeat("a", 63);

const streamName = {
  accepted: ["s", "Kloudfuse_metrics.2-a", repeat("s", 64)],
  rejected: texts(
    "be 1 to 64 of the characters a-z A-Z 0-9 _ . -",
    "Choose another name, unique among the Firehose streams of the account and region.",
    ["", repeat("s", 65), "my stream", "my/stream", "strömung", "stream\n"],
  ),
};

const bufferingSize = {
  accepted: [1, 64],
  rejected: numbers(
    "be a whole number from 1 to 64",
    "Firehose accepts no other buffering size for an HTTP endpoint.",
    [0, 65, 4.5],
  ),
};

const bufferingInterval = {
  accepted: [15, 900],
  rejected: numbers(
    "be a whole number from 15 to 900",
    "Shorter intervals cause more requests to the ingester, longer ones delay the data.",
    [14, 901, 15.5],
  ),
};

const KEY_ADVICE = "Check that the whole key was copied and nothing else, or use a Secrets Manager secret.";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";
const SECRET_ADVICE = "Use the secret's full ARN, as Secrets Manager shows it.";

const ATTRIBUTES_ADVICE = "Shorten, rename or remove these attributes.";

const ROLE = "arn:aws:iam::123456789012:role/";
const ROLE_ADVICE = "Use a role that firehose.amazonaws.com may assume, such as the role_arn output of another region.";

const roleArn = (advice: string): Pick<EdgeCases, "accepted" | "rejected"> => ({
  accepted: [
    `${ROLE}r`,
    `${ROLE}team/sub/Role_+=,.@-1`,
    `${ROLE}${repeat("r", 64)}`,
    "arn:aws-cn:iam::123456789012:role/r",
    "arn:aws-us-gov:iam::123456789012:role/r",
    `${ROLE}${repeat("p", 512 - ROLE.length - 2)}/r`,
  ],
  rejected: [
    ...texts("be the ARN of an IAM role", advice, [
      "",
      "KloudfuseFirehoseRole",
      ROLE,
      "arn:aws:iam::123456789012:user/alice",
      "arn:aws:iam::123456789012:policy/kloudfuse",
      "arn:aws:iam::123456789012:instance-profile/kloudfuse",
      "arn:aws:sts::123456789012:assumed-role/kloudfuse/session",
      "arn:aws:iam::12345678901:role/r",
      "arn:aws:iam::1234567890123:role/r",
      "arn:azure:iam::123456789012:role/r",
      `${ROLE}team/`,
      `${ROLE}two words`,
      `${ROLE}${repeat("r", 65)}`,
    ]),
    ...shownAs("have at most 512 characters", advice, "513 characters", [
      `${ROLE}${repeat("p", 513 - ROLE.length - 2)}/r`,
    ]),
  ],
});

const roleName = {
  accepted: ["r", "Role_+=,.@-1", repeat("r", 64)],
  rejected: texts(
    "be 1 to 64 of the characters a-z A-Z 0-9 _ + = , . @ -",
    "Choose another name, unique among the account's roles.",
    ["", repeat("r", 65), "two words", "team/role", "rölle"],
  ),
};

const PATH_ADVICE = "Use / or a path such as /observability/.";

const POLICY = "arn:aws:iam::123456789012:policy/";
const POLICY_ADVICE = "Use the ARN of a managed policy.";

const BACKUP_PREFIX_ADVICE = "Use a prefix such as eu-west-1/.";

const BUCKET_NAME_ADVICE = "Choose another name, unique in all of AWS.";

const KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/";
const KMS_KEY_ADVICE = "Use the ARN of the key itself: arn:aws:kms:<region>:<account>:key/<id>.";

const TAGS_ADVICE = "Shorten, rename or remove tags.";

/** The edges of the inputs of role, bucket and streams. */
export const DELIVERY_EDGES: readonly EdgeCases[] = [
  {
    input: "kloudfuseIngesterHost",
    accepted: [
      "0.0.0.0",
      "255.255.255.255",
      "k",
      "KFuse-1.Example.com",
      "1.2.3.example.com",
      "xn--kfse-0ra.example.com",
      `${LABEL}.com`,
      `${LABEL}.${LABEL}.${LABEL}.${repeat("a", 61)}`,
    ],
    rejected: [
      ...texts("be a DNS name or an IPv4 address, without scheme, port, path or placeholder", HOST_ADVICE, [
        "",
        "256.1.1.1",
        "1.1.1.256",
        "1.2.3",
        "01.2.3.4",
        "::1",
        "https://kfuse.example.com",
        "kfuse.example.com:443",
        "kfuse.example.com/ingester",
        "<kloudfuse-ingester-host>",
        "kfuse .example.com",
        " kfuse.example.com",
        "kfuse.example.com\n",
        "kfuse.example.com.",
        ".kfuse.example.com",
        "kfuse..example.com",
        "-kfuse.example.com",
        "kfuse-.example.com",
        "kfuse_1.example.com",
        "kfüse.example.com",
        "user@kfuse.example.com",
        `${LABEL}a.com`,
        `kfuse.${LABEL}a`,
      ]),
      ...shownAs("have at most 253 characters", HOST_ADVICE, "254 characters", [
        `${LABEL}.${LABEL}.${LABEL}.${repeat("a", 62)}`,
      ]),
    ],
  },
  { input: "metricsStreamName", ...streamName },
  { input: "logsStreamName", ...streamName },
  { input: "bufferingSizeMb", ...bufferingSize },
  { input: "bufferingIntervalSeconds", ...bufferingInterval },
  { input: "metricsBufferingSizeMb", ...bufferingSize },
  { input: "metricsBufferingIntervalSeconds", ...bufferingInterval },
  { input: "logsBufferingSizeMb", ...bufferingSize },
  { input: "logsBufferingIntervalSeconds", ...bufferingInterval },
  {
    input: "retryDurationSeconds",
    accepted: [0, 7200],
    rejected: numbers(
      "be a whole number from 0 to 7200",
      "0 writes to the backup bucket after the first failure.",
      [-1, 7201, 0.5],
    ),
  },
  {
    input: "accessKey",
    terraformOnly: true,
    accepted: ["k", repeat("k", 4096), repeat("ü", 2048)],
    rejected: [
      ...shownAs("have 1 to 4096 bytes", KEY_ADVICE, "a value that is not shown", [
        "",
        repeat("k", 4097),
        `${repeat("ü", 2048)}k`,
      ]),
      ...shownAs("have no white space", KEY_ADVICE, "a value that is not shown", [
        "two words",
        "two\twords",
        "line\n",
        "\r\nline",
        "two\u00a0words",
      ]),
    ],
  },
  {
    input: "accessKeySecretArn",
    accepted: [
      `${SECRET}kloudfuse-AbCdEf`,
      `${SECRET}team/kloudfuse_key+=.@!-AbCdEf`,
      "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:kloudfuse-AbCdEf",
      "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:kloudfuse-AbCdEf",
      `${SECRET}${repeat("s", 2048 - SECRET.length - 7)}-AbCdEf`,
    ],
    rejected: [
      ...shownAs(
        "be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf",
        SECRET_ADVICE,
        "a value that is not shown",
        ["kloudfuse", ` ${SECRET}kloudfuse-AbCdEf`],
      ),
      ...texts("be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf", SECRET_ADVICE, [
        "",
        SECRET,
        "arn:aws:ssm:eu-west-1:123456789012:parameter/kloudfuse",
        "arn:aws:secretsmanager:eu-west-1:12345678901:secret:kloudfuse-AbCdEf",
        "arn:aws:secretsmanager::123456789012:secret:kloudfuse-AbCdEf",
        "arn:azure:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf",
        `${SECRET}kloudfuse AbCdEf`,
        `${SECRET}kloudfuse`,
        `${SECRET}kloudfuse-`,
        `${SECRET}kloudfuse-AbCdE`,
        `${SECRET}kloudfuse-AbCdEfG`,
        `${SECRET}kloudfuse/AbCdEf`,
        `${SECRET}kloudfuse-AbC_Ef`,
      ]),
      ...shownAs("have at most 2048 characters", SECRET_ADVICE, "2049 characters", [
        `${SECRET}${repeat("s", 2049 - SECRET.length - 7)}-AbCdEf`,
      ]),
    ],
  },
  {
    input: "commonAttributes",
    accepted: [
      {},
      map(50),
      { n: "" },
      { [repeat("n", 256)]: "value" },
      { name: repeat("v", 1024) },
      { [repeat("ü", 256)]: repeat("😀", 1024) },
    ],
    rejected: [
      ...shownAs("have at most 50 entries", ATTRIBUTES_ADVICE, "51 entries", [map(51)]),
      ...shownAs({ item: "name", text: "not be blank" }, ATTRIBUTES_ADVICE, '""', [{ "": "value", name: "value" }]),
      ...shownAs({ item: "name", text: "not be blank" }, ATTRIBUTES_ADVICE, '" \t"', [
        { " \t": "value", name: "value" },
      ]),
      ...shownAs({ item: "name", text: "have at most 256 characters" }, ATTRIBUTES_ADVICE, `"${repeat("n", 257)}"`, [
        { [repeat("n", 257)]: "value", name: "value" },
      ]),
      ...shownAs(
        { item: "value", text: "have at most 1024 characters" },
        ATTRIBUTES_ADVICE,
        'an invalid value of "a", "b"',
        [{ b: repeat("v", 1025), a: repeat("😀", 1025), c: "value" }],
      ),
    ],
  },
  { input: "roleArn", with: { createRole: false }, ...roleArn(ROLE_ADVICE) },
  {
    input: "metricStreamRoleArn",
    with: { createMetricStreamRole: false },
    ...roleArn("Use a role that streams.metrics.cloudwatch.amazonaws.com may assume."),
  },
  { input: "roleName", ...roleName },
  { input: "metricStreamRoleName", ...roleName },
  {
    input: "rolePath",
    accepted: ["/", "/a/", "/team/sub/", "/!~/", `/${repeat("p", 510)}/`],
    rejected: [
      ...texts("begin and end with / and contain only printable ASCII characters without spaces", PATH_ADVICE, [
        "",
        "a",
        "a/",
        "/a",
        "//",
        "/two words/",
        "/rölle/",
      ]),
      ...shownAs("have at most 512 characters", PATH_ADVICE, "513 characters", [`/${repeat("p", 511)}/`]),
    ],
  },
  {
    input: "permissionsBoundaryArn",
    accepted: [
      `${POLICY}boundary`,
      `${POLICY}team/boundary`,
      "arn:aws:iam::aws:policy/PowerUserAccess",
      "arn:aws-cn:iam::123456789012:policy/boundary",
      "arn:aws-us-gov:iam::aws:policy/PowerUserAccess",
      `${POLICY}${repeat("p", 2048 - POLICY.length)}`,
    ],
    rejected: [
      ...texts("be the ARN of an IAM policy", POLICY_ADVICE, [
        "",
        "boundary",
        POLICY,
        "arn:aws:iam::123456789012:role/boundary",
        "arn:aws:iam::12345678901:policy/boundary",
        "arn:azure:iam::123456789012:policy/boundary",
        `${POLICY}two words`,
      ]),
      ...shownAs("have at most 2048 characters", POLICY_ADVICE, "2049 characters", [
        `${POLICY}${repeat("p", 2049 - POLICY.length)}`,
      ]),
    ],
  },
  {
    input: "backupBucketArn",
    with: { createBackupBucket: false },
    accepted: [
      "arn:aws:s3:::abc",
      "arn:aws:s3:::my.old-bucket.1",
      "arn:aws-cn:s3:::my-bucket",
      "arn:aws-us-gov:s3:::my-bucket",
      `arn:aws:s3:::${repeat("b", 63)}`,
    ],
    rejected: texts(
      "be the ARN of an S3 bucket, without an object key",
      "Use the bucket's ARN, such as arn:aws:s3:::my-bucket.",
      [
        "",
        "my-bucket",
        "arn:aws:s3:::ab",
        `arn:aws:s3:::${repeat("b", 64)}`,
        "arn:aws:s3:::my-bucket/object",
        "arn:aws:s3:::my-bucket/*",
        "arn:aws:s3:::MyBucket",
        "arn:aws:s3:::-bucket",
        "arn:aws:s3:::bucket-",
        "arn:aws:s3:eu-west-1:123456789012:accesspoint/my-access-point",
        "arn:aws:sqs:eu-west-1:123456789012:my-queue",
        "arn:azure:s3:::my-bucket",
      ],
    ),
  },
  {
    input: "backupBucketName",
    accepted: ["abc", "1-2", repeat("b", 63), "my-xn--bucket", "sthree", "s3alias", "x-s3-bucket", "my-can"],
    rejected: [
      ...texts("be 3 to 63 of the characters a-z 0-9 - and begin and end with a letter or digit", BUCKET_NAME_ADVICE, [
        "",
        "ab",
        repeat("b", 64),
        "my.bucket",
        "MyBucket",
        "my_bucket",
        "-bucket",
        "bucket-",
      ]),
      ...texts("not begin with xn--, sthree- or amzn-s3-demo-, which S3 reserves", BUCKET_NAME_ADVICE, [
        "xn--bucket",
        "sthree-bucket",
        "amzn-s3-demo-bucket",
      ]),
      ...texts("not end with -s3alias, --ol-s3, --x-s3 or --table-s3, which S3 reserves", BUCKET_NAME_ADVICE, [
        "bucket-s3alias",
        "bucket--ol-s3",
        "bucket--x-s3",
        "bucket--table-s3",
      ]),
      ...texts(
        "not end with -an, which S3 reserves for account regional namespaces, and which needs a header that the AWS provider does not send",
        BUCKET_NAME_ADVICE,
        ["failed-data-123456789012-us-east-1-an", "b-an"],
      ),
    ],
  },
  {
    input: "backupPrefix",
    accepted: ["", "eu-west-1/", "a/b_c/D.1=2-/", `${repeat("p", 511)}/`],
    rejected: [
      ...texts(
        "contain only letters, digits and _ . = - between slashes, and end with / unless it is empty",
        BACKUP_PREFIX_ADVICE,
        ["/", "eu-west-1", "/eu-west-1/", "eu//west/", "eu west/", "*/", "?/", "!{timestamp:yyyy}/", "ü/", "a/\n"],
      ),
      ...texts(
        "not contain a part that consists only of dots, which tools resolve as a relative path",
        BACKUP_PREFIX_ADVICE,
        ["./", "a/../b/"],
      ),
      ...shownAs("have at most 512 characters", BACKUP_PREFIX_ADVICE, "513 characters", [`${repeat("p", 512)}/`]),
    ],
  },
  {
    input: "backupRetentionDays",
    accepted: [1, 2147483647],
    rejected: numbers(
      "be a whole number from 1 to 2147483647",
      "Allow enough time to notice and replay failed data.",
      [0, 2147483648, 1.5],
    ),
  },
  {
    input: "kmsKeyArn",
    accepted: [
      `${KMS_KEY}11111111-2222-3333-4444-555555555555`,
      `${KMS_KEY}mrk-1234567890abcdef1234567890abcdef`,
      "arn:aws-cn:kms:cn-north-1:123456789012:key/1",
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1",
      `${KMS_KEY}${repeat("1", 512 - KMS_KEY.length)}`,
    ],
    rejected: [
      ...texts("be the ARN of a KMS key, not of an alias", KMS_KEY_ADVICE, [
        "",
        "11111111-2222-3333-4444-555555555555",
        "alias/kloudfuse",
        KMS_KEY,
        "arn:aws:kms:eu-west-1:123456789012:alias/kloudfuse",
        "arn:aws:kms:eu-west-1:12345678901:key/1",
        "arn:aws:kms::123456789012:key/1",
        "arn:azure:kms:eu-west-1:123456789012:key/1",
        `${KMS_KEY}1/2`,
      ]),
      ...shownAs("have at most 512 characters", KMS_KEY_ADVICE, "513 characters", [
        `${KMS_KEY}${repeat("1", 513 - KMS_KEY.length)}`,
      ]),
    ],
  },
  {
    input: "errorLogRetentionDays",
    accepted: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    rejected: numbers(
      "be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      "CloudWatch Logs accepts no other retention.",
      [0, 2, 3654, -1, 30.5],
    ),
  },
  {
    input: "tags",
    accepted: [
      {},
      map(50),
      { Team: "", "äåö 1_.:/=+-@": "äåö 1_.:/=+-@" },
      { [repeat("n", 128)]: "value" },
      { name: repeat("ü", 256) },
      { awsome: "value", "team:aws:": "aws:value" },
    ],
    rejected: [
      ...shownAs("have at most 50 entries", TAGS_ADVICE, "51 entries", [map(51)]),
      ...shownAs({ item: "name", text: "not be empty" }, TAGS_ADVICE, '""', [{ "": "value", name: "value" }]),
      ...shownAs({ item: "name", text: "have at most 128 characters" }, TAGS_ADVICE, `"${repeat("n", 129)}"`, [
        { [repeat("n", 129)]: "value", name: "value" },
      ]),
      ...shownAs(
        { item: "name", text: "not begin with aws:, which AWS reserves" },
        TAGS_ADVICE,
        '"AWS:b", "aWs:c", "aws:a"',
        [{ "aws:a": "value", "AWS:b": "value", "aWs:c": "value", name: "value" }],
      ),
      ...shownAs(
        { item: "name", text: "contain only letters, digits, spaces and _ . : / = + - @" },
        TAGS_ADVICE,
        '"a,b", "team!"',
        [{ "team!": "value", "a,b": "value", name: "value" }],
      ),
      ...shownAs({ item: "value", text: "have at most 256 characters" }, TAGS_ADVICE, 'an invalid value of "long"', [
        { long: repeat("v", 257), name: "value" },
      ]),
      ...shownAs(
        { item: "value", text: "contain only letters, digits, spaces and _ . : / = + - @" },
        TAGS_ADVICE,
        'an invalid value of "broken"',
        [{ broken: "a\nb", name: "value" }],
      ),
      ...shownAs("have names that differ by more than their case", TAGS_ADVICE, '"Team", "other", "team"', [
        { team: "value", Team: "value", other: "value" },
      ]),
    ],
  },
];
