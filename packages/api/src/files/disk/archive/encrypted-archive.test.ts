import { readFile, writeFile } from "node:fs/promises";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, test, vi } from "vitest";
import { fingerprint, NEVER, openArchivePlace } from "../../../../tests/support/archive-place.ts";
import { forgeArchive } from "../../../../tests/support/forged-archive.ts";
import { rejects } from "../../../../tests/support/rejects.ts";
import { verifyArchive } from "./read/verify-archive.ts";

// Deriving a key from a passphrase is slow on purpose.
vi.setConfig({ testTimeout: 90_000 });

const FILE = "claw-20261122-081500-1.tar";
const PASSPHRASE = "correct horse battery";
const SECRET = "the token of this instance";

async function openPlace() {
  const place = await openArchivePlace();
  await place.provision("anna", {
    "data/openclaw.json": "{}",
    "data/secret": SECRET.repeat(9_000),
  });
  const stage = (unlock: Parameters<typeof place.archives.verify>[1]["unlock"]) =>
    place.archives.unpack(
      { filename: FILE, from: "anna", staged: "s", ...(unlock ? { unlock } : {}) },
      { signal: NEVER },
    );
  return { ...place, stage };
}

async function keyPair() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

describe("an encrypted archive", () => {
  test("with a passphrase: opens with it, and with nothing else", async () => {
    await using place = await openPlace();
    const encryption = { kind: "passphrase", passphrase: PASSPHRASE } as const;
    expect((await place.backUp(["anna"], { encryption })).encryption).toBe("passphrase");
    const unlocks = [{ passphrase: "another" }, { identity: (await keyPair()).identity }];
    for (const unlock of unlocks) {
      await rejects(place.archives.verify(FILE, { signal: NEVER, unlock }), "ARCHIVE_LOCKED");
      await rejects(place.stage(unlock), "ARCHIVE_LOCKED");
    }
    await rejects(place.stage(undefined), "ARCHIVE_LOCKED");
    const unlock = { passphrase: PASSPHRASE };
    expect(await place.archives.verify(FILE, { signal: NEVER, unlock })).toMatchObject({
      opened: true,
    });
    await place.stage(unlock);
    expect(await fingerprint(place.at(".staged-s"))).toEqual(await fingerprint(place.at("anna")));
  });

  test("for several keys: opens with each of them, and with no other", async () => {
    await using place = await openPlace();
    const [one, two, other] = [await keyPair(), await keyPair(), await keyPair()];
    const recipients = [one.recipient, two.recipient];
    const encryption = { kind: "recipients", recipients } as const;
    expect((await place.backUp(["anna"], { encryption: { ...encryption } })).encryption).toBe(
      "recipients",
    );
    for (const { identity } of [one, two])
      expect(
        await place.archives.verify(FILE, { signal: NEVER, unlock: { identity } }),
      ).toMatchObject({
        opened: true,
      });
    await rejects(place.stage({ identity: other.identity }), "ARCHIVE_LOCKED");
    await rejects(place.stage({ identity: "AGE-SECRET-KEY-1X" }), "ARCHIVE_LOCKED");
    await rejects(place.stage({ passphrase: PASSPHRASE }), "ARCHIVE_LOCKED");
    await place.stage({ identity: two.identity });
  });

  test("shows nothing of what is in it, neither content nor names", async () => {
    await using place = await openPlace();
    await place.provision("anna", { "data/name-of-a-customer": SECRET });
    await place.backUp(["anna"], { encryption: { kind: "passphrase", passphrase: PASSPHRASE } });
    const bytes = await readFile(place.backup(FILE), "latin1");
    for (const hidden of [SECRET, "customer", PASSPHRASE]) expect(bytes).not.toContain(hidden);
  });

  test("is checked without its key as it is, and says so", async () => {
    await using place = await openPlace();
    await place.backUp(["anna"], { encryption: { kind: "passphrase", passphrase: PASSPHRASE } });
    const progress: number[] = [];
    const report = await place.archives.verify(FILE, {
      signal: NEVER,
      onProgress: ({ bytes }) => progress.push(bytes),
    });
    expect(report.opened).toBe(false);
    expect(progress.at(-1)).toBe(report.instances[0]?.bytes);
  });

  test("for a key that is none is not begun", async () => {
    await using place = await openPlace();
    const recipients = [`age1${"q".repeat(58)}`];
    await rejects(
      place.backUp(["anna"], { encryption: { kind: "recipients", recipients } }),
      "INVALID_INPUT",
    );
    expect(await place.repository.list()).toEqual([]);
  });
});

describe("an archive that was encrypted to do harm", () => {
  const encrypted = (packed: Buffer) => ({
    members: [{ path: "data/" }],
    packed: () => packed,
    instance: (honest: object) => ({ ...honest, member: "instances/anna.tar.zst.age" }),
    manifest: (told: object) => ({ ...told, encryption: "passphrase" }),
  });

  async function verifying(packed: Buffer) {
    await using place = await openPlace();
    await writeFile(place.backup("x.tar"), forgeArchive(encrypted(packed)));
    const unlock = { passphrase: PASSPHRASE };
    return await verifyArchive({ file: place.backup("x.tar"), unlock }, () => undefined);
  }

  test("and asks for gigabytes of memory is refused before it gets them", async () => {
    const header = "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 20\n";
    const error = await rejects(verifying(Buffer.from(header)), "ARCHIVE_INVALID");
    expect(error.message).toContain("too much memory");
  });

  test("or is no age file, or a damaged one, is refused", async () => {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(4);
    encrypter.setPassphrase(PASSPHRASE);
    const good = Buffer.from(await encrypter.encrypt(new Uint8Array(100_000)));
    const changed = Buffer.from(good).fill(1, good.length - 100);
    for (const packed of [Buffer.from("text"), changed, good.subarray(0, -1)])
      await rejects(verifying(packed), "ARCHIVE_INVALID");
  });
});
