import type { InstanceId } from "@claw/core/instance";

/**
 * The panel's files. Reads and writes never follow a link that an instance planted. Writes are
 * atomic. Rejects with FILES_DENIED (with the path and what to do) when the system refuses,
 * DISK_FULL without free space.
 */
export interface Files {
  /** True when anything exists at the path of an instance's folder. */
  hasInstance(id: InstanceId): Promise<boolean>;
  /** Creates an instance's folders, owned by its container's user. Keeps existing content. */
  createInstance(id: InstanceId): Promise<void>;
  /**
   * Removes an instance's folders with their content; no-op when there are none. Rejects with
   * FILES_DENIED while something cannot be removed; call it again to continue.
   */
  removeInstance(id: InstanceId): Promise<void>;
  /** Ids of all instance folders that exist. */
  listInstances(): Promise<InstanceId[]>;

  /**
   * Text of openclaw.json, or null when there is none. Rejects with CONFIG_INVALID if not UTF-8.
   */
  readConfig(id: InstanceId): Promise<string | null>;
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /**
   * Reports possible changes of openclaw.json, or of OpenClaw's copies beside it, until `signal`
   * aborts.
   */
  configChanges(id: InstanceId, signal: AbortSignal): AsyncIterable<void>;

  /** True when openclaw.json exists, whatever its kind. */
  hasConfig(id: InstanceId): Promise<boolean>;
  /** Gives the folders to the container's user after Docker created them as root. */
  ownFolders(id: InstanceId): Promise<void>;
  /**
   * Identifies an instance's data folder among all that were ever at its path; null when there is
   * none.
   */
  dataFolder(id: InstanceId): Promise<string | null>;
  /** Runs `look` while a file exists in the data folder, and passes its name. */
  withMark<T>(id: InstanceId, look: (name: string) => Promise<T>): Promise<T | "no folder">;

  readTemplate(name: string): Promise<string>;
  /**
   * Writes the result of `render` to docker-compose.yml; calls take turns, so the last one wins.
   */
  updateCompose(render: () => Promise<string>): Promise<void>;

  /** Bytes of the home folder's disk. */
  diskUsage(): Promise<{ total: number; free: number }>;
}
