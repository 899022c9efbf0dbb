import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { dockerSentence, toDomainError } from "./errors.ts";

/** An error as docker-modem derives it from an answer. */
const answered = (statusCode: number, said: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${said} `), { statusCode });
const failedToConnect = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const map = (error: unknown) => toDomainError(error, "/var/run/docker.sock");

test.each([
  // Docker 20.10, its own port table and the system's
  "driver failed programming external connectivity on endpoint openclaw-a (9f): Bind for 127.0.0.1:18789 failed: port is already allocated",
  "driver failed programming external connectivity on endpoint openclaw-a (9f): Error starting userland proxy: listen tcp4 127.0.0.1:18789: bind: address already in use",
  "driver failed programming external connectivity on endpoint openclaw-a (9f): Error starting userland proxy: listen tcp6 [::1]:18789: bind: address already in use",
  // Docker 28
  "failed to set up container networking: driver failed programming external connectivity on endpoint openclaw-a (9f): failed to bind host port for 127.0.0.1:18789:172.18.0.2:18789/tcp: address already in use",
  // Docker Desktop
  "Ports are not available: exposing port TCP 127.0.0.1:18789 -> 127.0.0.1:0: listen tcp 127.0.0.1:18789: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.",
  "Ports are not available: exposing port TCP 127.0.0.1:18789 -> 127.0.0.1:0: listen tcp 127.0.0.1:18789: bind: An attempt was made to access a socket in a way forbidden by its access permissions.",
])("knows a port that is in use: %s", (said) => {
  const error = map(answered(500, said));
  expect(error.reason).toBe("PORT_TAKEN");
  expect(error.message).toContain("Port 18789 is in use");
});

test.each([
  [404, "No such image: openclaw:local", "IMAGE_MISSING"],
  [
    400,
    "invalid pool request: Pool overlaps with other one on this address space",
    "SUBNETS_EXHAUSTED",
  ],
  [403, "Pool overlaps with other one on this address space", "SUBNETS_EXHAUSTED"],
  [
    500,
    "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
    "SUBNETS_EXHAUSTED",
  ],
  [409, "network with name openclaw-a already exists", "CONTAINER_CLASH"],
  [404, "No such container: openclaw-a", "INSTANCE_NOT_FOUND"],
  [409, "Container 4f5e is not running", "INSTANCE_NOT_RUNNING"],
  [500, "write /var/lib/docker/tmp: no space left on device", "DISK_FULL"],
  [500, "OCI runtime create failed: nothing we know", "ENGINE_FAILED"],
  [503, "Docker Desktop is starting", "ENGINE_UNREACHABLE"],
])("%i %s is %s", (status, said, reason) => {
  expect(map(answered(status, said)).reason).toBe(reason);
});

test("names the container that is in the way", () => {
  const said =
    'Conflict. The container name "/openclaw-a" is already in use by container "0123abc". You have to remove (or rename) that container to be able to reuse that name.';
  expect(map(answered(409, said))).toMatchObject({
    reason: "CONTAINER_CLASH",
    message: expect.stringContaining("A container named openclaw-a is there already"),
  });
});

test.each([
  ["ECONNREFUSED", "Start Docker"],
  ["ENOENT", "Start Docker"],
  ["EACCES", "Permission denied"],
  ["ENOTFOUND", "Correct DOCKER_HOST"],
  ["ECONNRESET", "does not answer"],
])("%s is ENGINE_UNREACHABLE and says what to do", (code, hint) => {
  const error = map(failedToConnect(code));
  expect(error.reason).toBe("ENGINE_UNREACHABLE");
  expect(error.message).toContain(hint);
  expect(error.message).toContain("/var/run/docker.sock");
});

test("keeps an error that is one of ours, and the cause of the others", () => {
  const ours = new DomainError("BUSY", "busy");
  expect(map(ours)).toBe(ours);
  const theirs = answered(404, "No such image: a");
  expect(map(theirs).cause).toBe(theirs);
});

test("takes docker-modem's words off Docker's", () => {
  expect(dockerSentence(answered(500, "it broke - twice"))).toBe("it broke - twice");
});
