/**
 * Members that one file alone may use. Whatever else has to happen with each call happens there, and
 * nothing passes by it.
 */
import { isTest } from "./project.mjs";

/** Member → the file, and what would be missing without it. */
const DOORS = {
  writeConfig: {
    only: "packages/api/src/services/instance/config-versions.ts",
    why: "call writeInstanceConfig, or the text is in no history",
  },
};

export function checkDoors({ files }) {
  return [...files.values()]
    .filter(({ name }) => !isTest(name))
    .flatMap(({ name, members }) =>
      members
        .filter((used) => Object.hasOwn(DOORS, used.name) && DOORS[used.name].only !== name)
        .map((used) => {
          const message = `${used.name}: ${DOORS[used.name].why}`;
          return { rule: "door", file: name, line: used.line, message };
        }),
    );
}
