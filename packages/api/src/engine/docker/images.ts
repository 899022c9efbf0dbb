import { DomainError } from "@claw/core/errors";
import type { EngineImage, PullOptions } from "../engine-images.ts";
import { orNull } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { dockerSentence } from "./errors.ts";
import { jsonLines } from "./json-lines.ts";
import { createPullProgress, PullMessage } from "./pull-progress.ts";

const VERSION_LABEL = "org.opencontainers.image.version";

/** The local image behind a reference, or null. */
export async function findImage(context: DockerContext, ref: string): Promise<EngineImage | null> {
  const info = await context.connection.ask((docker) => orNull(docker.getImage(ref).inspect()));
  return (
    info && {
      id: info.Id,
      digest: digestOf(info.RepoDigests),
      version: info.Config?.Labels?.[VERSION_LABEL] ?? null,
      size: info.Size,
    }
  );
}

/** Docker reports `repository@sha256:…`, one per repository that has the image. */
export function digestOf(repoDigests: readonly string[] | null | undefined): string | null {
  return repoDigests?.[0]?.split("@")[1] ?? null;
}

/** Pulls an image and adds a second name. */
export async function pullImage(
  context: DockerContext,
  ref: string,
  options: PullOptions,
): Promise<void> {
  try {
    await pull(context, ref, options);
  } catch (error) {
    if (options.signal.aborted)
      throw new DomainError("CANCELLED", "Getting the image was cancelled.", { cause: error });
    throw error instanceof DomainError && error.reason !== "ENGINE_FAILED"
      ? error
      : unavailable(ref, dockerSentence(error), error);
  }
  const target = splitReference(options.as);
  await context.connection.ask((docker, abortSignal) =>
    docker.getImage(ref).tag({ repo: target.repository, tag: target.tag, abortSignal }),
  );
  options.onProgress(1);
}

async function pull(context: DockerContext, ref: string, options: PullOptions): Promise<void> {
  const { repository, tag } = splitReference(ref);
  // Docker answers only after the registry did, and retries for a while.
  const stream = await context.connection.ask(
    (docker, abortSignal) => docker.createImage({ fromImage: repository, tag, abortSignal }),
    { seconds: 180, signal: options.signal },
  );
  const progress = createPullProgress();
  for await (const value of jsonLines(stream)) {
    const message = PullMessage.parse(value);
    if (message.error !== undefined) throw unavailable(ref, message.error);
    options.onProgress(progress(message));
  }
}

const NO_ANSWER =
  /dial tcp|no such host|i\/o timeout|connection refused|context deadline|Client\.Timeout|TLS handshake|network is unreachable|proxyconnect|EOF|server misbehaving/i;

function unavailable(ref: string, said: string, cause?: unknown): DomainError {
  if (/no space left on device/i.test(said))
    return new DomainError("DISK_FULL", `The disk of the Docker host is full: ${said}`, { cause });
  const sentence = NO_ANSWER.test(said)
    ? `The registry of ${ref} does not answer. Check the network, a proxy or a mirror, or build the image by hand as the README says. Docker says: ${said}`
    : `The image ${ref} cannot be had from its registry. Check its name, or sign in with docker login. Docker says: ${said}`;
  return new DomainError("IMAGE_UNAVAILABLE", sentence, { cause });
}

/** Repository and tag (or digest) of an image reference; a registry's port is not a tag. */
export function splitReference(ref: string): { repository: string; tag: string } {
  const at = ref.indexOf("@");
  if (at >= 0) return { repository: ref.slice(0, at), tag: ref.slice(at + 1) };
  const colon = ref.lastIndexOf(":");
  if (colon <= ref.lastIndexOf("/")) return { repository: ref, tag: "latest" };
  return { repository: ref.slice(0, colon), tag: ref.slice(colon + 1) };
}
