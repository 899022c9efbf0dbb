/** Files that import one another in a circle, types included. */

/** Groups of files that reach one another (Tarjan), each with more than one file or importing itself. */
function findCycles(files) {
  const state = new Map();
  const stack = [];
  const cycles = [];
  let counter = 0;
  const targets = (name) =>
    files
      .get(name)
      .imports.map(({ target }) => target)
      .filter((target) => target && files.has(target));
  function visit(name) {
    const own = { index: counter, low: counter, onStack: true };
    counter++;
    state.set(name, own);
    stack.push(name);
    for (const target of targets(name)) {
      const other = state.get(target);
      if (!other) own.low = Math.min(own.low, visit(target).low);
      else if (other.onStack) own.low = Math.min(own.low, other.index);
    }
    if (own.low === own.index) {
      const group = [];
      let last;
      do {
        last = stack.pop();
        state.get(last).onStack = false;
        group.push(last);
      } while (last !== name);
      if (group.length > 1 || targets(name).includes(name)) cycles.push(group.sort());
    }
    return own;
  }
  for (const name of files.keys()) if (!state.has(name)) visit(name);
  return cycles;
}

export function checkCycles({ files }) {
  return findCycles(files).map((group) => ({
    rule: "cycle",
    file: group[0],
    line: 1,
    message: `imports in a circle: ${group.join(", ")}`,
  }));
}
