import { archiveInvalid } from "@claw/core/backup/archive-invalid";
import type { Unlock } from "@claw/core/backup/backup";
import { DomainError, messageOf } from "@claw/core/errors";
import { Decrypter } from "age-encryption";

/** 2^18 rounds take 256 MB of memory: age's own default, and the maximum here. */
const SCRYPT_LOG_ROUNDS_MAX = 18;

/**
 * The content of an age file in pieces. Rejects with ARCHIVE_LOCKED when `unlock` does not open it,
 * ARCHIVE_INVALID when it is damaged.
 */
export async function* decrypted(
  chunks: AsyncIterable<Uint8Array>,
  unlock: Unlock | undefined,
): AsyncGenerator<Uint8Array> {
  if (!unlock) throw locked("This backup is encrypted. Give its passphrase or its key to open it.");
  const decrypter = decrypterOf(unlock);
  try {
    const plain = await decrypter.decrypt(streamOf(modest(chunks)));
    yield* plain;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    if (messageOf(error).startsWith("no identity matched")) throw wrongKey(error);
    throw archiveInvalid(`its encryption is damaged (${messageOf(error)})`, { cause: error });
  }
}

/** As `ReadableStream.from`, which the browser's types lack. */
function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        // A copy: the stream requests the next one before it has used this one.
        else controller.enqueue(Uint8Array.from(next.value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function decrypterOf(unlock: Unlock): Decrypter {
  const decrypter = new Decrypter();
  if ("passphrase" in unlock) decrypter.addPassphrase(unlock.passphrase);
  else addIdentity(decrypter, unlock.identity);
  return decrypter;
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch (error) {
    throw wrongKey(error);
  }
}

const locked = (message: string, options: { cause?: unknown } = {}) =>
  new DomainError("ARCHIVE_LOCKED", message, options);

const wrongKey = (cause: unknown) =>
  locked("This passphrase or key does not open the backup. Check it and try again.", { cause });

/** Refuses a header that demands so much memory that the panel would suffer. */
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
