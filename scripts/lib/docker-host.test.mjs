import assert from "node:assert/strict";
import test from "node:test";
import { dockerHost } from "./docker-host.mjs";

const cases = [
  [{}, "linux", { socketPath: "/var/run/docker.sock" }],
  [{}, "win32", { socketPath: "//./pipe/docker_engine" }],
  [
    { DOCKER_HOST: "unix:///run/user/1000/docker.sock" },
    "linux",
    { socketPath: "/run/user/1000/docker.sock" },
  ],
  [
    { DOCKER_HOST: "npipe:////./pipe/dockerDesktopLinuxEngine" },
    "win32",
    { socketPath: "//./pipe/dockerDesktopLinuxEngine" },
  ],
  [
    { DOCKER_HOST: "npipe://\\\\.\\pipe\\docker_engine" },
    "win32",
    { socketPath: "//./pipe/docker_engine" },
  ],
  [{ DOCKER_HOST: "tcp://10.0.0.5:2375" }, "linux", { host: "10.0.0.5", port: 2375, tls: false }],
  [{ DOCKER_HOST: "tcp://[::1]:2375" }, "linux", { host: "::1", port: 2375, tls: false }],
  [{ DOCKER_HOST: "tcp://docker" }, "linux", { host: "docker", port: 2375, tls: false }],
  [
    { DOCKER_HOST: "tcp://docker", DOCKER_TLS_VERIFY: "1" },
    "linux",
    { host: "docker", port: 2376, tls: true },
  ],
  [{ DOCKER_HOST: "ssh://me@box" }, "linux", { unsupported: "ssh://me@box" }],
];

for (const [env, platform, expected] of cases) {
  test(`${env.DOCKER_HOST ?? "no DOCKER_HOST"} on ${platform}`, () => {
    assert.deepEqual(dockerHost(env, platform), expected);
  });
}
