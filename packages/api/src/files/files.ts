/**
 * The panel's own files. Writes are atomic. Rejects with FILES_DENIED (with the path and what to
 * do) when the system refuses, DISK_FULL without free space.
 */
export interface Files {
  /** Rejects with FILES_DENIED when no template has this name. A path is no name. */
  readTemplate(name: string): Promise<string>;
  /**
   * Writes the result of `render` to docker-compose.yml. Calls take turns: a render sees what the
   * one before it wrote, and the last one wins. A render that fails changes nothing.
   */
  updateCompose(render: () => Promise<string>): Promise<void>;

  /** The schema of configurations that was kept for an image; null without one. */
  readImageSchema(imageId: string): Promise<string | null>;
  keepImageSchema(imageId: string, text: string): Promise<void>;
  /** The ids of the images whose schemas are kept. */
  keptImageSchemas(): Promise<readonly string[]>;
  removeImageSchema(imageId: string): Promise<void>;

  /** Bytes of the home folder's disk. */
  diskUsage(): Promise<{ total: number; free: number }>;
}
