/** A credential that OpenClaw stores, by the id of its profile and the agent that may use it. */
export interface SavedSignIn {
  profileId: string;
  agentId: string;
}

const TOLD = /openclaw models auth activate (\S+:setup-[\w-]+) --agent ([\w-]+)/;
const PINNED = /@\S+:setup-[\w-]+$/;

/**
 * The credential that `openclaw onboard` saved but did not put to use; null when there is none.
 * OpenClaw does so, with exit code 1, whenever it has a credential of that provider already, even
 * one that never worked (OpenClaw 2026.9.6).
 */
export function savedSignIn(output: string): SavedSignIn | null {
  const [, profileId, agentId] = TOLD.exec(output) ?? [];
  return profileId && agentId ? { profileId, agentId } : null;
}

/**
 * Agents whose own model names a credential put to use by `openclaw models auth activate`. Such a
 * model prevails over the default, which onboarding another provider changes.
 */
export function agentsWithSignIn(config: Record<string, unknown>): string[] {
  const entries = objectAt(objectAt(config.agents).entries);
  return Object.entries(entries).flatMap(([agentId, entry]) => {
    const { model } = objectAt(entry);
    return typeof model === "string" && PINNED.test(model) ? [agentId] : [];
  });
}

function objectAt(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
