import type { TestProject } from "vitest/node";
import { builtPanel } from "./panel-process.ts";

/** Once before all files; and again when vitest watches. */
export default function setup(project: TestProject): void {
  builtPanel();
  project.onTestsRerun(() => void builtPanel());
}
