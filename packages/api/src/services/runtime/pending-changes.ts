import { createHash } from "node:crypto";
import { specHash } from "@claw/core/compose/spec-hash";
import type { InstanceSpec, PendingChange } from "@claw/core/instance";
import type { ObservedContainer } from "@claw/core/status";
import type { EngineImage } from "../../engine/engine-images.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

type KnownImage = Pick<EngineImage, "id" | "version">;

/** Containers that differ from today's definition, as far as template and images are known. */
export interface PendingChanges {
  /** Sets the current compose template. */
  learnTemplate(text: string): void;
  /** Sets the current image of a reference; null: none. */
  learnImage(ref: string, image: KnownImage | null): void;
  /** The OpenClaw that the image of a reference states; null: none, or not known. */
  versionOf(ref: string): string | null;
  of(spec: InstanceSpec, observed: ObservedContainer | null): PendingChange | null;
}

export function createPendingChanges(options: {
  /** The home folder on the Docker host. */
  home: string;
  onChange: () => void;
}): PendingChanges {
  let template: string | null = null;
  let hashes = new WeakMap<InstanceSpec, string>();
  const images = new Map<string, KnownImage | null>();

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
    learnImage(ref, image) {
      const known = images.get(ref);
      if (known === image || (image && known?.id === image.id)) return;
      images.set(ref, image);
      options.onChange();
    },
    versionOf: (ref) => images.get(ref)?.version ?? null,
    of(spec, observed) {
      if (observed === null || observed.state === "unknown") return null;
      const hash = wanted(spec);
      if (hash !== null && observed.specHash !== hash) return "definition";
      const image = images.get(spec.image)?.id;
      const moved =
        image !== undefined && observed.imageId !== undefined && observed.imageId !== image;
      return moved ? "image" : null;
    },
  };
}
