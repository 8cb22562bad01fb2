import { asString } from "../../iam/json";
import { type SignalName, SIGNAL_NAMES, SIGNALS } from "../../modules/signals";
import { isDocumentedPrefix } from "../documented";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import { typoIn } from "../typo";
import { BACKUP, HTTP } from "./paths";

/** One of the settings by which a stream to Kloudfuse is recognized. */
export interface Mark {
  readonly path: string;
  readonly value: Planned<string | undefined>;
  /** Whether the value alone shows that the stream delivers to Kloudfuse; not case-sensitive. */
  readonly isKloudfuse: boolean;
  /** Whether the value is as documented; if only other marks are, it is likely a typo. */
  readonly isDocumented: boolean;
  /** The signal that the value names. */
  readonly signal: SignalName | undefined;
}

/** The settings that show whether a stream delivers to Kloudfuse. */
export interface Marks {
  readonly url: Mark;
  readonly endpointName: Mark;
  readonly prefix: Mark;
  readonly name: Mark;
}

/** Matches the path of the documented endpoint, and likely typos of it. */
const ENDPOINT = /\/ingest[a-z]+\/|\/kinesis\/(metrics|logs)\/?$|kloudfuse|kfuse/i;
const NAME = /kloudfuse|kfuse/i;

const hasName = (text: string): boolean => NAME.test(text) || typoIn(text)?.word === "kloudfuse";
const isEndpoint = (url: string): boolean => ENDPOINT.test(url) || hasName(url);

/** Reads the marks of a delivery stream. */
export function marksOf(resource: PlannedResource): Marks {
  const endsLike = (value: string): boolean =>
    SIGNAL_NAMES.some((name) => value.replace(/^[a-z]+:\/\/[^/]*/i, "") === SIGNALS[name].endpointPath);
  const hasPrefix = (value: string): boolean =>
    SIGNAL_NAMES.some((name) => isDocumentedPrefix(value, SIGNALS[name].failurePrefix));
  const isNamed = (value: string): boolean => value.startsWith("kloudfuse-");
  return {
    url: mark(resource, `${HTTP}.url`, isEndpoint, endsLike),
    endpointName: mark(resource, `${HTTP}.name`, hasName, isNamed),
    prefix: mark(resource, `${BACKUP}.prefix`, hasName, hasPrefix),
    name: mark(resource, "name", hasName, isNamed),
  };
}

function mark(
  resource: PlannedResource,
  path: string,
  marks: (value: string) => boolean,
  isDocumented: (value: string) => boolean,
): Mark {
  const value = resource.text(path);
  const text = asString(value) ?? "";
  return {
    path,
    value,
    isKloudfuse: marks(text),
    isDocumented: isDocumented(text),
    signal: signalIn(text),
  };
}

/** The signal that a text names; undefined where it names both or none. */
export function signalIn(text: string): SignalName | undefined {
  const [name, ...others] = SIGNAL_NAMES.filter((signal) => text.toLowerCase().includes(signal));
  return others.length === 0 ? name : undefined;
}

/** Whether a stream delivers to Kloudfuse. */
export type Recognition = "certain" | "possible" | "no";

/**
 * Recognizes a delivery stream to Kloudfuse by any mark. If the URL is not known before the apply, also by its address and
 * by the names of its role and bucket.
 *
 * @param linkedNames names and addresses of the resources that the stream is linked to
 */
export function recognize(resource: PlannedResource, marks: Marks, linkedNames: readonly string[]): Recognition {
  const destination = resource.get("destination");
  if (destination !== "http_endpoint" && destination !== UNKNOWN) {
    return "no";
  }
  if (Object.values(marks).some(({ isKloudfuse }: Mark) => isKloudfuse)) {
    return "certain";
  }
  if (marks.url.value !== UNKNOWN) {
    return "no";
  }
  return [resource.address, ...linkedNames].some((text) => NAME.test(text)) ? "certain" : "possible";
}
