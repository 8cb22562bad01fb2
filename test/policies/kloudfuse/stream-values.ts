/** The settings by which a stream is recognized as one to Kloudfuse. */
export interface StreamMarks {
  readonly url?: string;
  readonly endpointName?: string;
  readonly prefix?: string;
  readonly name?: string;
  readonly destination?: string;
}

/** The values of a delivery stream in a plan. */
export const streamValues = ({
  url,
  endpointName,
  prefix,
  name,
  destination = "http_endpoint",
}: StreamMarks): Readonly<Record<string, unknown>> => ({
  name,
  destination,
  http_endpoint_configuration: [{ url, name: endpointName, s3_configuration: [{ prefix }] }],
});
