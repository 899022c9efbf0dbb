import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";
import type { Files } from "../files.ts";

export interface MemoryFiles extends Files {
  /** Text of docker-compose.yml, or null before the first one. */
  readonly compose: string | null;
}

/** Keeps the panel's own files in memory, on a disk of a terabyte. */
export function createMemoryFiles(templates: Readonly<Record<string, string>>): MemoryFiles {
  const texts = new Map(Object.entries(templates));
  const schemas = new Map<string, string>();
  const turn = pLimit(1);
  let compose: string | null = null;
  return {
    get compose() {
      return compose;
    },
    async readTemplate(name) {
      const text = texts.get(name);
      if (text === undefined)
        throw new DomainError("FILES_DENIED", `There is no template ${JSON.stringify(name)}.`);
      return text;
    },
    updateCompose: (render) =>
      turn(async () => {
        compose = await render();
      }),
    readImageSchema: async (imageId) => schemas.get(imageId) ?? null,
    keepImageSchema: async (imageId, text) => void schemas.set(imageId, text),
    keptImageSchemas: async () => [...schemas.keys()],
    removeImageSchema: async (imageId) => void schemas.delete(imageId),
    diskUsage: async () => ({ total: 10 ** 12, free: 10 ** 12 - (compose?.length ?? 0) - 1 }),
  };
}
