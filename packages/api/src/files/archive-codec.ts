import type { BackedUpInstance, Encryption, Unlock } from "@claw/core/backup/backup";
import type { InstanceRecord } from "@claw/core/backup/instance-record";
import type { InstanceId } from "@claw/core/instance";
import type { Draft } from "./backup-repository.ts";
import type { TransferOptions } from "./instance-storage.ts";

/**
 * Packs copies of the instance storage into files of the backup repository, and unpacks them again.
 * Never blocks the event loop. When `signal` aborts, a call rejects with CANCELLED and leaves
 * nothing in the storage. Rejects with DISK_FULL and FILES_DENIED as these two do, and with
 * ARCHIVE_INVALID, with a sentence on the fault, for an untrustworthy archive.
 */
export interface ArchiveCodec {
  /**
   * Packs copies into a draft, which nothing was written to, and flushes it. Resolves with the key
   * to an encrypted one, for reading it back. Rejects with FILES_DENIED when a copy is not there.
   */
  pack(request: ArchiveRequest, draft: Draft, options: ArchiveOptions): Promise<Unlock | null>;
  /** Reads and checks everything but the instances' files; skips the hash of the whole archive. */
  inspect(filename: string): Promise<ArchiveContent>;
  /**
   * Checks every byte of a file or a draft against its checksum. Without `unlock`, checks the
   * ciphertext of an encrypted archive, and `opened` is false.
   */
  verify(file: string | Draft, options: VerifyOptions): Promise<VerifyReport>;
  /**
   * Unpacks one instance of an archive into a staged folder, verified against the manifest and
   * owned by the container's user; then checks its configuration's syntax and every SQLite
   * database, and deletes the gateway's owner lease. Reads no other instance of the archive.
   */
  unpack(request: UnpackRequest, options: TransferOptions): Promise<UnpackReport>;
}

export interface ArchiveOptions {
  signal: AbortSignal;
  /**
   * Called a few times a second. `id`: the current instance; `bytes` and `files` are its progress,
   * uncompressed. `read`: bytes read of the archive itself.
   */
  onProgress?: (done: {
    step: "packing" | "verifying";
    id: InstanceId | null;
    bytes: number;
    files: number;
    read?: number;
  }) => void;
}

export interface VerifyOptions extends ArchiveOptions {
  unlock?: Unlock;
}

export interface ArchiveRequest {
  /** The copies, in packing order. */
  instances: { record: InstanceRecord; copy: string }[];
  createdAt: string;
  createdBy: string;
  note: string | null;
  panelVersion: string;
  encryption: Encryption | null;
}

export interface ArchiveContent {
  createdAt: string;
  createdBy: string;
  note: string | null;
  encryption: Encryption["kind"] | null;
  instances: (BackedUpInstance & { record: InstanceRecord })[];
  size: number;
}

export interface VerifiedContent extends ArchiveContent {
  /** Of the whole file, hexadecimal. */
  sha256: string;
}

export interface ArchiveFile extends VerifiedContent {
  filename: string;
}

export interface VerifyReport extends VerifiedContent {
  /** Every file was compared with the manifest. */
  opened: boolean;
}

export interface UnpackRequest {
  filename: string;
  /** The instance in the archive. */
  from: InstanceId;
  /** Name of the staged folder. */
  staged: string;
  unlock?: Unlock;
}

export interface UnpackReport {
  record: InstanceRecord;
  bytes: number;
  files: number;
  /** The faults found, as sentences; empty when the data can be trusted. */
  problems: string[];
}
