export interface DiskSpace {
  free: number;
  /** Equal for two places whose free space is the same: what one uses, the other loses. */
  device: string;
}
