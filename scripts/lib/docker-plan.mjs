/**
 * Decides what to do about a Docker Engine that does not answer. Pure: facts about the machine are
 * input.
 */

const WITH_DOCKER_IO = new Set(["debian", "ubuntu"]);

/** ID and ID_LIKE of /etc/os-release as a list. */
export function distributions(osRelease = "") {
  const value = (name) => new RegExp(`^${name}="?([^"\\n]*)"?$`, "m").exec(osRelease)?.[1] ?? "";
  return `${value("ID")} ${value("ID_LIKE")}`.split(/\s+/).filter(Boolean);
}

export const isDebian = (osRelease) =>
  distributions(osRelease).some((name) => WITH_DOCKER_IO.has(name));

/**
 * facts: {problem, platform, root, osRelease, mayInstall, hostSet, hasDockerd, systemd}
 * → {action: "none"} | {action: "set-up", install, via: "systemd" | "spawn"} | {action: "advise", advice}
 */
export function planDocker(facts) {
  if (!facts.problem) return { action: "none" };
  if (facts.hostSet) return { action: "advise", advice: "check-host" };
  if (facts.platform === "win32" || facts.platform === "darwin") {
    return { action: "advise", advice: "docker-desktop" };
  }
  if (facts.problem === "EACCES" || facts.problem === "EPERM") {
    return { action: "advise", advice: "permission" };
  }
  if (facts.platform === "linux" && facts.root && facts.mayInstall && isDebian(facts.osRelease)) {
    return {
      action: "set-up",
      install: !facts.hasDockerd,
      via: facts.systemd ? "systemd" : "spawn",
    };
  }
  return {
    action: "advise",
    advice: facts.hasDockerd
      ? "start-service"
      : isDebian(facts.osRelease)
        ? "install-debian"
        : "install",
  };
}
