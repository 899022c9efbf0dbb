import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Exec } from "dockerode";
import { CommandOverrun } from "../command-overrun.ts";
import type { ExecOptions, ExecResult } from "../engine.ts";
import { CappedOutput } from "./capped-output.ts";
import { getOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { toDomainError } from "./errors.ts";
import { createFrameDecoder } from "./log-frames.ts";

const OUTPUT_LIMIT = 1024 * 1024;
/** Longer than setting up a model provider takes on a slow network. */
const WITHIN_SECONDS = 300;
/** Delay and interval of the polls for a command's end. */
const ASK_AFTER_MS = 50;
const ASK_EVERY_MS = 1_000;
/** A command's last output may still be in transit when Docker reports its end. */
const DRAIN_MS = 1_000;
const KILL_WITHIN_MS = 10_000;
/** Marks the processes of one call: Docker cannot end them. */
const MARK = "CLAW_EXEC_ID";
const KILL = `for p in /proc/[0-9]*; do if tr '\\000' '\\n' <"$p/environ" 2>/dev/null | grep -qx "${MARK}=$1"; then kill -9 "\${p#/proc/}"; fi; done`;

/** Runs a program in an instance's container. */
export async function execInInstance(
  context: DockerContext,
  id: InstanceId,
  argv: readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const info = await getOwn(context, id);
  if (!info.State.Running || info.State.Restarting || info.State.Paused)
    throw new DomainError(
      "INSTANCE_NOT_RUNNING",
      `The container of ${id} does not run. Start the instance first.`,
    );
  const mark = randomUUID();
  const seconds = options.withinSeconds ?? WITHIN_SECONDS;
  const tooLate = AbortSignal.timeout(seconds * 1_000);
  const signal = AbortSignal.any([options.signal, tooLate]);
  try {
    const env = { ...options.env, [MARK]: mark };
    return await runExec(context, info.Id, argv, env, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    await kill(context, info.Id, mark);
    if (options.signal.aborted)
      throw new DomainError("CANCELLED", "The command was cancelled.", { cause: error });
    throw new CommandOverrun(`in ${id}`, seconds, error);
  }
}

async function runExec(
  context: DockerContext,
  containerId: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<ExecResult> {
  const { connection } = context;
  const exec = await connection.ask(
    (docker, abortSignal) =>
      docker.getContainer(containerId).exec({
        Cmd: [...argv],
        Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        abortSignal,
      }),
    { signal },
  );
  const stream = await connection.ask(
    (_docker, abortSignal) => exec.start({ Detach: false, Tty: false, abortSignal }),
    { signal },
  );
  const output = { stdout: new CappedOutput(OUTPUT_LIMIT), stderr: new CappedOutput(OUTPUT_LIMIT) };
  const decode = createFrameDecoder((name, bytes, start, end) =>
    output[name].add(bytes.subarray(start, end)),
  );
  const reading = read(stream, decode, signal);
  const over = new AbortController();
  try {
    await Promise.race([reading, isOverdue(context, exec, AbortSignal.any([signal, over.signal]))]);
  } catch (error) {
    throw toDomainError(error, connection.address);
  } finally {
    over.abort();
    // After a cut nobody reads its errors.
    reading.catch(() => undefined);
    stream.destroy();
  }
  const exitCode = await untilEnded(context, exec, signal);
  return { exitCode, stdout: output.stdout.text(), stderr: output.stderr.text() };
}

/** Reads an output to its end. A cut output says nothing about the command. */
async function read(
  stream: AsyncIterable<Buffer | string>,
  decode: (chunk: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const chunk of stream) decode(Buffer.from(chunk));
  } catch (error) {
    if (error instanceof DomainError) throw error;
  }
  signal.throwIfAborted();
}

/** Docker Desktop's pipe may never deliver the end of an output: resolves when it is due. */
async function isOverdue(context: DockerContext, exec: Exec, signal: AbortSignal): Promise<void> {
  try {
    await untilEnded(context, exec, signal);
    await delay(DRAIN_MS, undefined, { signal });
  } catch (error) {
    // The output ended first, or its own error will tell.
    if (signal.aborted) return;
    throw error;
  }
}

/** Docker closes the output just before it knows the exit code. */
async function untilEnded(
  context: DockerContext,
  exec: Exec,
  signal: AbortSignal,
): Promise<number> {
  for (let pause = ASK_AFTER_MS; ; pause = Math.min(pause * 2, ASK_EVERY_MS)) {
    const info = await context.connection.ask(
      (_docker, abortSignal) => exec.inspect({ abortSignal }),
      { signal },
    );
    if (!info.Running && info.ExitCode !== null) return info.ExitCode;
    await delay(pause, undefined, { signal });
  }
}

async function kill(context: DockerContext, containerId: string, mark: string): Promise<void> {
  const signal = AbortSignal.timeout(KILL_WITHIN_MS * context.connection.patience);
  try {
    await runExec(context, containerId, ["sh", "-c", KILL, "sh", mark], {}, signal);
  } catch (error) {
    context.onWarning(`A cancelled command may still run: ${messageOf(error)}`);
  }
}
