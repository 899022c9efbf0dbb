import { createHash } from "node:crypto";
import { DomainError, messageOf } from "@claw/core/errors";
import { isObject } from "@claw/core/is-object";
import { asSentence, lastLine } from "@claw/core/sentence";
import type { KeyedSchema } from "../../checker/config-checker.ts";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Files } from "../../files/files.ts";
import type { Host } from "../../host/host.ts";
import { oncePerImage } from "./once-per-image.ts";

/** Six seconds on an idle machine. */
const WITHIN_SECONDS = 60;
const COMMAND = ["openclaw", "config", "schema"];

export interface ImageSchemasOptions {
  engine: Pick<ContainerEngine, "runOnce"> & {
    images: Pick<ContainerEngine["images"], "find">;
  };
  files: Pick<
    Files,
    "readImageSchema" | "keepImageSchema" | "keptImageSchemas" | "removeImageSchema"
  >;
  onWarning: (message: string) => void;
  host: Pick<Host, "now">;
  /** One that is known to be away is not waited for. */
  isReachable: () => boolean;
  /** Aborts when the panel ends. */
  signal: AbortSignal;
}

/** The schemas by which images check their configurations: printed once, then kept on the disk. */
export function createImageSchemas(options: ImageSchemasOptions) {
  const { engine, files, host, onWarning, isReachable, signal } = options;
  const schemas = oncePerImage(read, host);

  async function read(imageId: string): Promise<KeyedSchema> {
    const present = await files.readImageSchema(imageId);
    if (present !== null) return { key: keyOf(present), text: () => kept(imageId) };
    const printed = await print(imageId);
    const text = textOf(imageId, printed);
    await text();
    await tidy();
    return { key: keyOf(printed), text };
  }

  /** Keeps a schema on the disk; it stays in memory until that takes it. */
  function textOf(imageId: string, schema: string): () => Promise<string> {
    let held: string | null = schema;
    let told: string | null = null;
    return async () => {
      if (held === null) return kept(imageId);
      const text = held;
      try {
        await files.keepImageSchema(imageId, text);
        held = null;
      } catch (error) {
        const why = messageOf(error);
        if (why !== told) onWarning(`keeping the schema of an image, tried again later: ${why}`);
        told = why;
      }
      return text;
    };
  }

  /** Removes what was kept for images that are gone. */
  async function tidy(): Promise<void> {
    try {
      for (const kept of await files.keptImageSchemas()) {
        if (await engine.images.find(kept)) continue;
        schemas.forget(kept);
        await files.removeImageSchema(kept);
      }
    } catch (error) {
      onWarning(`removing schemas of images that are gone: ${messageOf(error)}`);
    }
  }

  async function print(imageId: string): Promise<string> {
    if (!isReachable()) throw engineAway();
    const limits = { withinSeconds: WITHIN_SECONDS, signal };
    const { exitCode, stdout, stderr } = await engine.runOnce(imageId, COMMAND, limits);
    const schema = exitCode === 0 ? parsed(stdout) : null;
    if (isObject(schema) && isObject(schema.properties)) return JSON.stringify(schema);
    throw new DomainError(
      "COMMAND_FAILED",
      asSentence(`The image prints no schema of its configuration: ${lastLine(stderr)}`),
    );
  }

  /** Somebody may have removed the file. */
  async function kept(imageId: string): Promise<string> {
    const text = await files.readImageSchema(imageId);
    if (text !== null) return text;
    schemas.forget(imageId);
    throw new DomainError(
      "FILES_DENIED",
      "The schema of the image was removed from data/schemas. Try again.",
    );
  }

  return {
    /**
     * The text with that hash; null unless somebody has asked for the schema of its image. Rejects as
     * that text does.
     */
    async find(key: string): Promise<string | null> {
      const found = schemas.answers().find((schema) => schema.key === key);
      return found ? found.text() : null;
    },

    /**
     * The schema of an image by its id; its key is the hash of its text. Rejects with COMMAND_FAILED
     * when it prints none, and as `ContainerEngine` and `Files` do; where a container ran to its end,
     * also for a while.
     */
    of: (imageId: string): Promise<KeyedSchema> => schemas.of(imageId),
  };
}

const keyOf = (text: string) => createHash("sha256").update(text).digest("hex");

export function engineAway(): DomainError {
  return new DomainError(
    "ENGINE_UNREACHABLE",
    "Docker does not answer, so the image cannot be asked what OpenClaw accepts.",
  );
}

export type ImageSchemas = ReturnType<typeof createImageSchemas>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
