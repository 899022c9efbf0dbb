import type { Visitor } from "./browser.ts";
import type { Person } from "./session.ts";
import type { World, WorldName } from "./worlds.ts";

/** A page or dialog as it can be looked at: how one gets there, and how things are put back. */
export interface Scene {
  name: string;
  world: WorldName;
  path: string;
  /** The viewer, if not the administrator; null: signed out. */
  person?: Person | null;
  show(visitor: Visitor, world: World): Promise<void>;
  /** Expected messages of the browser's console. */
  errors?: readonly RegExp[];
  leave?(world: World): Promise<void> | void;
}
