import { DomainError, type Issue } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import { asSentence, lastLine } from "@claw/core/sentence";
import { z } from "zod";
import type { Uses } from "../../context.ts";
import { type ReadyInput, untilReady } from "./until-ready.ts";

const COMMAND = ["openclaw", "config", "validate", "--json"];
/** Exit codes above this tell the signal by which a program was ended. */
const LAST_OWN_CODE = 128;

/** Output of the command, as far as it is used. */
const Word = z.object({
  valid: z.boolean(),
  issues: z
    .array(z.object({ path: z.string().default(""), message: z.string().default("") }))
    .catch([]),
});

interface Said {
  isValid: boolean;
  issues: readonly Issue[];
  /** The reason, when it is no list of issues. */
  last: string;
}

/**
 * Has OpenClaw itself judge the configuration, in the running instance. Throws CONFIG_INVALID when
 * it does not accept it, and COMMAND_FAILED when the command is ended before it has said anything:
 * that says nothing about the configuration. A container that restarts meanwhile, as OpenClaw may
 * make it do after a change, is awaited and asked once more.
 */
export async function requireAccepted(
  ctx: Uses<"engine" | "live">,
  input: ReadyInput,
  signal: AbortSignal,
): Promise<void> {
  const { isValid, issues, last } = await askAgain(ctx, input, signal);
  if (isValid) return;
  const [first] = issues;
  throw new DomainError(
    "CONFIG_INVALID",
    `OpenClaw does not accept the configuration: ${asSentence(first ? `${first.path}: ${first.message}` : last)} Correct it on the configuration page.`,
    { issues },
  );
}

async function askAgain(
  ctx: Uses<"engine" | "live">,
  input: ReadyInput,
  signal: AbortSignal,
): Promise<Said> {
  const run = ctx.runtime.live.board.get(input.id).startedAt;
  try {
    return await ask(ctx, input.id, signal);
  } catch (error) {
    if (signal.aborted || !(await restartedSince(ctx, input.id, run))) throw error;
  }
  await untilReady(ctx, input, signal, { endedRun: run });
  return ask(ctx, input.id, signal);
}

async function ask(ctx: Uses<"engine">, id: InstanceId, signal: AbortSignal): Promise<Said> {
  const { exitCode, stdout, stderr } = await ctx.engine.exec(id, COMMAND, { signal });
  const word = Word.safeParse(parsed(stdout));
  const last = lastLine(stderr || stdout);
  // Its word counts, however the program ended after it.
  if (word.success) {
    const issues = word.data.issues.map((issue) => ({ line: 1, column: 1, ...issue }));
    return { isValid: word.data.valid, issues, last };
  }
  if (exitCode <= LAST_OWN_CODE) return { isValid: exitCode === 0, issues: [], last };
  throw new DomainError(
    "COMMAND_FAILED",
    `OpenClaw's check of the configuration in ${id} was ended from outside (exit code ${exitCode}) before it had said anything. Look at the instance's logs and its memory, then initialise again.`,
  );
}

/** True while the container starts again by itself, and afterwards. */
async function restartedSince(
  { engine }: Uses<"engine">,
  id: InstanceId,
  run: string | null,
): Promise<boolean> {
  const now = (await engine.list(id)).get(id);
  return now?.state === "restarting" || (now?.state === "running" && now.startedAt !== run);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
