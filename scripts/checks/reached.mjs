/**
 * Files of core that the product does not reach. knip finds such files elsewhere; but core's
 * package.json exports every file ("./*"), so knip treats each as an entry.
 */
import { isTest } from "./project.mjs";
import { roomOf } from "./rooms.mjs";

export function checkReached({ files }) {
  const product = [...files.keys()].filter((name) => !isTest(name));
  const isCore = (name) => roomOf(name) === "core";
  const reached = new Set(product.filter((name) => !isCore(name)));
  for (const name of reached) {
    for (const { target } of files.get(name).imports) if (target) reached.add(target);
  }
  return product
    .filter((name) => !reached.has(name))
    .map((name) => ({ rule: "reached", file: name, line: 1, message: "only tests reach it" }));
}
