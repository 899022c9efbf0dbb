import { DomainError, messageOf, type Reason } from "@claw/core/errors";

/** The HTTP status of Docker's answer, or null without an answer. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  return typeof error.statusCode === "number" ? error.statusCode : null;
}

/** Docker's own message, without the prefix of docker-modem. */
export function dockerSentence(error: unknown): string {
  return messageOf(error)
    .replace(/^\(HTTP code \d+\) .*? - /, "")
    .trim();
}

/** Docker's messages → their meaning, tried in order. */
const MEANINGS: readonly [RegExp, (said: string) => DomainError][] = [
  [
    // The last two are worded by Windows.
    /port is already allocated|address already in use|ports are not available|failed to bind (?:host )?port|only one usage of each socket address|forbidden by its access permissions/i,
    (said) => {
      const port = /(?:[\d.]+|\]|::):(\d{1,5})(?!\.)\b/.exec(said)?.[1];
      return new DomainError(
        "PORT_TAKEN",
        `${port ? `Port ${port}` : "The port"} is in use on this host. Choose another port, or stop what uses it.`,
      );
    },
  ],
  [
    /no such image/i,
    (said) =>
      new DomainError(
        "IMAGE_MISSING",
        `The image is not on this host. Get it on the system page, then try again. Docker says: ${said}`,
      ),
  ],
  [
    /pool overlaps|could not find an available|all predefined address pools/i,
    () =>
      new DomainError(
        "SUBNETS_EXHAUSTED",
        "The network overlaps another one on this host. Set CLAW_SUBNET_POOL to a private range that nothing else uses.",
      ),
  ],
  [
    /container name "?\/?([^"\s]+)"? is already in use|network with name (\S+) already exists/i,
    (said) => {
      const name = /"\/?([^"\s]+)"|network with name (\S+)/.exec(said);
      return clash(name?.[2] ? "network" : "container", name?.[1] ?? name?.[2] ?? "of that name");
    },
  ],
  [
    /no space left on device/i,
    (said) =>
      new DomainError(
        "DISK_FULL",
        `The disk of the Docker host is full. Free some space. Docker says: ${said}`,
      ),
  ],
  [
    /no such container/i,
    () => new DomainError("INSTANCE_NOT_FOUND", "Its container is gone. Start the instance again."),
  ],
  [
    /container \S+ is (?:not running|paused|restarting)/i,
    () => new DomainError("INSTANCE_NOT_RUNNING", "Its container does not run. Start it first."),
  ],
];

/** A container or network that blocks ours and belongs to someone else. */
export function clash(kind: "container" | "network", name: string, otherHome?: string) {
  const owner = otherHome
    ? `It belongs to the panel with the home folder ${otherHome}.`
    : "This panel did not make it.";
  return new DomainError(
    "CONTAINER_CLASH",
    `A ${kind} named ${name} is there already. ${owner} Rename or remove it, or choose another id.`,
  );
}

/** Maps any error of a call to Docker at `address` to the panel's. */
export function toDomainError(error: unknown, address: string): DomainError {
  if (error instanceof DomainError) return error;
  const status = statusOf(error);
  // Docker Desktop's proxy answers 502 and 503 while its engine is away.
  if (status === null || status === 502 || status === 503) return unreachable(error, address);
  const said = dockerSentence(error);
  for (const [pattern, meaning] of MEANINGS)
    if (pattern.test(said)) {
      const known = meaning(said);
      return new DomainError(known.reason, known.message, { cause: error });
    }
  return failed(`Docker refused: ${said}`, error);
}

export function failed(message: string, cause?: unknown, reason: Reason = "ENGINE_FAILED") {
  return new DomainError(reason, message, { cause });
}

/** Docker is there, but exceeded the limit for this request. */
export function slow(seconds: number, address: string): DomainError {
  return new DomainError(
    "ENGINE_SLOW",
    `Docker at ${address} answers, but did not do this within ${seconds} seconds. Try again; if it stays so, restart Docker.`,
  );
}

/** Docker did not answer; the message says what to do. */
export function unreachable(error: unknown, address: string): DomainError {
  return new DomainError("ENGINE_UNREACHABLE", unreachableSentence(error, address), {
    cause: error,
  });
}

function unreachableSentence(error: unknown, address: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const windows = process.platform === "win32";
  if (code === "EACCES" || code === "EPERM") {
    const group = windows ? "docker-users" : "docker";
    return `Permission denied: this account may not use Docker at ${address}. Add it to the group "${group}", sign in again and start the panel again.`;
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `The host name in DOCKER_HOST (${address}) cannot be resolved. Correct DOCKER_HOST.`;
  if (code === "ECONNREFUSED" || code === "ENOENT")
    return `Docker does not answer at ${address}. Start Docker${windows ? " Desktop" : ""}; the panel connects by itself.`;
  return `Docker at ${address} does not answer (${messageOf(error)}). If it stays so, restart Docker; the panel connects by itself.`;
}
