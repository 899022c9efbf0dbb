import type { InstanceSpec } from "../instance.ts";

/**
 * Fingerprint of everything that shapes an instance's container: the template and those parts
 * of the spec that it renders. Two equal fingerprints mean that a container is up to date.
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
    context.home,
    context.template,
  ];
  return context.sha256(JSON.stringify(shape));
}
