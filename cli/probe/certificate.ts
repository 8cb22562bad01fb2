import { X509Certificate } from "node:crypto";
import { checkServerIdentity, rootCertificates } from "node:tls";
import { note, ok, type Outcome, problem } from "../checks/check";
import { plural } from "../numbers";
import { DAY_MS, readableTime } from "../time";
import { quotedWithoutSecrets } from "./secrecy";
import type { Handshake, NoHandshake } from "./tls";

const MIN_VALID_DAYS = 14;
const REMEDY = "Serve the whole chain of a certificate from a public authority that names the ingester host.";

/** What OpenSSL's codes mean for the operator of the endpoint. */
const CHAIN_ERRORS = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "The certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "The chain ends at an authority that is not known"],
  ["UNABLE_TO_GET_ISSUER_CERT", "The chain ends at an authority that is not known"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "The chain ends at an authority that is not known"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "An intermediate certificate is missing, or the authority is not known"],
  ["CERT_HAS_EXPIRED", "A certificate of the chain has expired"],
  ["CERT_NOT_YET_VALID", "A certificate of the chain is not valid yet"],
]);

/** Checks protocol, chain, name and expiry, each on its own. */
export function checkHandshake(handshake: Handshake, hostname: string, now: Date): Outcome[] {
  const { protocol, chainError, certificate } = handshake;
  const [validFrom, validTo] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const isInTime = validFrom <= now.getTime() && now.getTime() < validTo;
  // OpenSSL reports one fault only: with an expired certificate the chain is not verified.
  const isChainVerified = isInTime || chainError === undefined || !/EXPIRED|NOT_YET_VALID/.test(chainError);
  return [
    checkProtocol(protocol),
    ...(isChainVerified ? [checkChain(handshake)] : []),
    checkName(certificate, hostname),
    checkExpiry(validFrom, validTo, now.getTime()),
  ];
}

/** The check of a failed handshake. */
export function checkNoHandshake({ failure, oldProtocol }: NoHandshake): Outcome {
  return oldProtocol === undefined
    ? problem("TLS", `No TLS connection: ${quotedWithoutSecrets(failure, [])}.`, REMEDY)
    : checkProtocol(oldProtocol);
}

function checkProtocol(protocol: string): Outcome {
  return ["TLSv1.2", "TLSv1.3"].includes(protocol)
    ? ok("TLS protocol", protocol)
    : problem("TLS protocol", `The endpoint supports ${protocol} only.`, "Enable TLS 1.2 or 1.3 on the load balancer.");
}

function checkChain({ chainError, certificate, root }: Handshake): Outcome {
  const issuer = `issued by ${quotedWithoutSecrets(commonName(certificate.issuer), [])}`;
  if (chainError !== undefined) {
    const meaning = CHAIN_ERRORS.get(chainError) ?? "The chain cannot be verified";
    return problem("TLS chain", `${meaning} (${chainError}); ${issuer}.`, REMEDY);
  }
  const authority = quotedWithoutSecrets(commonName(root.subject), []);
  return publicAuthorities().has(root.fingerprint256)
    ? ok("TLS chain", `${issuer}, authority ${authority}`)
    : note(
        "TLS chain",
        `${issuer}, authority ${authority}: this machine trusts it, but it is not one of Node's public authorities.`,
        "Firehose trusts public authorities only: run the command without NODE_EXTRA_CA_CERTS, and outside of a proxy that inspects TLS.",
      );
}

function checkName(certificate: X509Certificate, hostname: string): Outcome {
  const names = quotedWithoutSecrets(certificate.subjectAltName ?? commonName(certificate.subject), []);
  return checkServerIdentity(hostname, certificate.toLegacyObject()) === undefined
    ? ok("TLS name", `for ${names}`)
    : problem("TLS name", `The certificate is for ${names}, not for ${hostname}.`, REMEDY);
}

function checkExpiry(validFrom: number, validTo: number, now: number): Outcome {
  const days = Math.floor((validTo - now) / DAY_MS);
  if (now < validFrom) {
    return problem("TLS expiry", `The certificate is not valid before ${readableTime(validFrom)}.`, REMEDY);
  }
  if (now >= validTo) {
    return problem("TLS expiry", `The certificate expired at ${readableTime(validTo)}.`, "Renew the certificate.");
  }
  return days < MIN_VALID_DAYS
    ? note(
        "TLS expiry",
        `The certificate expires in ${plural(days, "day")}, at ${readableTime(validTo)}.`,
        "Renew the certificate.",
      )
    : ok("TLS expiry", `valid for ${plural(days, "day")}, until ${readableTime(validTo)}`);
}

const publicAuthorities = (): Set<string> =>
  new Set(rootCertificates.map((pem) => new X509Certificate(pem).fingerprint256));

/** The common name of a distinguished name, else the whole of it. */
const commonName = (distinguishedName: string): string =>
  /^CN=(.*)$/m.exec(distinguishedName)?.[1] ?? distinguishedName;
