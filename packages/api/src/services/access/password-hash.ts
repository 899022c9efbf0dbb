import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { DomainError } from "@claw/core/errors";
import pLimit from "p-limit";

/** OWASP's parameters: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const BYTES = 32;

/** Callers beyond this queue length are refused at once instead of waiting for minutes. */
const QUEUE_LIMIT = 200;

const derive = promisify(argon2);
/** Each hash needs 19 MiB and one of Node's four threads. */
const turns = pLimit(2);

/** Placeholder hash for users who do not exist or have no password. */
const NOBODY = phc(Buffer.alloc(16, 1), Buffer.alloc(BYTES, 2));

/** The password hash to store: argon2id, as a PHC string. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return phc(salt, await run(password, salt, { memory: MEMORY_KIB, passes: PASSES }));
}

/** Whether the password matches; takes as long when there is no hash. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(hash ?? NOBODY);
  if (!match) return false;
  const [, memory, passes, salt = "", tag = ""] = match;
  const expected = Buffer.from(tag, "base64");
  const cost = { memory: Number(memory), passes: Number(passes) };
  const found = await run(password, Buffer.from(salt, "base64"), cost);
  return hash !== null && found.length === expected.length && timingSafeEqual(found, expected);
}

async function run(
  password: string,
  nonce: Buffer,
  cost: { memory: number; passes: number },
): Promise<Buffer> {
  if (turns.pendingCount > QUEUE_LIMIT)
    throw new DomainError("TOO_MANY_ATTEMPTS", "Too many people log in right now. Try again.", {
      retryAfterSeconds: 10,
    });
  const message = password.normalize("NFC");
  return turns(() =>
    derive("argon2id", { message, nonce, parallelism: LANES, tagLength: BYTES, ...cost }),
  );
}

function phc(salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${text(salt)}$${text(tag)}`;
}
