import { createContext, onCleanup, type ParentProps, useContext } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { runClock } from "../ui/now.ts";
import { createConditionFeed } from "./create-condition-feed.ts";
import { createConnection } from "./create-connection.ts";
import { createInstanceFeed } from "./create-instance-feed.ts";
import { createJobFeed } from "./create-job-feed.ts";
import { createSystemStatus } from "./create-system-status.ts";

function createLive() {
  const api = useApi();
  onCleanup(runClock());
  const connection = createConnection(api.connection);
  const instances = createInstanceFeed(api);
  const jobs = createJobFeed(api);
  const conditions = createConditionFeed(api);
  const system = createSystemStatus(api, { instances, jobs, connection });
  return { conditions, connection, instances, jobs, system };
}

type Live = ReturnType<typeof createLive>;

const LiveContext = createContext<Live>();

/** The live data of every page; one set of subscriptions for all. */
export function LiveProvider(props: ParentProps) {
  return <LiveContext.Provider value={createLive()}>{props.children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a <LiveProvider> above it.");
  return live;
}
