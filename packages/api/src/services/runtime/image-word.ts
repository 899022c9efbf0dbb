import type { Complaint } from "@claw/core/config-schema/image-issues";
import { DomainError } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { asSentence, lastLine } from "@claw/core/sentence";
import { z } from "zod";
import { createFairTurns } from "../../checker/fair-turns.ts";
import type { ContainerEngine, ExecResult } from "../../engine/engine.ts";
import type { Host } from "../../host/host.ts";
import { engineAway } from "./image-schemas.ts";
import { NOT_AGAIN_MS } from "./once-per-image.ts";

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
}

interface Question {
  imageId: string;
  /** The instance whose text it is. */
  id: InstanceId;
  text: string;
  /** The user who waits for the answer. */
  by: string | null;
}

/** The verdict of an image itself on a text; it knows more than its schema. */
export function createImageWord(options: ImageWordOptions) {
  const { engine, host, isReachable, signal } = options;
  /** Each container costs as much as a starting gateway. */
  const turns = createFairTurns();
  /**
   * Images that have no such command: nobody waits for them at each save. Per instance: its own texts
   * are no reason to doubt the image for others.
   */
  const wordless = new Map<string, { at: number; error: DomainError }>();

  async function ask({ imageId, id, text }: Question): Promise<readonly Complaint[]> {
    if (!isReachable()) throw engineAway();
    const ended = await engine.runOnce(imageId, COMMAND, {
      env: { OPENCLAW_CONFIG_PATH: FILE },
      files: { [FILE]: text },
      ...{ withinSeconds: WITHIN_SECONDS, signal },
    });
    const word = Word.safeParse(parsed(ended.stdout));
    if (word.success) return word.data.valid ? [] : word.data.issues;
    const said = lastLine(ended.stderr);
    const error = new DomainError(
      "COMMAND_FAILED",
      asSentence(`The image does not say what it thinks of a configuration: ${said}`),
    );
    if (isWithoutCommand(ended)) wordless.set(keyOf(imageId, id), { at: host.now(), error });
    throw error;
  }

  return {
    /**
     * Its complaints. Rejects with COMMAND_FAILED when it has no word for it, and without asking for
     * a while when it has no such command; with CANCELLED when the turns of others take too long; and
     * as `ContainerEngine.runOnce` does.
     */
    async of(question: Question): Promise<readonly Complaint[]> {
      const now = host.now();
      for (const [known, { at }] of wordless) if (now - at > NOT_AGAIN_MS) wordless.delete(known);
      const known = wordless.get(keyOf(question.imageId, question.id));
      if (known) throw known.error;
      const ends = AbortSignal.any([signal, AbortSignal.timeout(TURN_WITHIN_MS)]);
      return turns.take({ by: question.by, isSave: true, signal: ends }, () => ask(question));
    },
  };
}

export type ImageWord = ReturnType<typeof createImageWord>;

const keyOf = (imageId: string, id: InstanceId) => `${imageId} ${id}`;

/**
 * Stays true for an image, unlike a program that ran out of time or memory, or failed at one text.
 * OpenClaw prints its help, without an error, for a group of commands.
 */
const isWithoutCommand = ({ exitCode, stdout, stderr }: ExecResult): boolean =>
  exitCode === 0 ? parsed(stdout) === null : /unknown (command|option)/i.test(stderr);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
