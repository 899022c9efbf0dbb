/** The images that an engine has or can get. Rejects as every method of `ContainerEngine`. */
export interface EngineImages {
  /** The local image behind a reference or an id, or null. */
  find(ref: string): Promise<EngineImage | null>;

  /**
   * Pulls `ref` from its registry and also names it `as`. Rejects with IMAGE_UNAVAILABLE when the
   * registry does not answer or lacks the image, CANCELLED when `signal` aborts.
   */
  pull(ref: string, options: PullOptions): Promise<void>;
}

export interface EngineImage {
  id: string;
  /** The registry's digest, `sha256:…`; null for an image without one. */
  digest: string | null;
  /** OpenClaw's version as the image's label states it; null without one. */
  version: string | null;
  /** Bytes. */
  size: number;
}

export interface PullOptions {
  as: string;
  /** `progress` is 0 to 1. */
  onProgress: (progress: number) => void;
  signal: AbortSignal;
}
