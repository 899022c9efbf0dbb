import { randomBytes } from "node:crypto";
import { DomainError } from "@claw/core/errors";
import type { EngineImage, PullOptions } from "../engine.ts";

const IMAGE: EngineImage = { id: `sha256:${"0".repeat(64)}`, digest: null, size: 824_000_000 };

/** The images of an engine in memory, and the registry that it pulls from. */
export class MemoryImages {
  /** By reference and by id: an image whose reference names another one by now is still there. */
  readonly #present = new Map<string, EngineImage>();
  readonly #registry: ReadonlySet<string>;

  constructor(present: readonly string[] = [], registry: readonly string[] = []) {
    for (const ref of present) this.#add(ref, IMAGE);
    this.#registry = new Set(registry);
  }

  find(ref: string): EngineImage | null {
    return this.#present.get(ref) ?? null;
  }

  pull(ref: string, options: PullOptions): void {
    if (!this.#registry.has(ref))
      throw new DomainError("IMAGE_UNAVAILABLE", `No registry answers for ${ref}.`);
    options.onProgress(1);
    this.#add(ref, IMAGE);
    this.#add(options.as, IMAGE);
  }

  /** The reference names another image from now on. */
  moveTag(ref: string): void {
    this.#add(ref, { ...IMAGE, id: `sha256:${randomBytes(32).toString("hex")}` });
  }

  #add(ref: string, image: EngineImage): void {
    this.#present.set(ref, image).set(image.id, image);
  }
}
