import { readFileSync } from "node:fs";
import { z } from "zod";

// From src/ and from dist/.
const manifest: unknown = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** The panel's version. */
export const VERSION = z.object({ version: z.string() }).parse(manifest).version;
