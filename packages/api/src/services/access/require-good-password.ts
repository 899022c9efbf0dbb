import { passwordFault } from "@claw/core/access/password-rule";
import { DomainError } from "@claw/core/errors";

let common: Promise<ReadonlySet<string>> | undefined;

/** Throws PASSWORD_WEAK. */
export async function requireGoodPassword(password: string, username: string): Promise<void> {
  common ??= loadCommon();
  const fault = passwordFault(password, { username, common: await common });
  if (fault !== null) throw new DomainError("PASSWORD_WEAK", fault);
}

/** 49,000 words; loaded only when somebody sets a password. */
async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}
