import { randomUUID } from "node:crypto";
import { DomainError, messageOf } from "@claw/core/errors";
import { LABEL } from "@claw/core/naming";
import type { Container, ContainerCreateOptions } from "dockerode";
import { CommandOverrun } from "../command-overrun.ts";
import type { ExecResult, RunOptions } from "../engine.ts";
import { CappedOutput } from "./capped-output.ts";
import { openStream, WORK_SECONDS } from "./connection.ts";
import { orNull } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { toDomainError } from "./errors.ts";
import { findImage } from "./images.ts";
import { createFrameDecoder } from "./log-frames.ts";
import { tarOf } from "./tar-of.ts";

/** A command of OpenClaw takes ten seconds, on a busy machine half a minute. */
const WITHIN_SECONDS = 60;
/** The schema of a configuration has 2.4 MB. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;
const MEMORY_LIMIT = 2 * 1024 ** 3;

export interface OneOffs {
  /** See `ContainerEngine.runOnce`. */
  run(image: string, argv: readonly string[], options: RunOptions): Promise<ExecResult>;
  /** Removes what killed panels left; what cannot be removed now is a warning. */
  sweep(signal: AbortSignal): Promise<void>;
}

/** Runs programs in containers of their own. */
export function createOneOffs(context: DockerContext): OneOffs {
  /** Names of the containers of calls under way; another is what a killed panel left. */
  const running = new Set<string>();

  async function run(
    image: string,
    argv: readonly string[],
    options: RunOptions,
  ): Promise<ExecResult> {
    const seconds = options.withinSeconds ?? WITHIN_SECONDS;
    const tooLate = AbortSignal.timeout(seconds * 1_000);
    const signal = AbortSignal.any([options.signal, tooLate]);
    const name = `claw-once-${randomUUID()}`;
    running.add(name);
    try {
      await removeLeftovers(context, running, signal);
      const imageId = await idOf(context, image);
      const create = createOptions(context, { name, imageId, argv, env: options.env ?? {} });
      return await runIn(context, create, { seconds, signal, files: options.files ?? {} });
    } catch (error) {
      if (options.signal.aborted)
        throw new DomainError("CANCELLED", "The command was cancelled.", { cause: error });
      if (!tooLate.aborted) throw toDomainError(error, context.connection.address);
      throw new CommandOverrun(argv.join(" "), seconds, error);
    } finally {
      running.delete(name);
    }
  }

  return {
    run,
    async sweep(signal) {
      try {
        await removeLeftovers(context, running, signal);
      } catch (error) {
        if (!signal.aborted)
          context.onWarning(`looking for containers that were left: ${messageOf(error)}`);
      }
    },
  };
}

async function idOf(context: DockerContext, image: string): Promise<string> {
  const found = await findImage(context, image);
  if (found) return found.id;
  throw new DomainError(
    "IMAGE_MISSING",
    `The image ${image} is not on this host. Get it on the system page, then try again.`,
  );
}

interface Limits {
  seconds: number;
  signal: AbortSignal;
}

interface Run extends Limits {
  files: Readonly<Record<string, string>>;
}

async function runIn(
  context: DockerContext,
  create: ContainerCreateOptions,
  { files, ...limits }: Run,
): Promise<ExecResult> {
  const container = await context.connection.ask(
    (docker, abortSignal) => docker.createContainer({ ...create, abortSignal }),
    { seconds: WORK_SECONDS, signal: limits.signal },
  );
  try {
    if (Object.keys(files).length > 0)
      await context.connection.ask(
        (_docker, abortSignal) => container.putArchive(tarOf(files), { path: "/", abortSignal }),
        { seconds: WORK_SECONDS, signal: limits.signal },
      );
    return await outcomeOf(context, container, limits);
  } finally {
    await remove(context, container.id);
  }
}

async function outcomeOf(
  { connection }: DockerContext,
  container: Container,
  { seconds, signal }: Limits,
): Promise<ExecResult> {
  const work = { seconds: WORK_SECONDS, signal };
  await connection.ask((_docker, abortSignal) => container.start({ abortSignal }), work);
  const ended: { StatusCode: number } = await connection.ask(
    (_docker, abortSignal) => container.wait({ abortSignal }),
    { seconds: seconds + WORK_SECONDS, signal },
  );
  const output = { stdout: new CappedOutput(OUTPUT_LIMIT), stderr: new CappedOutput(OUTPUT_LIMIT) };
  const decode = createFrameDecoder((name, bytes, start, end) =>
    output[name].add(bytes.subarray(start, end)),
  );
  const query = { stdout: true, stderr: true, follow: false };
  const log = await connection.ask(
    (docker, abortSignal) =>
      openStream(docker, `/containers/${container.id}/logs`, query, abortSignal),
    { signal },
  );
  for await (const chunk of log) decode(Buffer.from(chunk));
  const [stdout, stderr] = [output.stdout.text(), output.stderr.text()];
  return { exitCode: ended.StatusCode, stdout, stderr };
}

interface Program {
  name: string;
  imageId: string;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
}

function createOptions(
  { home }: DockerContext,
  { name, imageId, argv, env }: Program,
): ContainerCreateOptions {
  return {
    name,
    Image: imageId,
    Cmd: [...argv],
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    Tty: false,
    AttachStdout: true,
    AttachStderr: true,
    Labels: { [LABEL.home]: home, [LABEL.oneOff]: "1" },
    Healthcheck: { Test: ["NONE"] },
    HostConfig: {
      NetworkMode: "none",
      Init: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      PidsLimit: 512,
      Memory: MEMORY_LIMIT,
      // The output is read from here; JSON around each line makes four times as much of it.
      LogConfig: { Type: "json-file", Config: { "max-size": "64m", "max-file": "1" } },
    },
  };
}

async function removeLeftovers(
  context: DockerContext,
  running: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const label = [`${LABEL.home}=${context.home}`, LABEL.oneOff];
  const found = await context.connection.ask(
    (docker, abortSignal) => docker.listContainers({ all: true, filters: { label }, abortSignal }),
    { signal },
  );
  for (const { Id, Names } of found)
    if (!Names.some((name) => running.has(name.slice(1)))) await remove(context, Id);
}

/** Kills what still runs. */
async function remove(context: DockerContext, id: string): Promise<void> {
  try {
    await context.connection.ask((docker) =>
      orNull(docker.getContainer(id).remove({ force: true, v: true })),
    );
  } catch (error) {
    context.onWarning(
      `The container ${id} is removed when Docker answers again, or before the next of its kind: ${messageOf(error)}`,
    );
  }
}
