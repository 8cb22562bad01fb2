import { STREAM } from "../hcl/stream";
import { ID, type PolicyId } from "../ids";
import type { FoundRow } from "../row";

/** A stream to a host. */
const host = (name: string, value: string, found: readonly PolicyId[] = [ID.reachableHost]): FoundRow => ({
  name,
  found,
  edits: [[STREAM.url, `"https://${value}/ingester/kinesis/logs"`]],
});

const HOSTS: readonly FoundRow[] = [
  host("a private address, 10.0.0.0/8", "10.1.2.3"),
  host("a private address, 172.16.0.0/12", "172.20.0.10"),
  host("a private address, 192.168.0.0/16", "192.168.1.20"),
  host("a shared address, 100.64.0.0/10", "100.64.3.4"),
  host("a link-local address", "169.254.10.20"),
  host("localhost", "localhost"),
  host("a host of a single label", "kfuse"),
  host("a service of the cluster", "ingester.kfuse.svc.cluster.local"),
  host("a name of the VPC", "ip-10-0-1-5.ec2.internal"),
  { ...host("another port", "kfuse.example.com:8443", [ID.https]) },
  { ...host("a placeholder", "<KLOUDFUSE_HOST>", [ID.https]), also: [ID.reachableHost] },
];

const RECOGNITION: readonly FoundRow[] = [
  {
    name: "the path in upper case",
    found: [ID.path],
    edits: [[STREAM.url, '"https://kfuse.example.com/INGESTER/KINESIS/LOGS"']],
  },
  {
    name: "a typo in the path",
    found: [ID.path],
    edits: [[STREAM.url, '"https://kfuse.example.com/ingestor/kinesis/logs"']],
  },
  {
    name: "a slash behind the path",
    found: [ID.path],
    edits: [[STREAM.url, '"https://kfuse.example.com/ingester/kinesis/logs/"']],
  },
  {
    name: "nothing but the path is Kloudfuse's",
    found: [ID.prefix],
    // The permissions of the base are for the documented prefix, and for a stream of another name.
    also: [ID.backUp, ID.putRecords, ID.signal],
    edits: [
      [STREAM.prefix, 'prefix             = "failed/"'],
      [STREAM.endpointName, '    name               = "telemetry"'],
      [STREAM.name, '  name        = "telemetry"'],
    ],
  },
  {
    name: "nothing but the endpoint's name is Kloudfuse's",
    found: [ID.path, ID.prefix],
    also: [ID.backUp, ID.putRecords, ID.signal],
    edits: [
      [STREAM.url, '"https://telemetry.example.com/firehose/logs"'],
      [STREAM.prefix, 'prefix             = "failed-logs/"'],
      [STREAM.endpointName, '    name               = "Kloudfuse logs"'],
      [STREAM.name, '  name        = "telemetry-logs"'],
    ],
  },
  {
    name: "nothing but the prefix is Kloudfuse's",
    found: [ID.path],
    also: [ID.putRecords, ID.signal],
    edits: [
      [STREAM.url, '"https://telemetry.example.com/logs"'],
      [STREAM.endpointName, '    name               = "telemetry"'],
      [STREAM.name, '  name        = "telemetry"'],
    ],
  },
  {
    name: "nothing but the stream's name is Kloudfuse's, in upper case",
    found: [ID.path, ID.prefix],
    also: [ID.backUp, ID.putRecords, ID.signal],
    edits: [
      [STREAM.url, '"https://telemetry.example.com/logs"'],
      [STREAM.prefix, 'prefix             = "failed/"'],
      [STREAM.endpointName, '    name               = "telemetry"'],
      [STREAM.name, '  name        = "Kloudfuse-Logs"'],
    ],
  },
  {
    name: "logs to the path of metrics",
    found: [ID.signal],
    also: [ID.path, ID.prefix],
    edits: [[STREAM.url, '"https://kfuse.example.com/ingester/kinesis/metrics"']],
  },
  {
    name: "logs under the prefix of metrics",
    found: [ID.signal],
    also: [ID.path, ID.prefix, ID.backUp],
    edits: [[STREAM.prefix, 'prefix             = "kloudfuse-metrics-failures/"']],
  },
  {
    name: "path and prefix of metrics, names of logs",
    found: [ID.signal],
    also: [ID.path, ID.prefix, ID.backUp],
    edits: [
      [STREAM.url, '"https://kfuse.example.com/ingester/kinesis/metrics"'],
      [STREAM.prefix, 'prefix             = "kloudfuse-metrics-failures/"'],
    ],
  },
];

/** Streams to a host that Firehose cannot reach, and streams of which only some parts are Kloudfuse's. */
export const ENDPOINT_FOUND: readonly FoundRow[] = [...HOSTS, ...RECOGNITION];
