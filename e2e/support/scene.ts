import type { Visitor } from "./browser.ts";
import type { World, WorldName } from "./worlds.ts";

/** A page or dialog as it can be looked at: how one gets there, and how things are put back. */
export interface Scene {
  name: string;
  world: WorldName;
  path: string;
  show(visitor: Visitor, world: World): Promise<void>;
  /** What the browser's console says at it. */
  errors?: readonly RegExp[];
  leave?(world: World): Promise<void> | void;
}
