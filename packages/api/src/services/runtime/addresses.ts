import type { InstanceSpec } from "@claw/core/instance";
import { controlUiUrl, type InstanceSite, publicOrigin } from "@claw/core/instance-address";
import { bracketed } from "@claw/core/naming";
import { type Config, shownHost } from "../../config.ts";

/** The addresses of the panel and its instances. */
export interface Addresses {
  /** Null: instances open by a link with their token. */
  site(): InstanceSite | null;
  /** The panel's own origin, as it prints it. */
  panel(): string;
  /** Address of an instance's Control UI, without credentials. */
  urlOf(spec: Pick<InstanceSpec, "label" | "ingress" | "publishHost" | "port">): string;
  /** The assigned one, if CLAW_PORT is 0. */
  port(): number;
  listensOn(port: number): void;
}

export function createAddresses(
  config: Pick<Config, "port" | "host" | "publicNames" | "tls" | "instanceSite">,
): Addresses {
  let { port } = config;
  const site = () => config.instanceSite && { ...config.instanceSite, port };
  return {
    site,
    panel: () => `${config.tls ? "https" : "http"}://${bracketed(shownHost(config))}:${port}`,
    urlOf(spec) {
      const on = site();
      return on && spec.ingress
        ? `${publicOrigin(spec.label, on)}/`
        : controlUiUrl(spec.publishHost, spec.port);
    },
    port: () => port,
    listensOn(assigned) {
      port = assigned;
    },
  };
}
