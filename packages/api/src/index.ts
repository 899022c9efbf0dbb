export { type ClawClient, type ClawClientOptions, createClawClient } from "./client.ts";
export type { AppRouter, RouterInputs, RouterOutputs } from "./trpc/root.ts";
