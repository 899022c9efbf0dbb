import type { InstanceSpec } from "../instance.ts";

/**
 * Fingerprint of everything that shapes an instance's container: the template and the parts of the
 * spec that it renders. A container with an equal fingerprint is up to date.
 */
export function specHash(
  spec: InstanceSpec,
  context: { home: string; template: string; sha256: (text: string) => string },
): string {
  const shape = [
    spec.id,
    spec.image,
    spec.port,
    spec.publishHost,
    spec.subnet,
    spec.timezone,
    spec.user,
    spec.ingress?.password ?? null,
    context.home,
    context.template,
  ];
  return context.sha256(JSON.stringify(shape));
}
