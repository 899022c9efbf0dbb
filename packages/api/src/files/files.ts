import type { InstanceId } from "@claw/core/instance";

/**
 * The panel's files. Reads and writes never follow a link that an instance planted. Writes are
 * whole or not at all. Rejects with FILES_DENIED (with the path and what to do) when the system
 * refuses, DISK_FULL when there is no space.
 */
export interface Files {
  /** True when there is anything in the place of an instance's folder. */
  hasInstance(id: InstanceId): Promise<boolean>;
  /**
   * Makes the folders of an instance, owned by whom its container runs as. What is in them
   * already is kept.
   */
  createInstance(id: InstanceId): Promise<void>;
  /**
   * Removes an instance's folders and all in them; no-op when there are none. Rejects with
   * FILES_DENIED while something of them cannot be removed, and goes on with that when called again.
   */
  removeInstance(id: InstanceId): Promise<void>;
  /** Ids of all instance folders that exist. */
  listInstances(): Promise<InstanceId[]>;

  /** Text of openclaw.json, or null when there is none. Rejects with CONFIG_INVALID if not UTF-8. */
  readConfig(id: InstanceId): Promise<string | null>;
  writeConfig(id: InstanceId, text: string): Promise<void>;
  /** Tells that openclaw.json may have changed, or what OpenClaw keeps beside it, until `signal` aborts. */
  configChanges(id: InstanceId, signal: AbortSignal): AsyncIterable<void>;

  /** True when openclaw.json is there, whatever it is. */
  hasConfig(id: InstanceId): Promise<boolean>;
  /** Hands the folders to whom the container runs as, which Docker has made as root. */
  ownFolders(id: InstanceId): Promise<void>;
  /** Tells the data folder of an instance from any other in its place; null when there is none. */
  dataFolder(id: InstanceId): Promise<string | null>;
  /** Runs `look` while a file of the name that it is given lies in the data folder. */
  withMark<T>(id: InstanceId, look: (name: string) => Promise<T>): Promise<T | "no folder">;

  readTemplate(name: string): Promise<string>;
  /** Writes what `render` gives to docker-compose.yml; calls take turns, so the last one wins. */
  updateCompose(render: () => Promise<string>): Promise<void>;

  /** Bytes of the disk that holds the home folder. */
  diskUsage(): Promise<{ total: number; free: number }>;
}
