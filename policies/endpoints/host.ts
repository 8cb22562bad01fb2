import type { Planned } from "../plan";

/** The host of a URL in lower case, without user info and port; undefined where there is none or it is not known. */
export function hostOf(url: Planned<string | undefined>): string | undefined {
  const host = typeof url === "string" ? /^[a-z]+:\/\/(?:[^/]*@)?([^/:?#]*)/i.exec(url)?.[1] : undefined;
  return host === "" ? undefined : host?.toLowerCase();
}
