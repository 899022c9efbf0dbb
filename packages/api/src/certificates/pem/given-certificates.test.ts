import { createPublicKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import type { Certificate } from "../certificates.ts";
import { createAuthority } from "../x509/authority.ts";
import { issueLeaf } from "../x509/issue.ts";
import { openGivenCertificates, READ_EVERY_MS } from "./given-certificates.ts";

let folder: string;
let files: { cert: string; key: string };
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claw-pem-"));
  files = { cert: path.join(folder, "cert.pem"), key: path.join(folder, "key.pem") };
});
afterEach(() => rmSync(folder, { recursive: true }));

function newPair() {
  const { certificate, key, serverKey } = createAuthority({ names: ["x.lan"], now: Date.now() });
  const pair = { key, publicKey: createPublicKey(serverKey) };
  const cert = issueLeaf(pair, { issuer: certificate.raw, names: ["x.lan"], now: Date.now() });
  return { cert, key: serverKey.export({ type: "pkcs8", format: "pem" }) };
}

function write({ cert, key }: { cert?: string; key?: string | Buffer }): void {
  if (cert !== undefined) writeFileSync(files.cert, cert);
  if (key !== undefined) writeFileSync(files.key, key);
}

function open() {
  const host = new FakeHost();
  const notices: string[] = [];
  const given = { cert: readFileSync(files.cert), key: readFileSync(files.key), files };
  const certificates = openGivenCertificates(given, {
    clock: host,
    onNotice: (message) => notices.push(message),
  });
  onTestFinished(() => certificates[Symbol.asyncDispose]());
  const presented: string[] = [];
  certificates.follow(({ cert }: Certificate) => presented.push(String(cert)));
  /** Lets it look at the files once. */
  const look = async () => {
    host.advance(READ_EVERY_MS);
    await eventually(() => expect(host.asleep).toBe(1));
  };
  return { presented, notices, look };
}

test("a new pair is presented, also behind links that are turned", async () => {
  const [first, second] = [newPair(), newPair()];
  for (const [name, { cert, key }] of Object.entries({ first, second })) {
    writeFileSync(path.join(folder, `${name}.crt`), cert);
    writeFileSync(path.join(folder, `${name}.key`), key);
  }
  symlinkSync("first.crt", files.cert);
  symlinkSync("first.key", files.key);
  const { presented, notices, look } = open();
  await look();
  expect(presented).toEqual([first.cert]);
  for (const [file, target] of [
    [files.cert, "second.crt"],
    [files.key, "second.key"],
  ] as const) {
    unlinkSync(file);
    symlinkSync(target, file);
  }
  await look();
  await eventually(() => expect(presented).toEqual([first.cert, second.cert]));
  expect(notices).toEqual([expect.stringContaining(files.cert)]);
});

test.each([
  [
    "the key is still the former one",
    (pair: ReturnType<typeof newPair>) => write({ cert: pair.cert }),
  ],
  [
    "half of it is written",
    (pair: ReturnType<typeof newPair>) => write({ cert: pair.cert.slice(0, 300) }),
  ],
  ["a file is not there", () => unlinkSync(files.key)],
])("while %s the former certificate stays, which is said once", async (_, change) => {
  const [first, second] = [newPair(), newPair()];
  write(first);
  const { presented, notices, look } = open();
  change(second);
  await look();
  await eventually(() => expect(notices).toHaveLength(1));
  await look();
  expect(presented).toEqual([first.cert]);
  write(second);
  await look();
  await eventually(() => expect(presented).toEqual([first.cert, second.cert]));
  expect(notices[0]).toContain("the former certificate stays");
  expect(notices).toHaveLength(2);
});

test("a pair that never fitted together is refused at the start", () => {
  write({ cert: newPair().cert, key: newPair().key });
  expect(open).toThrow();
});
