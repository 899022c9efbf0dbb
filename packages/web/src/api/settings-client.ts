import type { Api, SystemStatus } from "./client.ts";

/** What an administrator may change about the whole panel. */
export interface Settings {
  allowUnsafeTemplates: boolean;
}

interface SettingsClient {
  saveSettings: { mutate(settings: Settings): Promise<Settings> };
}

export const settingsOf = (api: Api): SettingsClient =>
  api.trpc.system as unknown as SettingsClient;

/** Part of the status, because every page warns of it. */
export const allowsUnsafeTemplates = (status: SystemStatus | undefined): boolean =>
  (status as Partial<Settings> | undefined)?.allowUnsafeTemplates === true;
