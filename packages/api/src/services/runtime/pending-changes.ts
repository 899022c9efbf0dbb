import { createHash } from "node:crypto";
import { specHash } from "@claw/core/compose/spec-hash";
import type { InstanceSpec, PendingChange } from "@claw/core/instance";
import type { ObservedContainer } from "@claw/core/status";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Containers that differ from today's definition, as far as template and images are known. */
export interface PendingChanges {
  /** Sets the current compose template. */
  learnTemplate(text: string): void;
  /** Sets the current image of a reference; null: none. */
  learnImage(ref: string, id: string | null): void;
  of(spec: InstanceSpec, observed: ObservedContainer | null): PendingChange | null;
}

export function createPendingChanges(options: {
  /** The home folder on the Docker host. */
  home: string;
  onChange: () => void;
}): PendingChanges {
  let template: string | null = null;
  let hashes = new WeakMap<InstanceSpec, string>();
  const images = new Map<string, string | null>();

  function wanted(spec: InstanceSpec): string | null {
    if (template === null) return null;
    const hash = hashes.get(spec) ?? specHash(spec, { home: options.home, template, sha256 });
    hashes.set(spec, hash);
    return hash;
  }

  return {
    learnTemplate(text) {
      if (text === template) return;
      template = text;
      hashes = new WeakMap();
      options.onChange();
    },
    learnImage(ref, id) {
      if (images.get(ref) === id) return;
      images.set(ref, id);
      options.onChange();
    },
    of(spec, observed) {
      if (observed === null || observed.state === "unknown") return null;
      const hash = wanted(spec);
      if (hash !== null && observed.specHash !== hash) return "definition";
      const image = images.get(spec.image) ?? null;
      const moved = image !== null && observed.imageId !== undefined && observed.imageId !== image;
      return moved ? "image" : null;
    },
  };
}
