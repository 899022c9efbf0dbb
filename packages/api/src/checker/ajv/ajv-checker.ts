import path from "node:path";
import { Worker } from "node:worker_threads";
import type { ConfigIssue } from "@claw/core/config-views";
import { DomainError, messageOf } from "@claw/core/errors";
import { asSentence } from "@claw/core/sentence";
import type { Asker, ConfigChecker, KeyedSchema } from "../config-checker.ts";
import { createFairTurns } from "../fair-turns.ts";
import type { CheckAnswer, CheckRequest } from "./check-worker.ts";

export interface AjvCheckerOptions {
  /** After this time without a check, the thread and its memory are given back. */
  idleMs?: number;
  /** Limit for a check once its schema is prepared. */
  withinMs?: number;
}

const IDLE_MS = 10 * 60_000;
const WITHIN_MS = 30_000;
/** Limit for beginning a thread and compiling a schema: seconds on an idle machine. */
const PREPARED_WITHIN_MS = 30_000;
/** OpenClaw's schema has 1 MB; more than these few is no panel of one team. */
const MOST_SCHEMAS = 4;
/** A worker that exceeds it must not take the panel along. */
const LIMITS = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 16 };

const PANEL: Asker = { by: null, isSave: false };

/** A source file beside this one, or a part of the bundle beside it (scripts/bundle.mjs). */
const WORKER = new URL(`./check-worker${path.extname(import.meta.url)}`, import.meta.url);

interface Thread {
  worker: Worker;
  /** Keys of the schemas that it has. */
  has: Set<string>;
}

/** Checks with ajv, in a thread that exists while texts are checked. */
export function createAjvChecker({
  idleMs = IDLE_MS,
  withinMs = WITHIN_MS,
}: AjvCheckerOptions = {}): ConfigChecker {
  /** One at a time, so that only the one that takes too long is ended. */
  const turns = createFairTurns();
  let thread: Thread | null = null;
  let isOver = false;
  let idle: NodeJS.Timeout | undefined;

  function open(): Thread {
    clearTimeout(idle);
    if (thread) return thread;
    const worker = new Worker(WORKER, {
      execArgv: process.sourceMapsEnabled ? ["--enable-source-maps"] : [],
      resourceLimits: LIMITS,
    });
    // An idle one must not keep the process alive, nor take it along.
    worker.unref();
    worker.on("error", () => undefined);
    worker.on("exit", () => {
      if (thread?.worker === worker) thread = null;
    });
    thread = { worker, has: new Set() };
    return thread;
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const closing = thread;
    thread = null;
    await closing?.worker.terminate();
  }

  /** The schema was good for a check before: what goes wrong now is the text's. */
  async function issuesBy(worker: Worker, request: CheckRequest): Promise<readonly ConfigIssue[]> {
    try {
      const answer = await answerOf(worker, request, withinMs);
      if (answer.kind === "checked") return answer.issues;
      throw undecided(answer.why);
    } catch (error) {
      if (isOver || error instanceof DomainError) throw error;
      await close();
      throw undecided(messageOf(error), error);
    }
  }

  async function ask(schema: KeyedSchema, text: string): Promise<readonly ConfigIssue[]> {
    if (thread && !thread.has.has(schema.key) && thread.has.size >= MOST_SCHEMAS) await close();
    try {
      if (isOver) throw new Error("the panel ends");
      const { worker, has } = open();
      const { key } = schema;
      if (!has.has(key)) {
        const first: CheckRequest = { key, schema: await schema.text(), text: "{}" };
        const answer = await answerOf(worker, first, PREPARED_WITHIN_MS);
        if (answer.kind === "unusable") throw unusable(answer.why);
        has.add(key);
      }
      return await issuesBy(worker, { key, schema: null, text });
    } catch (error) {
      if (error instanceof DomainError) throw error;
      await close();
      throw new DomainError("COMMAND_FAILED", failed(messageOf(error)), { cause: error });
    } finally {
      idle = setTimeout(() => void turns.take(PANEL, close), idleMs).unref();
    }
  }

  return {
    check: (schema, text, asker = PANEL) => turns.take(asker, () => ask(schema, text)),
    async [Symbol.asyncDispose]() {
      isOver = true;
      await close();
    },
  };
}

/** Rejects when the worker dies, or does not answer in time. */
async function answerOf(
  worker: Worker,
  request: CheckRequest,
  withinMs: number,
): Promise<CheckAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<CheckAnswer>();
  const onExit = () => reject(new Error("its thread ended"));
  const seconds = withinMs / 1_000;
  const onLate = () => reject(new Error(`it took longer than ${seconds} seconds`));
  const late = setTimeout(onLate, withinMs);
  worker.on("message", resolve).on("error", reject).on("exit", onExit);
  try {
    worker.postMessage(request);
    return await promise;
  } finally {
    clearTimeout(late);
    worker.off("message", resolve).off("error", reject).off("exit", onExit);
  }
}

const failed = (why: string) => asSentence(`The configuration could not be checked: ${why}`);

/** Nobody knows whether OpenClaw would start with it. */
function undecided(why: string, cause?: unknown): DomainError {
  const message = failed(why);
  return new DomainError(
    "CONFIG_INVALID",
    `${message} Make it simpler, or try again on a quiet machine; nothing was changed.`,
    { issues: [{ line: 1, column: 1, path: "", message, source: "schema" }], cause },
  );
}

function unusable(why: string): DomainError {
  return new DomainError(
    "NOT_SUPPORTED",
    asSentence(`OpenClaw's schema of its configuration cannot be used: ${why}`),
  );
}
