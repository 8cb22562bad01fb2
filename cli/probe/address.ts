import { specialRange } from "../../policies/endpoints/address-range";
import { ok, type Outcome, problem } from "../checks/check";
import { FIREHOSE_PORT } from "./endpoint";

/** Whether Firehose can reach the addresses: it connects from the internet. */
export function checkAddresses(addresses: readonly string[]): Outcome {
  const unreachable = addresses.flatMap((address) => {
    const range = specialRange(address);
    return range === undefined ? [] : [`${address} (${range})`];
  });
  return unreachable.length === 0
    ? ok("address", `${addresses.join(", ")}: public`)
    : problem(
        "address",
        `Not a public address: ${unreachable.join(", ")}. Firehose connects from the internet, and cannot reach a VPC.`,
        "Expose the ingester through a public load balancer. If public DNS resolves this name to another address than this machine does, run the command from outside.",
      );
}

/** Whether Firehose delivers to the port. */
export function checkPort(port: number): Outcome {
  return port === FIREHOSE_PORT
    ? ok("port", "443")
    : problem(
        "port",
        `${port}. Firehose delivers to port 443 only.`,
        "Serve the endpoint on port 443, and leave the port out of the stream's URL.",
      );
}
