import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { Outcome } from "../../../cli/checks/check";
import { checkHandshake, checkNoHandshake } from "../../../cli/probe/certificate";
import { DAY_MS } from "../../../cli/time";
import { handshake, type Handshake } from "../../../cli/probe/tls";
import { startFirehoseEndpoint } from "../../e2e/helpers/firehose-endpoint";

/** A handshake with a certificate for localhost and 127.0.0.1, of an authority of the test. */
let good: Handshake;
let [validFrom, validTo] = [0, 0];

beforeAll(async () => {
  const endpoint = await startFirehoseEndpoint();
  const result = await handshake({ hostname: "127.0.0.1", port: endpoint.port }, "127.0.0.1", {
    authorities: endpoint.authority,
    abortSignal: new AbortController().signal,
  });
  await endpoint.stop();
  if ("failure" in result) {
    throw new Error(result.failure);
  }
  good = result;
  validFrom = Date.parse(good.certificate.validFrom);
  validTo = Date.parse(good.certificate.validTo);
});

const NOW = (): number => validTo - 50 * DAY_MS;

function check(fields: Partial<Handshake> = {}, hostname = "localhost", now = NOW()): Outcome[] {
  return checkHandshake({ ...good, ...fields }, hostname, new Date(now));
}

const about = (outcomes: readonly Outcome[], name: string): string | undefined =>
  outcomes.filter((outcome) => outcome.name === name).map(({ verdict, found }) => `${verdict}: ${found}`)[0];

const iso = (time: number): string => new Date(time).toISOString().replace("T", " ").replace(".000", "");

test("each part of a handshake is checked on its own", () => {
  expect(check().map(({ name }) => name)).toEqual(["TLS protocol", "TLS chain", "TLS name", "TLS expiry"]);
});

describe("the protocol", () => {
  test.each(["TLSv1.2", "TLSv1.3"])("%s is well", (protocol) => {
    expect(about(check({ protocol }), "TLS protocol")).toBe(`ok: ${protocol}`);
  });

  test.each(["SSLv3", "TLSv1", "TLSv1.1", ""])("%j is a problem", (protocol) => {
    expect(about(check({ protocol }), "TLS protocol")).toBe(`problem: The endpoint supports ${protocol} only.`);
  });
});

describe("the chain", () => {
  test("to an authority that Node does not know is noted", () => {
    expect(about(check(), "TLS chain")).toBe(
      'note: issued by "Test Root", authority "Test Root": this machine trusts it, but it is not one of Node\'s public authorities.',
    );
  });

  test("to a public authority is well", () => {
    const root = new X509Certificate(rootCertificates[0] ?? "");
    expect(about(check({ root }), "TLS chain")).toMatch(/^ok: issued by "Test Root", authority ".+"$/);
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "The certificate is self-signed"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "The chain ends at an authority that is not known"],
    ["UNABLE_TO_GET_ISSUER_CERT", "The chain ends at an authority that is not known"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "The chain ends at an authority that is not known"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "An intermediate certificate is missing, or the authority is not known"],
    ["CERT_HAS_EXPIRED", "A certificate of the chain has expired"],
    ["CERT_NOT_YET_VALID", "A certificate of the chain is not valid yet"],
    ["CERT_REVOKED", "The chain cannot be verified"],
  ])("with %s is a problem", (chainError, meaning) => {
    expect(about(check({ chainError }), "TLS chain")).toBe(
      `problem: ${meaning} (${chainError}); issued by "Test Root".`,
    );
  });

  test("is not evaluated where the certificate itself has expired: OpenSSL verified no more", () => {
    const outcomes = check({ chainError: "CERT_HAS_EXPIRED" }, "localhost", validTo);
    expect(outcomes.map(({ name }) => name)).toEqual(["TLS protocol", "TLS name", "TLS expiry"]);
  });

  test("is evaluated where an expired certificate has another fault", () => {
    const outcomes = check({ chainError: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "localhost", validTo);
    expect(about(outcomes, "TLS chain")).toMatch("problem: The certificate is self-signed");
  });
});

describe("the name", () => {
  test.each(["localhost", "127.0.0.1"])("covers %s", (hostname) => {
    expect(about(check({}, hostname), "TLS name")).toBe('ok: for "DNS:localhost, IP Address:127.0.0.1"');
  });

  test.each(["ingester.example.com", "127.0.0.2"])("does not cover %s", (hostname) => {
    expect(about(check({}, hostname), "TLS name")).toBe(
      `problem: The certificate is for "DNS:localhost, IP Address:127.0.0.1", not for ${hostname}.`,
    );
  });
});

describe("the expiry", () => {
  const expiryAt = (time: () => number): string | undefined => about(check({}, "localhost", time()), "TLS expiry");

  test("is well with 14 days left", () => {
    expect(expiryAt(() => validTo - 14 * DAY_MS)).toBe(`ok: valid for 14 days, until ${iso(validTo)}`);
  });

  test("is noted below", () => {
    expect(expiryAt(() => validTo - 14 * DAY_MS + 1)).toBe(
      `note: The certificate expires in 13 days, at ${iso(validTo)}.`,
    );
    expect(expiryAt(() => validTo - DAY_MS)).toBe(`note: The certificate expires in 1 day, at ${iso(validTo)}.`);
  });

  test("is a problem from its time on, not before", () => {
    expect(expiryAt(() => validTo - 1)).toBe(`note: The certificate expires in 0 days, at ${iso(validTo)}.`);
    expect(expiryAt(() => validTo)).toBe(`problem: The certificate expired at ${iso(validTo)}.`);
  });

  test("is a problem before the certificate is valid", () => {
    expect(expiryAt(() => validFrom - 1)).toBe(`problem: The certificate is not valid before ${iso(validFrom)}.`);
    expect(expiryAt(() => validFrom)).toMatch(/^ok/);
  });
});

describe("a failed handshake", () => {
  test("is a problem, with what failed", () => {
    expect(checkNoHandshake({ failure: "read\nECONNRESET", oldProtocol: undefined })).toEqual({
      name: "TLS",
      verdict: "problem",
      found: 'No TLS connection: "read ECONNRESET".',
      remedy: "Serve the whole chain of a certificate from a public authority that names the ingester host.",
    });
  });

  test("names the old protocol that is spoken instead", () => {
    expect(checkNoHandshake({ failure: "unsupported protocol", oldProtocol: "TLSv1.1" })).toEqual({
      name: "TLS protocol",
      verdict: "problem",
      found: "The endpoint supports TLSv1.1 only.",
      remedy: "Enable TLS 1.2 or 1.3 on the load balancer.",
    });
  });
});
