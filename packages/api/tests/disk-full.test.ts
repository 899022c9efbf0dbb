import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { newAuditDraft } from "../src/services/access/admit.ts";
import { identify } from "../src/services/access/identify.ts";
import { logIn } from "../src/services/access/log-in.ts";
import { newFactor } from "../src/services/access/one-time-code.ts";
import { hashSecret } from "../src/services/access/secrets.ts";
import { revokeSession } from "../src/services/access/sessions.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { readConfig } from "../src/services/instance/read-config.ts";
import { removeInstance } from "../src/services/instance/remove-instance.ts";
import { saveConfig } from "../src/services/instance/save-config.ts";
import { stopInstance } from "../src/services/instance/stop-instance.ts";
import { systemStatus } from "../src/services/system/system-status.ts";
import { eventually, settled } from "./support/deadline.ts";
import { rejects } from "./support/rejects.ts";
import { haveUser, signIn, TEST_PASSWORD } from "./support/sign-in.ts";
import { jobOf } from "./support/specs.ts";
import { createTestPanel } from "./support/test-app.ts";
import { canMount, TinyDisk } from "./support/tiny-disk.ts";
import { expectGone, expectWhole } from "./support/wholeness.ts";

const anna = { id: "anna", name: "Anna", start: true };

describe.runIf(canMount)("on a disk that is full", () => {
  /** A panel with one instance that runs, on a disk of its own; on a small one without a reserve. */
  async function setUp(size = "4m") {
    const disk = await TinyDisk.mount(size);
    const panel = await createTestPanel({ home: disk.folder });
    panel.defer(() => disk[Symbol.asyncDispose]());
    await createInstance(panel.context, anna);
    await panel.until("anna", "running");
    return { disk, panel };
  }

  test("a creation is refused in words, and nothing of it is left", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    await disk.fill();
    await rejects(createInstance(panel.context, { ...anna, id: "ben" }), "DISK_FULL");
    await disk.free();
    await eventually(() => expectGone(panel, "ben"));
    await expectWhole(panel, "anna");
    await createInstance(panel.context, { ...anna, id: "ben" });
    await panel.until("ben", "running");
  });

  test("a configuration that cannot be saved stays as it was", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    const { text, revision } = await readConfig(panel.context, "anna");
    await disk.fill();
    const edited = { id: "anna", text: `${text}// ${"x".repeat(50_000)}`, revision };
    await rejects(saveConfig(panel.context, edited), "DISK_FULL");
    expect(await readConfig(panel.context, "anna")).toMatchObject({ text, revision });
  });

  test("the reserve is given up for a configuration and for the compose file, and made again", async () => {
    const { disk, panel } = await setUp("64m");
    await using _ = panel;
    const {
      store,
      disk: { files, storage },
    } = panel.context;
    const reserve = path.join(disk.folder, "data/reserve");
    const config = () => storage.writeConfig("anna", `{ /* ${"x".repeat(50_000)} */ }`);
    const compose = (letter: string) =>
      files.updateCompose(async () => `# ${letter.repeat(50_000)}`);
    const writes = [config, () => compose("a"), () => Promise.all([config(), compose("b")])];
    for (const write of writes) {
      expect(existsSync(reserve)).toBe(true);
      await disk.fill();
      await write();
      expect(existsSync(reserve)).toBe(false);
      expect((await store.room()).isShort).toBe(true);
      await disk.free();
      await store.catchUp();
    }
    expect(existsSync(reserve)).toBe(true);
  });

  test("the panel starts with the reserve used up, and says of jobs that were cut short that they are over", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    await panel.context.store.saveJob(jobOf({ id: "j1" }));
    await disk.fill();
    {
      await using next = await createTestPanel({ home: disk.folder, engine: panel.engine });
      const over = { status: "failed", error: { reason: "INTERRUPTED" } };
      expect(await next.context.runtime.jobs.get("j1")).toMatchObject(over);
      expect(await next.context.runtime.jobs.list()).toMatchObject([over]);
      await disk.free();
    }
    expect((await panel.context.store.findJob("j1"))?.status).toBe("failed");
  });

  test("an instance is stopped, and stays so for the next panel when there was room in between", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    await disk.fill();
    expect((await stopInstance(panel.context, "anna")).status).toBe("stopped");
    expect((await systemStatus(panel.context)).isDiskShort).toBe(true);
    await disk.free();
    await panel.context.store.catchUp();
    await using next = await createTestPanel({ home: disk.folder, engine: panel.engine });
    await settled();
    expect(next.context.runtime.live.board.get("anna")).toMatchObject({
      status: "stopped",
      desired: "stopped",
    });
  });

  test("somebody logs in and out, also after what was kept for that is used up", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    await disk.fill();
    const { context } = panel;
    const admin = await haveUser(context.store, "admin", "administrator");
    const { token, viewer } = await signIn(context, admin);
    expect((await identify(context, token))?.viewer.id).toBe(viewer.id);
    await revokeSession(context, viewer, viewer.id);
    expect(await identify(context, token)).toBeNull();
  });

  test("who has a second factor logs in with a code of the device, which is good once", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    const { context } = panel;
    const { secret } = newFactor("5a".repeat(20), "admin");
    const admin = await haveUser(context.store, "admin", "administrator");
    const recoveryHashes = [hashSecret("7KQM-2XVD-9HTR")];
    await context.store.updateUser(admin.id, { totpSecret: secret, recoveryHashes });
    await disk.fill();
    const origin = { address: "127.0.0.1", userAgent: "" };
    const enter = (totp: string) => {
      const from = { origin, audit: newAuditDraft({ action: "auth.login", origin }) };
      return logIn(context, { username: "admin", password: TEST_PASSWORD, totp }, from);
    };
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: panel.host.now(),
    });
    const said = await Promise.allSettled(Array.from({ length: 6 }, () => enter(code)));
    const tokens = said.flatMap((each) => (each.status === "fulfilled" ? [each.value.token] : []));
    expect(tokens).toHaveLength(1);
    expect((await identify(context, tokens[0] ?? ""))?.viewer.user.username).toBe("admin");
    panel.host.advance(1_000);
    await rejects(enter(code), "TOTP_WRONG");
    panel.host.advance(10_000);
    const refusal = await rejects(enter("7KQM-2XVD-9HTR"), "DISK_FULL");
    expect(refusal.message).toContain("authenticator app");
  });

  test.each([
    ["kept", false],
    ["gone", true],
  ])("an instance is deleted with its data %s, also for the next panel", async (_, deleteData) => {
    const { disk, panel } = await setUp();
    await using _panel = panel;
    await disk.fill();
    await removeInstance(panel.context, { id: "anna", deleteData });
    expect(panel.context.runtime.live.board.find("anna")).toBeNull();
    await disk.free();
    await panel.context.store.catchUp();
    // The compose file, which could not be written, is tried again.
    await settled();
    panel.host.advance(1_000);
    await eventually(() => expectGone(panel, "anna", { dataKept: !deleteData }));
    await using next = await createTestPanel({ home: disk.folder, engine: panel.engine });
    await settled();
    await expectGone(next, "anna", { dataKept: !deleteData });
  });

  test("an instance can be deleted with its data, which makes room", async () => {
    const { disk, panel } = await setUp();
    await using _ = panel;
    const logs = path.join(disk.folder, "instances/anna/logs");
    await mkdir(logs, { recursive: true });
    await writeFile(path.join(logs, "openclaw.log"), Buffer.alloc(500_000));
    await disk.fill();
    await removeInstance(panel.context, { id: "anna", deleteData: true });
    await expectGone(panel, "anna");
  });
});
