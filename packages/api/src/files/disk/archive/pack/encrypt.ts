import type { Encryption, Unlock } from "@claw/core/backup/backup";
import type { ByteSink } from "@claw/core/backup/codec/frames";
import { DomainError, messageOf } from "@claw/core/errors";
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** 2^17 rounds take 128 MB of memory and half a second: OWASP's advice for scrypt. */
const SCRYPT_LOG_ROUNDS = 17;

/** An encryption, and the key to its result: for reading back what was just written. */
export interface OwnEncryption {
  encryption: Encryption;
  unlock: Unlock;
  /** A temporary recipient, whose identity is forgotten once the archive is verified. */
  proof: string | null;
}

export async function prepareEncryption(encryption: Encryption): Promise<OwnEncryption> {
  if (encryption.kind === "passphrase")
    return { encryption, unlock: { passphrase: encryption.passphrase }, proof: null };
  const identity = await generateX25519Identity();
  return { encryption, unlock: { identity }, proof: await identityToRecipient(identity) };
}

/** A sink that passes its input on as an age file. */
export async function encryptTo(
  sink: ByteSink,
  { encryption, proof }: OwnEncryption,
): Promise<ByteSink> {
  const encrypter = encrypterOf(encryption);
  if (proof !== null) encrypter.addRecipient(proof);
  const plain = new TransformStream<Uint8Array, Uint8Array>();
  const writer = plain.writable.getWriter();
  const encrypted = await encrypter.encrypt(plain.readable);
  const passing = passOn(encrypted, sink);
  passing.catch(() => undefined); // reported to the next writer
  return {
    async write(bytes) {
      // A copy: the stream keeps its input.
      await Promise.race([writer.write(Uint8Array.from(bytes)), passing]);
    },
    async end() {
      await Promise.race([writer.close(), passing]);
      await passing;
    },
  };
}

function encrypterOf(encryption: Encryption): Encrypter {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_LOG_ROUNDS);
  try {
    if (encryption.kind === "passphrase") encrypter.setPassphrase(encryption.passphrase);
    else for (const recipient of encryption.recipients) encrypter.addRecipient(recipient);
  } catch (error) {
    throw new DomainError(
      "INVALID_INPUT",
      `The backup cannot be encrypted: ${messageOf(error)}. Check the public keys and try again.`,
      { cause: error },
    );
  }
  return encrypter;
}

async function passOn(bytes: ReadableStream<Uint8Array>, sink: ByteSink): Promise<void> {
  for await (const part of bytes) await sink.write(part);
  await sink.end();
}
