import { createPublicKey, sign, X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate as Asn1Certificate } from "@peculiar/asn1-x509";
import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../tests/support/deadline.ts";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import type { Certificate, Certificates } from "../certificates.ts";
import { type Authority, authorityText, createAuthority, readAuthority } from "./authority.ts";
import { issueLeaf, permits } from "./issue.ts";
import { CHECK_EVERY_MS, openOwnCertificates } from "./own-certificates.ts";

const DAY_MS = 86_400_000;
const PANEL = ["panel.example.lan", "192.168.1.5", "fd00::5"];

/** A file in memory, which may be full. */
class KeptText {
  text: string | null = null;
  readonly aside: string[] = [];
  isFull = false;
  isStuck = false;
  read = async () => this.text;
  async write(text: string): Promise<void> {
    if (this.isFull) throw new Error("no space left");
    this.text = text;
  }
  async setAside(): Promise<string> {
    if (this.isStuck) throw new Error("it is in use");
    this.aside.push(this.text ?? "");
    this.text = null;
    return `aside-${this.aside.length}.pem`;
  }
}

async function open(
  options: { file?: KeptText; host?: FakeHost; panelNames?: readonly string[] } = {},
) {
  const { file = new KeptText(), host = new FakeHost(), panelNames = PANEL } = options;
  const served = new Set(["claw-anna-1.internal", "claw-ben-2.internal"]);
  const notices: string[] = [];
  const names = { panel: panelNames, domain: "internal" };
  const certificates = await openOwnCertificates({
    names: () => names,
    isServed: (name) => served.has(name),
    file,
    clock: host,
    onNotice: (message) => notices.push(message),
  });
  onTestFinished(() => certificates[Symbol.asyncDispose]());
  return { certificates, file, host, served, notices, names };
}

/** The certificate that clients without SNI see. */
function panelOf(certificates: Certificates): Certificate[] {
  const presented: Certificate[] = [];
  certificates.follow((panel) => presented.push(panel));
  return presented;
}

/** The certificate that a client, which trusts only `ca`, accepts as `name`'s. */
async function accepted(
  { cert, key }: Certificate,
  { ca, name }: { ca: string; name: string },
): Promise<X509Certificate | undefined> {
  const server = tls.createServer({ cert, key }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = tls.connect({ host: "127.0.0.1", port, ca, servername: name });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerX509Certificate();
  } finally {
    socket.destroy();
    server.close();
  }
}

/** A certificate for any names, made with the stolen key of the authority. */
function forged(text: string, names: readonly string[], now = Date.now()): Certificate {
  const { certificate, key, serverKey } = readAuthority(text);
  const pair = { key, publicKey: createPublicKey(serverKey) };
  const cert = issueLeaf(pair, { issuer: certificate.raw, names, now });
  return { cert, key: serverKey.export({ type: "pkcs8", format: "pem" }) };
}

test.each([
  "panel.example.lan",
  "claw-anna-1.internal",
  "a.b.internal",
])("a browser that trusts the authority accepts %s", async (name) => {
  const { certificates, file } = await open();
  const ca = certificates.authority()?.pem ?? "";
  const leaf = await accepted(forged(file.text ?? "", [name]), { ca, name });
  expect(leaf?.checkHost(name)).toBe(name);
});

test.each([
  ["another site", "www.example.com"],
  ["a site that ends like one of its own", "notinternal"],
  ["the domain above the panel's", "example.lan"],
])("its key alone makes nobody accept %s", async (_, name) => {
  const { certificates, file } = await open();
  const ca = certificates.authority()?.pem ?? "";
  await expect(accepted(forged(file.text ?? "", [name]), { ca, name })).rejects.toThrow(
    "permitted subtree violation",
  );
});

test.each([
  ["among which it has others", PANEL, "permitted subtree violation"],
  ["where it has none", ["panel.example.lan"], "excluded subtree violation"],
])("nor an address, %s", async (_, panelNames, why) => {
  const { certificates, file } = await open({ panelNames });
  const ca = certificates.authority()?.pem ?? "";
  for (const address of ["127.0.0.1", "2001:db8::7"])
    await expect(
      accepted(forged(file.text ?? "", ["panel.example.lan", address]), {
        ca,
        name: "panel.example.lan",
      }),
    ).rejects.toThrow(why);
});

/** The certificate of one authority, signed by another's key instead of its own. */
function vouchedFor({ certificate }: Authority, by: Authority): string {
  const signing = AsnConvert.parse(certificate.raw, Asn1Certificate);
  signing.tbsCertificate.issuer = AsnConvert.parse(
    by.certificate.raw,
    Asn1Certificate,
  ).tbsCertificate.subject;
  const certified = Buffer.from(AsnConvert.serialize(signing.tbsCertificate));
  signing.signatureValue = new Uint8Array(sign("sha256", certified, by.key)).buffer;
  return new X509Certificate(Buffer.from(AsnConvert.serialize(signing))).toString();
}

test("nor another authority below it", async () => {
  const { certificates, file } = await open();
  const root = readAuthority(file.text ?? "");
  const below = createAuthority({ names: ["internal"], now: Date.now() });
  const under = vouchedFor(below, root);
  const leaf = issueLeaf(
    { key: below.key, publicKey: createPublicKey(below.serverKey) },
    { issuer: below.certificate.raw, names: ["claw-anna-1.internal"], now: Date.now() },
  );
  const key = below.serverKey.export({ type: "pkcs8", format: "pem" });
  const ca = certificates.authority()?.pem ?? "";
  await expect(
    accepted({ cert: leaf + under, key }, { ca, name: "claw-anna-1.internal" }),
  ).rejects.toThrow("path length constraint exceeded");
});

test("the panel's certificate has all of its names, also addresses", async () => {
  const { certificates } = await open();
  const [panel] = panelOf(certificates);
  const leaf = new X509Certificate(panel?.cert ?? "");
  expect(leaf.checkHost("panel.example.lan")).toBe("panel.example.lan");
  expect(leaf.checkIP("192.168.1.5")).toBe("192.168.1.5");
  expect(leaf.checkIP("fd00::5")).toBe("fd00::5");
  expect(leaf.validToDate.getTime() - leaf.validFromDate.getTime()).toBeLessThan(398 * DAY_MS);
  expect(certificates.forName("panel.example.lan")).toBeNull();
});

test("an instance has one of its own, made once; nothing is issued for a name of nobody", async () => {
  const { certificates, served } = await open();
  const anna = certificates.forName("claw-anna-1.internal");
  expect(anna).not.toBeNull();
  expect(certificates.forName("claw-anna-1.internal")).toBe(anna);
  expect(certificates.forName("claw-ben-2.internal")).not.toBe(anna);
  for (const name of ["claw-eve-3.internal", "www.example.com", ""])
    expect(certificates.forName(name)).toBeNull();
  served.delete("claw-anna-1.internal");
  expect(certificates.forName("claw-anna-1.internal")).toBeNull();
});

test("certificates are renewed as time passes, under the same authority and key", async () => {
  const { certificates, host } = await open();
  const authority = certificates.authority();
  const presented = panelOf(certificates);
  const anna = certificates.forName("claw-anna-1.internal");
  host.advance(59 * DAY_MS);
  await eventually(() => expect(host.asleep).toBe(1));
  expect(certificates.forName("claw-anna-1.internal")).toBe(anna);
  expect(presented).toHaveLength(1);

  host.advance(2 * DAY_MS);
  await eventually(() => expect(presented).toHaveLength(2));
  expect(certificates.forName("claw-anna-1.internal")).not.toBe(anna);
  const [before, after] = presented.map(({ cert }) => new X509Certificate(cert));
  expect(after?.validToDate.getTime()).toBeGreaterThan(before?.validToDate.getTime() ?? Infinity);
  expect(after?.publicKey.equals(before?.publicKey ?? after.publicKey)).toBe(true);
  expect(after?.verify(new X509Certificate(authority?.pem ?? "").publicKey)).toBe(true);
  expect(certificates.authority()).toEqual(authority);
});

test("names that change while the panel runs are presented at once, by a new authority where they need one", async () => {
  const { certificates, names, file, notices } = await open();
  const presented = panelOf(certificates);
  const namesOf = (index: number) => new X509Certificate(presented[index]?.cert ?? "");
  const authority = certificates.authority();
  names.panel = ["panel.example.lan"];
  await certificates.renew();
  expect(namesOf(1).checkHost("panel.example.lan")).toBe("panel.example.lan");
  expect(namesOf(1).checkIP("192.168.1.5")).toBeUndefined();
  expect(certificates.authority()).toEqual(authority);

  names.panel = ["panel.example.lan", "claw.example.com"];
  await certificates.renew();
  expect(namesOf(2).checkHost("claw.example.com")).toBe("claw.example.com");
  expect(certificates.authority()).not.toEqual(authority);
  expect(file.aside).toHaveLength(1);
  expect(notices).toEqual([expect.stringContaining("everybody has to import")]);

  await certificates.renew();
  expect(presented).toHaveLength(3);
});

test("a new authority that fails is a notice, and is tried again; the former stays until then", async () => {
  const { certificates, names, file, host, notices } = await open();
  const presented = panelOf(certificates);
  const authority = certificates.authority();
  await eventually(() => expect(host.asleep).toBe(1));

  names.panel = ["0:0:0:0:0:ffff:192.168.1.5"];
  await certificates.renew();
  expect(notices).toEqual([expect.stringContaining("renewing the panel's certificates: ")]);
  expect([file.aside, certificates.authority()]).toEqual([[], authority]);

  names.panel = ["claw.example.com"];
  file.isStuck = true;
  await certificates.renew();
  expect(notices[1]).toBe("renewing the panel's certificates: it is in use");
  expect([presented.length, certificates.authority()]).toEqual([1, authority]);

  file.isStuck = false;
  host.advance(CHECK_EVERY_MS);
  await eventually(() => expect(presented).toHaveLength(2));
  expect(new X509Certificate(presented[1]?.cert ?? "").checkHost("claw.example.com")).toBe(
    "claw.example.com",
  );
  expect(file.aside).toHaveLength(1);
});

test("a clock that was ahead leaves no certificate that is not valid yet", async () => {
  const host = new FakeHost();
  host.advance(40 * DAY_MS);
  const { certificates } = await open({ host });
  const presented = panelOf(certificates);
  await eventually(() => expect(host.asleep).toBe(1));
  host.advance(-40 * DAY_MS);
  host.advance(CHECK_EVERY_MS);
  await eventually(() => expect(presented).toHaveLength(2));
  const leaf = new X509Certificate(presented[1]?.cert ?? "");
  expect(leaf.validFromDate.getTime()).toBeLessThan(host.now());
});

test("the authority outlives the panel", async () => {
  const file = new KeptText();
  const first = await open({ file });
  const second = await open({ file });
  expect(second.certificates.authority()).toEqual(first.certificates.authority());
  expect(second.notices).toEqual([]);
  expect(file.aside).toEqual([]);
});

test.each([
  ["was cut off", (text: string) => text.slice(0, -200)],
  ["holds bytes that are no key", (text: string) => text.replace(/KEY-----\n.{20}/, "KEY-----\n$")],
  ["is empty", () => ""],
  [
    "holds the key of another authority",
    (text: string) => {
      const other = createAuthority({ names: ["internal"], now: Date.now() });
      return authorityText({ ...readAuthority(text), key: other.key });
    },
  ],
  [
    "holds a certificate that is none of an authority",
    (text: string) =>
      authorityText({ ...readAuthority(text), pem: String(forged(text, ["a.internal"]).cert) }),
  ],
])("a file that %s is put aside, and a notice reports the new authority", async (_, damage) => {
  const file = new KeptText();
  const first = await open({ file });
  const damaged = damage(file.text ?? "");
  file.text = damaged;
  const { certificates, notices } = await open({ file });
  expect(file.aside).toEqual([damaged]);
  expect(notices).toEqual([expect.stringMatching(/new certificate authority.*aside-1\.pem/)]);
  expect(certificates.authority()?.fingerprint).not.toBe(
    first.certificates.authority()?.fingerprint,
  );
  expect(readAuthority(file.text ?? "").pem).toBe(certificates.authority()?.pem);
});

test("a file with the line ends of Windows is whole", async () => {
  const file = new KeptText();
  const first = await open({ file });
  file.text = file.text?.replaceAll("\n", "\r\n") ?? null;
  const second = await open({ file });
  expect(second.certificates.authority()).toEqual(first.certificates.authority());
});

test("a name that the authority does not permit needs a new one; one name less does not", async () => {
  const file = new KeptText();
  await open({ file });
  const fewer = await open({ file, panelNames: ["panel.example.lan"] });
  expect(fewer.notices).toEqual([]);
  const other = await open({ file, panelNames: ["claw.example.lan"] });
  expect(other.notices).toEqual([expect.stringContaining("internal, claw.example.lan")]);
  const { certificate } = readAuthority(file.text ?? "");
  expect(permits(certificate.raw, ["claw.example.lan", "internal"])).toBe(true);
  expect(permits(certificate.raw, PANEL)).toBe(false);
});

test("before the authority's time ends there is a new one, and all certificates are by that", async () => {
  const { certificates, file, host, notices } = await open();
  const presented = panelOf(certificates);
  certificates.forName("claw-anna-1.internal");
  const before = certificates.authority()?.fingerprint;
  host.advance(3_600 * DAY_MS);
  await eventually(() => expect(presented).toHaveLength(2));
  expect(certificates.authority()?.fingerprint).not.toBe(before);
  expect(readAuthority(file.text ?? "").pem).toBe(certificates.authority()?.pem);
  const leaf = new X509Certificate(presented[1]?.cert ?? "");
  const authority = new X509Certificate(certificates.authority()?.pem ?? "");
  expect(leaf.verify(authority.publicKey)).toBe(true);
  expect(leaf.validToDate.getTime()).toBeLessThan(authority.validToDate.getTime());
  expect(notices.join()).toContain("everybody has to import it and remove the former one");
});

test("a machine whose clock starts far back keeps its authority, and says so", async () => {
  const file = new KeptText();
  const first = await open({ file });
  const host = new FakeHost();
  host.advance(-20_000 * DAY_MS);
  const second = await open({ file, host });
  expect(second.certificates.authority()).toEqual(first.certificates.authority());
  expect(second.notices).toEqual([expect.stringContaining("set this machine's clock")]);
});

test("on a full disk the authority stays in memory until there is room", async () => {
  const file = new KeptText();
  file.isFull = true;
  const { certificates, host, notices } = await open({ file });
  expect(certificates.authority()).not.toBeNull();
  host.advance(CHECK_EVERY_MS);
  await eventually(() => expect(host.asleep).toBe(1));
  expect(notices).toEqual([expect.stringContaining("cannot be written")]);
  file.isFull = false;
  host.advance(CHECK_EVERY_MS);
  await eventually(() =>
    expect(readAuthority(file.text ?? "").pem).toBe(certificates.authority()?.pem),
  );
});
