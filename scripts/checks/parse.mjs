/** What a source file imports, exports and touches of the outside world, read from its syntax tree. */
import { parse as parseSource } from "@babel/parser";

/** Call visit(node, parent) for every node of the tree. */
export function walk(node, visit, parent) {
  if (!node || typeof node.type !== "string") return;
  visit(node, parent);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || key.endsWith("Comments")) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === "object") walk(child, visit, node);
    }
  }
}

function parseTree(text, name) {
  const plugins = ["typescript", ...(name.endsWith("x") ? ["jsx"] : [])];
  return parseSource(text, { sourceType: "module", plugins, sourceFilename: name });
}

const nameOf = (node) => node.name ?? node.value;
const line = (node) => node.loc.start.line;

/** Names that a declaration binds: `const {a, b: [c]} = …` gives a, c. */
function boundNames(pattern) {
  if (!pattern) return [];
  if (pattern.type === "Identifier") return [pattern.name];
  if (pattern.type === "ObjectPattern") {
    return pattern.properties.flatMap((p) => boundNames(p.value ?? p.argument));
  }
  if (pattern.type === "ArrayPattern") return pattern.elements.flatMap(boundNames);
  if (pattern.type === "AssignmentPattern") return boundNames(pattern.left);
  if (pattern.type === "RestElement") return boundNames(pattern.argument);
  return [];
}

const isTypeDeclaration = (node) => /^TS(Interface|TypeAlias)Declaration$/.test(node.type);

function declaredNames(declaration) {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => boundNames(id));
  }
  return declaration.id ? [declaration.id.name] : [];
}

const importOf = (node, source, kind, names) => ({ source, kind, names, line: line(node) });

/** "*" in names stands for everything the other file exports. */
function readImport(node) {
  switch (node.type) {
    case "ImportDeclaration": {
      const names = node.specifiers.map((specifier) => {
        if (specifier.type === "ImportDefaultSpecifier") return "default";
        return specifier.type === "ImportNamespaceSpecifier" ? "*" : nameOf(specifier.imported);
      });
      return importOf(node, node.source.value, node.importKind ?? "value", names);
    }
    case "ExportNamedDeclaration": {
      if (!node.source) return undefined;
      const names = node.specifiers.map((specifier) =>
        specifier.local ? nameOf(specifier.local) : "*",
      );
      return importOf(node, node.source.value, node.exportKind ?? "value", names);
    }
    case "ExportAllDeclaration":
      return importOf(node, node.source.value, node.exportKind ?? "value", ["*"]);
    case "ImportExpression":
      return node.source.type === "StringLiteral"
        ? importOf(node, node.source.value, "value", ["*"])
        : undefined;
    case "CallExpression":
      return node.callee.type === "Import" && node.arguments[0]?.type === "StringLiteral"
        ? importOf(node, node.arguments[0].value, "value", ["*"])
        : undefined;
    case "TSImportType":
      return importOf(node, (node.argument.literal ?? node.argument).value, "type", ["*"]);
    default:
      return undefined;
  }
}

function readExports(node) {
  if (node.type === "ExportDefaultDeclaration") {
    return [{ name: "default", kind: "value", line: line(node) }];
  }
  if (node.type !== "ExportNamedDeclaration") return [];
  if (node.declaration) {
    const kind = isTypeDeclaration(node.declaration) ? "type" : "value";
    return declaredNames(node.declaration).map((name) => ({ name, kind, line: line(node) }));
  }
  return node.specifiers.map((specifier) => ({
    name: nameOf(specifier.exported),
    kind: node.exportKind ?? "value",
    line: line(specifier),
    from: node.source?.value,
  }));
}

/** → {imports: [{source, kind, names, line}], exports: [{name, kind, line}], tree} */
export function parseFile(text, name) {
  const tree = parseTree(text, name);
  const imports = [];
  const exports = [];
  walk(tree.program, (node) => {
    const found = readImport(node);
    if (found) imports.push(found);
    exports.push(...readExports(node));
  });
  return { imports, exports, tree };
}
