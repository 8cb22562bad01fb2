import { type AwsAnswer, answerOf, type AwsCall } from "./fault-proxy";
import { Json } from "./json";

const isJsonCall = ({ headers }: AwsCall): boolean => headers["x-amz-target"] !== undefined;

/** The parameters of a call in AWS JSON 1.0 or 1.1 or in the query protocol. */
export function parametersOf(call: AwsCall): Json {
  const text = call.body.toString();
  return isJsonCall(call) ? Json.parse(text === "" ? "{}" : text) : new Json(fromQuery(new URLSearchParams(text)));
}

/** An answer in the protocol of the call; times are dates. */
export function answer(call: AwsCall, result: object): AwsAnswer {
  if (isJsonCall(call)) {
    const body = JSON.stringify(result, (_key, value: unknown) => value, 0);
    return answerOf(200, call.headers["content-type"] ?? "application/x-amz-json-1.1", withEpochSeconds(body));
  }
  const { action } = call;
  const content = `<${action}Result>${toXml(result)}</${action}Result>`;
  const metadata = "<ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata>";
  const namespace = "http://monitoring.amazonaws.com/doc/2010-08-01/";
  return answerOf(200, "text/xml", `<${action}Response xmlns="${namespace}">${content}${metadata}</${action}Response>`);
}

/** JSON 1.0 and 1.1 write a time as seconds since 1970. */
const withEpochSeconds = (json: string): string =>
  json.replace(/"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g, (_text, time: string) => String(new Date(time).getTime() / 1000));

/** `Filters.member.1.Namespace=x` as nested objects and lists. */
function fromQuery(form: URLSearchParams): unknown {
  const root = new Map<string, unknown>();
  for (const [name, value] of form) {
    const path = name.split(".").filter((part) => part !== "member");
    const parent = path.slice(0, -1).reduce<Map<string, unknown>>((map, part) => {
      const existing = map.get(part);
      const child = existing instanceof Map ? new Map<string, unknown>(existing) : new Map<string, unknown>();
      map.set(part, child);
      return child;
    }, root);
    parent.set(path.at(-1) ?? name, value);
  }
  return plain(root);
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) {
    return value;
  }
  const entries = [...value].map(([key, entry]): [string, unknown] => [String(key), plain(entry)]);
  return entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))
    ? entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, entry]) => entry)
    : Object.fromEntries(entries);
}

function toXml(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map((entry) => `<member>${toXml(entry)}</member>`).join("");
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, entry]) => `<${name}>${toXml(entry)}</${name}>`)
      .join("");
  }
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
