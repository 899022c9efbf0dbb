import type { DomainError } from "@claw/core/errors";
import type { Reserve } from "../../../reserve.ts";
import type { Owner } from "../atomic-file.ts";

export interface DiskStorageOptions {
  home: string;
  /** The containers' user, or null when the panel's own user owns what it creates. */
  owner: Owner | null;
  /** Space released for small writes when the disk is full. */
  reserve?: Pick<Reserve, "spendOn">;
  /** Receives what still cannot be removed of a deleted instance; the next start retries. */
  onRest?: (error: DomainError) => void;
}
