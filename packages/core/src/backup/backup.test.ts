import { describe, expect, test } from "vitest";
import {
  BackupPolicy,
  BackupRequest,
  DEFAULT_BACKUP_POLICY,
  Encryption,
  RestoreRequest,
  Unlock,
} from "./backup.ts";

const KEY = `age1${"q".repeat(58)}`;

describe("a request for a backup", () => {
  test("is of all instances, one after the other, and not encrypted, if it says nothing", () => {
    expect(BackupRequest.parse({})).toEqual({ mode: "rolling" });
  });

  test("has a note without the space around it", () => {
    expect(BackupRequest.parse({ note: "  before the upgrade \n" }).note).toBe(
      "before the upgrade",
    );
  });

  test.each([
    ["no instance", { instanceIds: [] }],
    ["a path for an id", { instanceIds: ["../anna"] }],
    ["a note of 501 characters", { note: "x".repeat(501) }],
    ["another mode", { mode: "hot" }],
    ["a short passphrase", { encryption: { kind: "passphrase", passphrase: "123456789" } }],
  ])("with %s is refused", (_, request) => {
    expect(BackupRequest.safeParse(request).success).toBe(false);
  });
});

describe("encryption to recipients", () => {
  const to = (recipients: string[]) => Encryption.safeParse({ kind: "recipients", recipients });

  test("names 1 to 20 public keys", () => {
    expect(to([KEY]).success).toBe(true);
    expect(to(Array(20).fill(KEY)).success).toBe(true);
    expect(to([]).success).toBe(false);
    expect(to(Array(21).fill(KEY)).success).toBe(false);
  });

  test.each([
    "AGE-SECRET-KEY-1QQQQ",
    "age1short",
    `ssh-ed25519 ${KEY}`,
    `${KEY}\n`,
  ])("does not take %j for one", (key) => expect(to([key]).success).toBe(false));
});

test("an archive is unlocked by a passphrase of any length, or by an identity", () => {
  expect(Unlock.safeParse({ passphrase: "x" }).success).toBe(true);
  expect(Unlock.safeParse({ identity: "AGE-SECRET-KEY-1QQQQ" }).success).toBe(true);
  expect(Unlock.safeParse({ identity: KEY }).success).toBe(false);
  expect(Unlock.safeParse({}).success).toBe(false);
});

describe("a copy of a restored instance", () => {
  const copyTo = (id: string, owner?: string | null) =>
    RestoreRequest.safeParse({
      id: "b1",
      copies: [{ from: "con", id, name: "Copy", ...(owner === undefined ? {} : { owner }) }],
    });

  test("has an id that a folder can have anywhere; its original may be older than that rule", () => {
    expect(copyTo("anna-2").success).toBe(true);
    expect(copyTo("con").success).toBe(false);
  });

  test("says whose it is, nobody's, or nothing", () => {
    expect(copyTo("anna-2", "mina").data?.copies?.[0]?.owner).toBe("mina");
    expect(copyTo("anna-2", null).data?.copies?.[0]?.owner).toBeNull();
    expect(copyTo("anna-2").data?.copies?.[0]).not.toHaveProperty("owner");
  });
});

test("the schedule is off until somebody turns it on, and keeps at least one backup", () => {
  expect(BackupPolicy.parse(DEFAULT_BACKUP_POLICY)).toEqual(DEFAULT_BACKUP_POLICY);
  expect(DEFAULT_BACKUP_POLICY.enabled).toBe(false);
  expect(BackupPolicy.safeParse({ ...DEFAULT_BACKUP_POLICY, keepLast: 0 }).success).toBe(false);
  expect(BackupPolicy.safeParse({ ...DEFAULT_BACKUP_POLICY, keepDaily: 0 }).success).toBe(true);
});
