import type { InstanceId } from "@claw/core/instance";
import { LOG_START, type LogLine } from "@claw/core/log-cursor";
import { containerName, LABEL } from "@claw/core/naming";
import type { Workload } from "@claw/core/workload";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DockerHarness, docker, STUB_IMAGE } from "../../../tests/support/docker.ts";
import { FakeRegistry } from "../../../tests/support/fake-registry.ts";
import { freePort } from "../../../tests/support/free-port.ts";
import { rejects } from "../../../tests/support/rejects.ts";

/** Behaviour of the Docker driver beyond the contract. */
let harness: DockerHarness;
beforeAll(async () => {
  harness = await DockerHarness.make();
});
afterAll(async () => {
  await harness?.[Symbol.asyncDispose]();
});

const patience = () => AbortSignal.timeout(30_000);

async function deployed(id: InstanceId, change: Partial<Workload> = {}, config = "{}") {
  await harness.writeConfig(id, config);
  const workload = { ...(await harness.workload(id)), ...change };
  await harness.engine.deploy(workload);
  return workload;
}

async function started(id: InstanceId, change: Partial<Workload> = {}, config = "{}") {
  const workload = await deployed(id, change, config);
  await harness.engine.start(id);
  return workload;
}

const observed = async (id: InstanceId) => (await harness.engine.list(id)).get(id) ?? null;

test("exec keeps the streams apart, hands the environment over and caps the output", async () => {
  await started("do-exec");
  const signal = patience();
  const argv = ["sh", "-c", 'echo "$SECRET"; echo oh >&2; exit 3'];
  expect(
    await harness.engine.exec("do-exec", argv, { env: { SECRET: "s3 cret" }, signal }),
  ).toEqual({ exitCode: 3, stdout: "s3 cret\n", stderr: "oh\n" });
  const flood = ["awk", "BEGIN { for (i = 0; i < 300000; i++) print 1234567 }"];
  const { stdout, exitCode } = await harness.engine.exec("do-exec", flood, { signal });
  expect([exitCode, stdout.length]).toEqual([0, 1024 * 1024]);
});

test("exec that is cancelled ends what it began", async () => {
  await started("do-cancel");
  const stop = new AbortController();
  const argv = ["sh", "-c", "sleep 1234 & sleep 1234"];
  const running = harness.engine.exec("do-cancel", argv, { signal: stop.signal });
  const sleepers = () => docker("exec", containerName("do-cancel"), "sh", "-c", "ps");
  await expect.poll(sleepers, { timeout: 10_000 }).toContain("sleep 1234");
  stop.abort();
  await rejects(running, "CANCELLED");
  expect(await sleepers()).not.toContain("sleep 1234");
});

test("a line of 40,000 characters arrives whole", async () => {
  await started("do-long", {}, "{ /* STUB_LOG_LONG */ }");
  const options = { tail: 100, follow: true, signal: patience() };
  const lines: LogLine[] = [];
  for await (const batch of harness.engine.logs("do-long", options)) {
    lines.push(...batch);
    if (lines.some((line) => line.text.includes("ready"))) break;
  }
  const [long] = lines.filter((line) => line.text.startsWith("long:"));
  expect(long?.text).toMatch(/^long:x+:end$/);
  expect(long?.text).toHaveLength(40_000);
});

test("logs and events that are left end Docker's requests", async () => {
  await started("do-leave");
  const stop = new AbortController();
  const options = { after: LOG_START, tail: 0, follow: true, signal: stop.signal };
  for await (const _ of harness.engine.logs("do-leave", options)) stop.abort();
  for await (const _ of harness.engine.logs("do-leave", { ...options, signal: patience() })) break;
  for await (const _ of harness.engine.events(patience())) break;
  // Only idle keep-alive connections are left, which close after 5 s.
  await expect.poll(() => harness.openConnections, { timeout: 15_000 }).toBe(0);
});

test("stop gives the container its own grace time and no more", async () => {
  await started("do-grace", { stopGraceSeconds: 1 }, "{ /* STUB_IGNORE_TERM */ }");
  const options = { tail: 100, follow: true, signal: patience() };
  for await (const batch of harness.engine.logs("do-grace", options))
    if (batch.some((line) => line.text.includes("ready"))) break;
  const begun = performance.now();
  await harness.engine.stop("do-grace");
  expect(performance.now() - begun).toBeGreaterThan(900);
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(await observed("do-grace")).toMatchObject({ state: "exited", exitCode: 137 });
});

test("a paused container is paused to the list, goes on by start, and can be stopped", async () => {
  await started("do-paused");
  await docker("pause", containerName("do-paused"));
  expect(await observed("do-paused")).toMatchObject({ state: "paused" });
  await harness.engine.start("do-paused");
  expect(await observed("do-paused")).toMatchObject({ state: "running" });
  await docker("pause", containerName("do-paused"));
  await rejects(harness.engine.remove("do-paused"), "ENGINE_FAILED");
  await harness.engine.stop("do-paused");
  expect(await observed("do-paused")).toMatchObject({ state: "exited", exitCode: 0 });
});

test("a newer build of the image does not replace the container, whose log would be lost", async () => {
  const image = "openclaw:test-newer";
  await docker("tag", STUB_IMAGE, image);
  try {
    await harness.writeConfig("do-newer", "{}");
    const workload = await harness.workload("do-newer", { image });
    await harness.engine.deploy(workload);
    await harness.engine.start("do-newer");
    const before = await observed("do-newer");
    await docker("commit", containerName("do-newer"), image);
    expect(await harness.engine.deploy(workload)).toEqual({ changed: false });
    await harness.engine.stop("do-newer");
    expect(await harness.engine.deploy(workload)).toEqual({ changed: false });
    await harness.engine.start("do-newer");
    expect(await observed("do-newer")).toMatchObject({
      containerId: before?.containerId,
      imageId: before?.imageId,
    });
    expect((await harness.engine.images.find(image))?.id).not.toBe(before?.imageId);
    await harness.engine.stop("do-newer");
    await harness.engine.remove("do-newer");
  } finally {
    await docker("rmi", image);
  }
});

test("a deploy that fails takes its network away again", async () => {
  const { isolation } = await harness.workload("do-undo");
  const failing = deployed("do-undo", {
    isolation: { ...isolation, securityOptions: ["no-such-option"] },
  });
  await rejects(failing, "ENGINE_FAILED");
  expect(await docker("network", "ls", "-q", "--filter", "name=openclaw-do-undo")).toBe("");
  expect(await observed("do-undo")).toBeNull();
  expect(harness.warnings).toEqual([]);
});

test("a network of somebody else with our name is a clash, and stays", async () => {
  const name = containerName("do-net-clash");
  await docker("network", "create", "--label", "claw.test=1", name);
  try {
    await rejects(deployed("do-net-clash"), "CONTAINER_CLASH");
    await harness.engine.remove("do-net-clash");
    expect(await docker("network", "inspect", "-f", "{{.Name}}", name)).toBe(name);
  } finally {
    await docker("network", "rm", name);
  }
});

test("a network that somebody else uses too is not removed, and the sentence says who", async () => {
  await deployed("do-shared");
  await harness.startForeign("claw-test-guest");
  const network = containerName("do-shared");
  await docker("network", "connect", network, "claw-test-guest");
  const error = await rejects(harness.engine.remove("do-shared"), "ENGINE_FAILED");
  expect(error.message).toContain("claw-test-guest");
  await docker("network", "disconnect", network, "claw-test-guest");
  await harness.engine.remove("do-shared");
  expect(await docker("network", "ls", "-q", "--filter", `name=${network}`)).toBe("");
});

test("pulls an image with progress and gives it a second name", async () => {
  await using registry = new FakeRegistry();
  const ref = await registry.listen();
  const as = "openclaw:test-pulled";
  const progress: number[] = [];
  try {
    const onProgress = (share: number) => void progress.push(share);
    await harness.engine.images.pull(ref, { as, onProgress, signal: patience() });
    const image = await harness.engine.images.find(as);
    expect(image?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(image).toEqual(await harness.engine.images.find(ref));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const missing = harness.engine.images.pull(ref.replace(":1.0", ":9"), {
      as,
      onProgress,
      signal: patience(),
    });
    expect((await rejects(missing, "IMAGE_UNAVAILABLE")).message).toContain("cannot be had");
  } finally {
    await docker("rmi", "-f", as, ref);
  }
});

test("a registry that does not answer, and a pull that is cancelled", async () => {
  const ref = `127.0.0.1:${await freePort()}/claw-test:1.0`;
  const options = { as: "openclaw:test-pulled", onProgress: () => {} };
  const away = harness.engine.images.pull(ref, { ...options, signal: patience() });
  expect((await rejects(away, "IMAGE_UNAVAILABLE")).message).toContain("does not answer");
  const cancelled = harness.engine.images.pull(ref, { ...options, signal: AbortSignal.abort() });
  await rejects(cancelled, "CANCELLED");
});

/** Keep this last: it leaves the connection frozen. */
/** Containers that programs of their own left behind. */
const oneOffs = async () => {
  const filters = [`label=${LABEL.home}=${harness.home}`, `label=${LABEL.oneOff}`];
  return docker("ps", "-aq", ...filters.flatMap((filter) => ["--filter", filter]));
};

test("a program on its own has no network and no rights, and its streams are kept apart", async () => {
  const script = "ls /sys/class/net; grep CapEff /proc/self/status; echo none >&2; exit 3";
  const argv = ["sh", "-c", script];
  const ran = await harness.engine.runOnce(STUB_IMAGE, argv, { signal: patience() });
  expect(ran.exitCode).toBe(3);
  expect(ran.stdout).toMatch(/^lo\nCapEff:\s+0+\n$/);
  expect(ran.stderr).toBe("none\n");
  expect(await oneOffs()).toBe("");
});

test("a program on its own may write as much as a schema has", async () => {
  const script = `BEGIN { for (i = 0; i < 80000; i++) print "key: { type: number, maximum: 12 }" }`;
  const signal = patience();
  const { stdout } = await harness.engine.runOnce(STUB_IMAGE, ["awk", script], { signal });
  expect(stdout.split("\n")).toHaveLength(80_001);
});

test("a program on its own that hangs is ended, and so is what a killed panel left", async () => {
  const label = ["--label", `${LABEL.home}=${harness.home}`, "--label", LABEL.oneOff];
  await docker("run", "-d", "--network", "none", ...label, STUB_IMAGE, "sleep", "600");
  const sleep = ["sleep", "600"];
  const within = { withinSeconds: 2, signal: patience() };
  const late = harness.engine.runOnce(STUB_IMAGE, sleep, within);
  const error = await rejects(late, "COMMAND_FAILED");
  expect(error.message).toContain("within 2 seconds");
  expect(await oneOffs()).toBe("");
  const gone = AbortSignal.timeout(1_000);
  await rejects(harness.engine.runOnce(STUB_IMAGE, sleep, { signal: gone }), "CANCELLED");
  expect(await oneOffs()).toBe("");
});

test("a Docker that hangs is unreachable within seconds", async () => {
  const begun = performance.now();
  const read = async () => {
    for await (const event of harness.engine.events(patience()))
      if (event.type === "connected") harness.freeze();
  };
  await rejects(read(), "ENGINE_UNREACHABLE");
  const error = await rejects(harness.engine.version(), "ENGINE_UNREACHABLE");
  expect(error.message).toContain("5 seconds");
  expect(performance.now() - begun).toBeLessThan(15_000);
});
