/** The mirror from which apt reads Debian itself: it carries every release. */
import { mustRun } from "./run.mjs";
import { Sentence } from "./words.mjs";

export async function debianMirror() {
  const format = ["indextargets", "--format", "$(ORIGIN)|$(CODENAME)|$(REPO_URI)"];
  const lines = (await mustRun("apt-get indextargets", "apt-get", format)).split("\n");
  const main = lines.map((line) => line.split("|")).find(([, name]) => /^[a-z]+$/.test(name ?? ""));
  if (!main) throw new Sentence("apt has no Debian mirror");
  return main[2];
}
