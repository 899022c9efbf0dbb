import { BLOCK } from "../seal.ts";

/** A member of an instance's tar. */
export interface TarMember {
  path: string;
  kind: "file" | "folder" | "link";
  /** A link's target. */
  target?: string;
  size: number;
  mode: number;
  /** Whole seconds since 1970. */
  mtime: number;
}

/** Receives the content of one member. */
export interface ContentSink {
  /** The bytes are valid only until it returns. */
  data(bytes: Uint8Array): void;
  end(): void;
}

/** Bytes that fill the last block of so many. */
export const blockRest = (size: number) => (BLOCK - (size % BLOCK)) % BLOCK;
