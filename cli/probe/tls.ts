import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect, type ConnectionOptions, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import { UndeterminedError } from "../exit-codes";
import { withTimeout } from "./deadline";
import type { Endpoint } from "./endpoint";
import { failureIn } from "./failure";
import type { ProbeContext } from "./options";

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The protocol and the certificates that the endpoint presented. */
export interface Handshake {
  /** `TLSv1.3`, … */
  readonly protocol: string;
  /** OpenSSL's code of what is wrong with the chain; undefined when it leads to a known authority. */
  readonly chainError: string | undefined;
  readonly certificate: X509Certificate;
  /** The last certificate of the chain: the authority's own, if the chain is complete. */
  readonly root: X509Certificate;
}

/** Why there was no handshake. */
export interface NoHandshake {
  readonly failure: string;
  /** The protocol that the endpoint supports if an old one is offered. */
  readonly oldProtocol: string | undefined;
}

/**
 * Opens a TLS connection, whatever certificate is presented.
 *
 * @throws UndeterminedError when the command is interrupted
 */
export async function handshake(
  endpoint: Endpoint,
  address: string,
  { authorities, abortSignal }: Pick<ProbeContext, "authorities" | "abortSignal">,
): Promise<Handshake | NoHandshake> {
  const options: ConnectionOptions = {
    host: address,
    port: endpoint.port,
    // The server name is sent for names only: an address is not a server name (RFC 6066).
    ...(isIP(endpoint.hostname) === 0 ? { servername: endpoint.hostname } : {}),
    ...(authorities === undefined ? {} : { ca: authorities }),
    rejectUnauthorized: false,
    // The name is checked separately.
    checkServerIdentity: () => undefined,
  };
  try {
    return await connectTls(options, abortSignal);
  } catch (error) {
    if (error instanceof UndeterminedError) {
      throw error;
    }
    return { failure: failureIn(error).message, oldProtocol: await oldProtocol(options, abortSignal) };
  }
}

/** OpenSSL speaks the versions before 1.2 only at its lowest security level. */
async function oldProtocol(options: ConnectionOptions, abortSignal: AbortSignal): Promise<string | undefined> {
  try {
    const old = await connectTls({ ...options, minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" }, abortSignal);
    return old.protocol;
  } catch (error) {
    if (error instanceof UndeterminedError) {
      throw error;
    }
    return undefined;
  }
}

const connectTls = async (options: ConnectionOptions, abortSignal: AbortSignal): Promise<Handshake> =>
  await withTimeout(HANDSHAKE_TIMEOUT_MS, abortSignal, async (signal) => {
    const socket = connect(options);
    signal.addEventListener("abort", () => socket.destroy(), { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once("secureConnect", resolve).once("error", reject);
        socket.once("close", () => {
          reject(new Error("the connection was closed during the handshake"));
        });
      });
      return certificatesOf(socket);
    } finally {
      socket.destroy();
    }
  });

function certificatesOf(socket: TLSSocket): Handshake {
  // Before getPeerX509Certificate(), after which Node returns nothing more.
  const leaf = socket.getPeerCertificate(true);
  if (Object.keys(leaf).length === 0) {
    throw new Error("the endpoint shows no certificate");
  }
  return {
    protocol: socket.getProtocol() ?? "",
    chainError: socket.authorized ? undefined : String(socket.authorizationError),
    certificate: new X509Certificate(leaf.raw),
    root: new X509Certificate(rootOf(leaf, leaf.issuerCertificate).raw),
  };
}

/** The types leave out that an issuer may be neither sent nor known. */
function rootOf(
  certificate: DetailedPeerCertificate,
  issuer: DetailedPeerCertificate | undefined,
): DetailedPeerCertificate {
  return issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256
    ? certificate
    : rootOf(issuer, issuer.issuerCertificate);
}
