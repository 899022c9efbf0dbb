import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** macOS and iOS refuse more than 825 days, also from an authority that was imported. */
const LEAF_DAYS = 90;
/** Clocks of colleagues' machines may be behind. */
const BEFORE_DAYS = 1;

const COMMON_NAME = "2.5.4.3";
const ECDSA_WITH_SHA256 = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });

/** A key that every browser and operating system takes. */
export function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/**
 * The certificate of an authority that can vouch for `names` and everything below them, and for
 * nothing else: a colleague who imports it does not trust the panel with other sites. PEM.
 */
export function issueAuthority(
  { key, publicKey }: KeyPair,
  { names, now }: { names: readonly string[]; now: number },
): string {
  const own = nameOf(`ClawMultiDeploy CA ${randomBytes(4).toString("hex")}`);
  return signed(key, {
    issuer: own,
    subject: own,
    validity: validity(now, AUTHORITY_DAYS),
    publicKey,
    extensions: [
      critical(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign)),
      critical(id_ce_nameConstraints, constraints(names)),
      plain(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      plain(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdOf(publicKey))),
    ],
  });
}

interface KeyPair {
  /** Signs. */
  key: KeyObject;
  /** Is certified. */
  publicKey: KeyObject;
}

/** The certificate of a server with these names, by the authority of the PEM `issuer`. PEM. */
export function issueLeaf(
  { key, publicKey }: KeyPair,
  { issuer, names, now }: { issuer: Buffer; names: readonly string[]; now: number },
): string {
  const by = AsnConvert.parse(issuer, Certificate).tbsCertificate;
  return signed(key, {
    issuer: by.subject,
    // Names belong into the extension alone; a common name has no room for a long one.
    subject: nameOf("ClawMultiDeploy"),
    validity: validity(now, LEAF_DAYS),
    publicKey,
    extensions: [
      critical(id_ce_basicConstraints, new BasicConstraints({ cA: false })),
      critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature)),
      plain(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      plain(id_ce_subjectAltName, new SubjectAlternativeName(names.map(generalName))),
      plain(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({
          keyIdentifier: new KeyIdentifier(keyIdOfInfo(by.subjectPublicKeyInfo)),
        }),
      ),
    ],
  });
}

/** Whether an authority's certificate, as DER, lets it vouch for each of these names. */
export function permits(authority: Buffer, names: readonly string[]): boolean {
  const { extensions } = AsnConvert.parse(authority, Certificate).tbsCertificate;
  const found = extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (!found) return false;
  const { permittedSubtrees } = AsnConvert.parse(found.extnValue.buffer, NameConstraints);
  const bases = permittedSubtrees?.map(({ base }) => base) ?? [];
  return names.every((name) =>
    bases.some(({ dNSName, iPAddress }) =>
      isIP(name) === 0
        ? dNSName !== undefined && (name === dNSName || name.endsWith(`.${dNSName}`))
        : iPAddress === constraintOf(name).iPAddress,
    ),
  );
}

/** Without an address among the names, all addresses are excluded: a kind that is not mentioned is free. */
function constraints(names: readonly string[]): NameConstraints {
  const everyAddress = ["0.0.0.0/0", "::/0"].map((iPAddress) => new GeneralName({ iPAddress }));
  const hasAddress = names.some((name) => isIP(name) !== 0);
  return new NameConstraints({
    permittedSubtrees: subtrees(names.map(constraintOf)),
    ...(!hasAddress && { excludedSubtrees: subtrees(everyAddress) }),
  });
}

function subtrees(bases: readonly GeneralName[]): GeneralSubtrees {
  return new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base })));
}

/** Written as the library reads it back. */
function constraintOf(name: string): GeneralName {
  const version = isIP(name);
  if (version === 0) return new GeneralName({ dNSName: name });
  const alone = new GeneralName({ iPAddress: `${name}/${version === 4 ? 32 : 128}` });
  return AsnConvert.parse(AsnConvert.serialize(alone), GeneralName);
}

function generalName(name: string): GeneralName {
  return new GeneralName(isIP(name) === 0 ? { dNSName: name } : { iPAddress: name });
}

function signed(
  key: KeyObject,
  certified: Pick<TBSCertificate, "issuer" | "subject" | "validity"> & {
    publicKey: KeyObject;
    extensions: Extension[];
  },
): string {
  const { publicKey, extensions, ...rest } = certified;
  const tbsCertificate = new TBSCertificate({
    ...rest,
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: ECDSA_WITH_SHA256,
    subjectPublicKeyInfo: infoOf(publicKey),
    extensions: new Extensions(extensions),
  });
  const signature = sign("sha256", Buffer.from(AsnConvert.serialize(tbsCertificate)), key);
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: ECDSA_WITH_SHA256,
    signatureValue: bytesOf(signature),
  });
  return pem(Buffer.from(AsnConvert.serialize(certificate)));
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** Positive, and without a leading zero. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytesOf(bytes);
}

function validity(now: number, days: number): Validity {
  return new Validity({
    notBefore: new Date(now - BEFORE_DAYS * DAY_MS),
    notAfter: new Date(now + days * DAY_MS),
  });
}

function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  const type = COMMON_NAME;
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })])]);
}

function infoOf(publicKey: KeyObject): SubjectPublicKeyInfo {
  return AsnConvert.parse(publicKey.export({ type: "spki", format: "der" }), SubjectPublicKeyInfo);
}

const keyIdOf = (publicKey: KeyObject) => keyIdOfInfo(infoOf(publicKey));

function keyIdOfInfo({ subjectPublicKey }: SubjectPublicKeyInfo): ArrayBuffer {
  const hash = createHash("sha256").update(Buffer.from(subjectPublicKey)).digest();
  return bytesOf(hash.subarray(0, 20));
}

/** Exactly these bytes: a Buffer may share its memory with others. */
function bytesOf(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}

const critical = (extnID: string, value: unknown) => extension(extnID, value, true);
const plain = (extnID: string, value: unknown) => extension(extnID, value, false);

function extension(extnID: string, value: unknown, isCritical: boolean): Extension {
  const extnValue = new OctetString(AsnConvert.serialize(value));
  return new Extension({ extnID, critical: isCritical, extnValue });
}
