import { z } from "zod";
import { isLoopbackAddress } from "./loopback-address.ts";
import { Refused } from "./provider-refusal.ts";

/** How far a request came on its way to an address, from inside an instance. */
export const Reached = z.object({
  address: z.string(),
  /** With the port where the address has one. */
  host: z.string(),
  /** What it was waiting for: the name's address, the port, TLS, an answer; `answered`: nothing. */
  phase: z.enum(["name", "port", "tls", "answer", "answered"]),
  /** Of Node; null when the time was over. */
  code: z.string().nullable(),
  /** In Node's words. */
  message: z.string().default(""),
  seconds: z.number(),
  /** The answer to a question to its model, where one was put and refused. */
  refused: Refused.nullable().default(null),
});
export type Reached = z.output<typeof Reached>;

/** For whoever starts Node, not for who uses an instance. */
const NODES_TIP = /; if the root CA is installed locally.*$/;

/** Why an address was not reached, in a sentence, and what to do about it in another. */
export function unreachedWords(reached: Reached): string {
  return `${causeOf(reached)} ${remedyFor(reached)}`;
}

function causeOf({ phase, code, message, seconds, address, host }: Reached): string {
  const why = code === null ? `nothing came within ${Math.round(seconds)} seconds` : code;
  switch (phase) {
    case "name":
      return `The name ${host} is not known there (${why}).`;
    case "port":
      return code === "ECONNREFUSED"
        ? `Nothing accepts connections at ${host}.`
        : `There is no connection to ${host} (${why}).`;
    case "tls":
      return `${host} was reached, but its certificate or TLS was not accepted (${message.replace(NODES_TIP, "") || why}).`;
    default:
      return `${host} accepts connections, but does not answer a request to ${address} (${why}).`;
  }
}

function remedyFor({ phase, address, host }: Reached): string {
  if (isLoopbackAddress(address))
    return `In an instance, ${host.replace(/:\d+$/, "")} is the instance itself: give the address by which other machines reach the server.`;
  switch (phase) {
    case "name":
      return "Check the address and this machine's name server.";
    case "port":
      return "Check the address, that the server runs, and the firewall.";
    case "tls":
      return "Use the server's full name, and a certificate that the instance trusts.";
    default:
      return "Check the address and the server.";
  }
}
