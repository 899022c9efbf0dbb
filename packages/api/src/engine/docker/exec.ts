import { randomUUID } from "node:crypto";
import { DomainError, messageOf } from "@claw/core/errors";
import type { InstanceId } from "@claw/core/instance";
import type { Exec } from "dockerode";
import type { ExecOptions, ExecResult } from "../engine.ts";
import { getOwn } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { toDomainError } from "./errors.ts";
import { createFrameDecoder } from "./log-frames.ts";

const OUTPUT_LIMIT = 1024 * 1024;
/** Marks the processes of one call, as Docker has no way to end them. */
const MARK = "CLAW_EXEC_ID";
const KILL = `for p in /proc/[0-9]*; do if tr '\\000' '\\n' <"$p/environ" 2>/dev/null | grep -qx "${MARK}=$1"; then kill -9 "\${p#/proc/}"; fi; done`;

/** Runs a program in the container of an instance. */
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
  try {
    const env = { ...options.env, [MARK]: mark };
    return await runExec(context, info.Id, argv, env, options.signal);
  } catch (error) {
    if (!options.signal.aborted) throw error;
    await kill(context, info.Id, mark);
    throw new DomainError("CANCELLED", "The command was cancelled.", { cause: error });
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
  const output = { stdout: new CappedOutput(), stderr: new CappedOutput() };
  const decode = createFrameDecoder((name, bytes, start, end) =>
    output[name].add(bytes.subarray(start, end)),
  );
  try {
    for await (const chunk of stream) decode(Buffer.from(chunk));
    // Not every way in which the stream is cut off is an error.
    signal.throwIfAborted();
  } catch (error) {
    throw toDomainError(error, connection.address);
  }
  const exitCode = await exitCodeOf(context, exec);
  return { exitCode, stdout: output.stdout.text(), stderr: output.stderr.text() };
}

/** Docker closes the output a moment before it knows the exit code. */
async function exitCodeOf(context: DockerContext, exec: Exec): Promise<number> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const info = await context.connection.ask((_docker, abortSignal) =>
      exec.inspect({ abortSignal }),
    );
    if (!info.Running && info.ExitCode !== null) return info.ExitCode;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new DomainError(
    "ENGINE_FAILED",
    "Docker does not say how the command ended. Try again, or restart Docker.",
  );
}

async function kill(context: DockerContext, containerId: string, mark: string): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  try {
    await runExec(context, containerId, ["sh", "-c", KILL, "sh", mark], {}, signal);
  } catch (error) {
    context.onWarning(`A cancelled command may still run: ${messageOf(error)}`);
  }
}

class CappedOutput {
  readonly #pieces: Buffer[] = [];
  #length = 0;

  add(bytes: Buffer): void {
    const piece = bytes.subarray(0, OUTPUT_LIMIT - this.#length);
    if (piece.length === 0) return;
    this.#pieces.push(Buffer.from(piece));
    this.#length += piece.length;
  }

  text(): string {
    return Buffer.concat(this.#pieces).toString("utf8");
  }
}
