import type { Complaint } from "@claw/core/config-schema/image-issues";
import { DomainError, reasonOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { asSentence, lastLine } from "@claw/core/sentence";
import { z } from "zod";
import { createFairTurns } from "../../checker/fair-turns.ts";
import type { ContainerEngine } from "../../engine/engine.ts";
import type { Host } from "../../host/host.ts";
import { engineAway } from "./image-schemas.ts";
import { AT_ONCE, NOT_AGAIN_MS } from "./once-per-image.ts";

/** Seven seconds on an idle machine. Somebody waits for the save. */
const WITHIN_SECONDS = 20;
/** Limit with the turns of others before it. */
const TURN_WITHIN_MS = 20_000;
/** Nothing is written beside it that the next look would need. */
const FILE = "/tmp/openclaw.json";
const COMMAND = ["openclaw", "config", "validate", "--json"];

const Word = z.union([
  z.object({ valid: z.literal(true) }),
  z.object({
    valid: z.literal(false),
    issues: z.array(z.object({ path: z.string(), message: z.string() })).min(1),
  }),
]);

export interface ImageWordOptions {
  engine: Pick<ContainerEngine, "runOnce">;
  host: Pick<Host, "now">;
  /** One that is known to be away is not waited for. */
  isReachable: () => boolean;
  /** Aborts when the panel ends. */
  signal: AbortSignal;
  withinSeconds?: number;
}

interface Question {
  imageId: string;
  /** The instance whose text it is. */
  id: InstanceId;
  text: string;
  /** The user who waits for the answer. */
  by: string | null;
}

/** What an image itself says of a text, which knows more than its schema. */
export function createImageWord(options: ImageWordOptions) {
  const { engine, host, isReachable, signal, withinSeconds = WITHIN_SECONDS } = options;
  /** Each container costs as much as a starting gateway. */
  const turns = createFairTurns();
  /** Per instance: its own texts are no reason to doubt the image for others. */
  const failures = new Map<string, { at: number; error: unknown }>();

  async function ask({ imageId, text }: Question): Promise<readonly Complaint[]> {
    if (!isReachable()) throw engineAway();
    const { stdout, stderr } = await engine.runOnce(imageId, COMMAND, {
      env: { OPENCLAW_CONFIG_PATH: FILE },
      files: { [FILE]: text },
      ...{ withinSeconds, signal },
    });
    const word = Word.safeParse(parsed(stdout));
    if (word.success) return word.data.valid ? [] : word.data.issues;
    throw new DomainError(
      "COMMAND_FAILED",
      asSentence(`The image does not say what it thinks of a configuration: ${lastLine(stderr)}`),
    );
  }

  return {
    /**
     * Its complaints. Rejects with COMMAND_FAILED when it has no word for it, where a container ran
     * also for a while; with CANCELLED when the turns of others take too long; and as
     * `ContainerEngine.runOnce` does.
     */
    async of(question: Question): Promise<readonly Complaint[]> {
      const key = `${question.imageId} ${question.id}`;
      const now = host.now();
      for (const [known, { at }] of failures) if (now - at > NOT_AGAIN_MS) failures.delete(known);
      const failure = failures.get(key);
      if (failure) throw failure.error;
      const ends = AbortSignal.any([signal, AbortSignal.timeout(TURN_WITHIN_MS)]);
      try {
        return await turns.take({ by: question.by, isSave: true, signal: ends }, () =>
          ask(question),
        );
      } catch (error) {
        if (!AT_ONCE.has(reasonOf(error))) failures.set(key, { at: host.now(), error });
        throw error;
      }
    },
  };
}

export type ImageWord = ReturnType<typeof createImageWord>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
