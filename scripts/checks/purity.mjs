/** core has no clock and no randomness of the language's own. What it may not import or name is in biome.json. */
import { walk } from "./parse.mjs";
import { isTest } from "./project.mjs";
import { roomOf } from "./rooms.mjs";

const isMember = (node, object, property) =>
  node.type === "MemberExpression" &&
  !node.computed &&
  node.object.name === object &&
  node.property.name === property;

function impureUse(node) {
  if (isMember(node, "Math", "random")) return "randomness (Math.random)";
  if (isMember(node, "Date", "now")) return "the clock (Date.now)";
  if (node.type === "NewExpression" && node.callee.name === "Date" && !node.arguments.length) {
    return "the clock (new Date())";
  }
  if (node.type === "CallExpression" && node.callee.name === "Date") return "the clock (Date())";
  return undefined;
}

export function checkPurity({ files }) {
  const violations = [];
  for (const { name, tree } of files.values()) {
    if (isTest(name) || roomOf(name) !== "core") continue;
    walk(tree.program, (node) => {
      const what = impureUse(node);
      if (!what) return;
      const message = `core uses ${what}`;
      violations.push({ rule: "purity", file: name, line: node.loc.start.line, message });
    });
  }
  return violations;
}
