export interface DiskSpace {
  free: number;
  /** Equal for two places that share their free space. */
  device: string;
}
