/**
 * Prints the path of a Docker Compose v2 binary, fetched into .cache/ when this machine has none.
 */
import { composeV2 } from "./lib/compose-v2.mjs";
import { explain } from "./lib/words.mjs";

try {
  process.stdout.write(`${await composeV2()}\n`);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
