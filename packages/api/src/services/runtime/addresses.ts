import type { InstanceSpec } from "@claw/core/instance";
import {
  controlUiUrl,
  type InstanceSite,
  originOf,
  PROBE_LABEL,
  publicOrigin,
} from "@claw/core/instance-address";
import { bracketed, unbracketed } from "@claw/core/naming";
import { isLoopback, type Network, shownHost } from "../../network-config.ts";

/** The addresses of the panel and its instances. */
export interface Addresses {
  /** Null: instances open by a link with their token. */
  site(): InstanceSite | null;
  /** The panel's own origin, as it prints it. */
  panel(): string;
  /**
   * The panel's origin in links that are handed on: by TLS where the panel has it, although `used`, by
   * which the caller reaches it, is another way or leads to the caller's own machine.
   */
  handedOn(used: string): string;
  /** Address of an instance's Control UI, without credentials. */
  urlOf(spec: Pick<InstanceSpec, "label" | "ingress" | "publishHost" | "port">): string;
  /**
   * The origin, of no instance, at which browsers try whether names of instances lead here, and the
   * one without TLS where the panel answers that too; null: instances have no names.
   */
  probe(): { origin: string; plainOrigin: string | null } | null;
  /** The assigned one, if CLAW_PORT is 0. */
  port(): number;
  listensOn(port: number): void;
}

export function createAddresses(
  config: { port: number },
  network: () => Pick<
    Network,
    "host" | "publicNames" | "publicPort" | "tls" | "ownAuthority" | "instanceSite"
  >,
): Addresses {
  let { port } = config;
  const site = () => {
    const { instanceSite, publicPort } = network();
    return instanceSite && { ...instanceSite, port: publicPort ?? port };
  };
  const panel = () => {
    const { publicPort, tls, ownAuthority } = network();
    const name = bracketed(shownHost(network()));
    if (publicPort !== null) return originOf(name, { scheme: "https", port: publicPort });
    return `${tls || ownAuthority ? "https" : "http"}://${name}:${port}`;
  };
  return {
    site,
    panel,
    handedOn(used) {
      const { host, publicPort, ownAuthority } = network();
      // A tunnel or an undeclared proxy, or nobody else's machine.
      if (isLoopback(host) && publicPort === null) return used;
      const at = new URL(used);
      if (isLoopback(unbracketed(at.hostname))) return panel();
      if (at.protocol === "https:") return used;
      if (publicPort !== null) return panel();
      return ownAuthority ? `https://${at.hostname}:${at.port || port}` : used;
    },
    urlOf(spec) {
      const on = site();
      return on && spec.ingress
        ? `${publicOrigin(spec.label, on)}/`
        : controlUiUrl(spec.publishHost, spec.port);
    },
    probe() {
      const on = site();
      if (!on) return null;
      const plainOrigin = publicOrigin(PROBE_LABEL, { ...on, scheme: "http" });
      return {
        origin: publicOrigin(PROBE_LABEL, on),
        plainOrigin: network().ownAuthority ? plainOrigin : null,
      };
    },
    port: () => port,
    listensOn(assigned) {
      port = assigned;
    },
  };
}
