/**
 * The panel's own files. Writes are atomic. Rejects with FILES_DENIED (with the path and what to
 * do) when the system refuses, DISK_FULL without free space.
 */
export interface Files {
  readTemplate(name: string): Promise<string>;
  /**
   * Writes the result of `render` to docker-compose.yml; calls take turns, so the last one wins.
   */
  updateCompose(render: () => Promise<string>): Promise<void>;

  /** Bytes of the home folder's disk. */
  diskUsage(): Promise<{ total: number; free: number }>;
}
