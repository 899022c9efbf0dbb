import { randomBytes } from "node:crypto";
import { DomainError } from "@claw/core/errors";
import type { EngineImage, PullOptions } from "../engine-images.ts";

const IMAGE: Omit<EngineImage, "version"> = {
  id: `sha256:${"0".repeat(64)}`,
  digest: null,
  size: 824_000_000,
};

export interface MemoryImageOptions {
  /** References of the initial images. */
  images?: readonly string[];
  /** References that `pullImage` can get. */
  registry?: readonly string[];
  /** The version that the images state. */
  openclawVersion?: string;
}

/** The images of an engine in memory, and the registry that it pulls from. */
export class MemoryImages {
  readonly #image: EngineImage;
  /** By reference and by id: an image stays when its reference is moved to another one. */
  readonly #present = new Map<string, EngineImage>();
  readonly #registry: ReadonlySet<string>;

  constructor(options: MemoryImageOptions) {
    this.#image = { ...IMAGE, version: options.openclawVersion ?? null };
    for (const ref of options.images ?? []) this.#add(ref, this.#image);
    this.#registry = new Set(options.registry);
  }

  find(ref: string): EngineImage | null {
    return this.#present.get(ref) ?? null;
  }

  /** As `find`, but throws IMAGE_MISSING. */
  get(ref: string): EngineImage {
    const image = this.find(ref);
    if (image) return image;
    throw new DomainError("IMAGE_MISSING", `The image ${ref} is not on this host.`);
  }

  pull(ref: string, options: PullOptions): void {
    if (!this.#registry.has(ref))
      throw new DomainError("IMAGE_UNAVAILABLE", `No registry answers for ${ref}.`);
    options.onProgress(1);
    this.#add(ref, this.#image);
    this.#add(options.as, this.#image);
  }

  /** The reference names another image from now on. */
  moveTag(ref: string): void {
    this.#add(ref, { ...this.#image, id: `sha256:${randomBytes(32).toString("hex")}` });
  }

  #add(ref: string, image: EngineImage): void {
    this.#present.set(ref, image).set(image.id, image);
  }
}
