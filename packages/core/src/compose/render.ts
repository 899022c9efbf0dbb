import type { InstanceSpec } from "../instance.ts";
import { bracketed, containerName, GATEWAY_PORT, LABEL, projectName } from "../naming.ts";
import { gatewayOf } from "../subnet-allocation.ts";
import { renderTemplate } from "../template.ts";
import { specHash } from "./spec-hash.ts";

export const COMPOSE_TEMPLATE = "docker-compose.template.yml";

/** The input of a home folder's compose file. */
export interface ComposeInput {
  /** Absolute path of the home folder on the Docker host. */
  home: string;
  template: string;
  specs: readonly InstanceSpec[];
  sha256: (text: string) => string;
}

/** The docker-compose.yml of all instances, sorted by id. */
export function renderCompose(input: ComposeInput): string {
  const specs = [...input.specs].sort((a, b) => (a.id < b.id ? -1 : 1));
  return renderTemplate(COMPOSE_TEMPLATE, input.template, {
    project: projectName(input.sha256(input.home)),
    home: literal(input.home),
    instances: specs.map((spec) => ({
      id: spec.id,
      image: literal(spec.image),
      containerName: containerName(spec.id),
      user: spec.user && literal(spec.user),
      publish: `${bracketed(spec.publishHost)}:${spec.port}:${GATEWAY_PORT}`,
      subnet: spec.subnet,
      gateway: gatewayOf(spec.subnet),
      timezone: literal(spec.timezone),
      gatewayPassword: spec.ingress && literal(spec.ingress.password),
      labels: LABEL,
      specHash: specHash(spec, input),
    })),
  });
}

/** Compose reads `$` as the start of a variable. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}
