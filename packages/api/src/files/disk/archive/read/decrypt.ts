import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { Unlock } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import { Decrypter } from "age-encryption";

/** 2^18 rounds take 256 MB of memory: age's own default, and the most that is tried. */
const SCRYPT_LOG_ROUNDS_MAX = 18;

/**
 * What is in an age file, a piece at a time. Rejects with ARCHIVE_LOCKED when `unlock` does not
 * open it, ARCHIVE_INVALID when it is damaged.
 */
export async function* decrypted(
  chunks: AsyncIterable<Uint8Array>,
  unlock: Unlock | undefined,
): AsyncGenerator<Uint8Array> {
  if (!unlock) throw locked("This backup is encrypted. Give its passphrase or its key to open it.");
  try {
    const plain = await decrypterOf(unlock).decrypt(ReadableStream.from(modest(chunks)));
    yield* plain;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (/^no identity matched|^invalid identity/.test(messageOf(error)))
      throw locked("This passphrase or key does not open the backup. Check it and try again.");
    throw archiveInvalid(`its encryption is damaged (${messageOf(error)})`, { cause: error });
  }
}

function decrypterOf(unlock: Unlock): Decrypter {
  const decrypter = new Decrypter();
  if ("passphrase" in unlock) decrypter.addPassphrase(unlock.passphrase);
  else decrypter.addIdentity(unlock.identity);
  return decrypter;
}

const locked = (message: string) => new DomainError("ARCHIVE_LOCKED", message);

/** Refuses a header that asks for so much memory that the panel would suffer. */
async function* modest(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of chunks) {
    if (first) {
      const head = Buffer.from(chunk.subarray(0, 200)).toString("latin1");
      const rounds = Number(
        /^age-encryption\.org\/v1\n-> scrypt \S+ ([0-9]+)\n/.exec(head)?.[1] ?? 0,
      );
      if (rounds > SCRYPT_LOG_ROUNDS_MAX)
        throw archiveInvalid("its encryption asks for too much memory");
    }
    first = false;
    yield chunk;
  }
}
