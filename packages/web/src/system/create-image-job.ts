import { createMemo, createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { isUnfinished } from "../live/create-job-feed.ts";
import { useLive } from "../live/live-context.tsx";

/** Fetching the image: its newest job, and the action that starts one. */
export function createImageJob() {
  const api = useApi();
  const live = useLive();
  const [asking, setAsking] = createSignal(false);
  const job = createMemo(() => live.jobs.list().find((one) => one.kind === "image"));
  const running = () => {
    const newest = job();
    return newest && isUnfinished(newest) ? newest : undefined;
  };
  const failed = () => (job()?.status === "failed" ? job() : undefined);
  const get = async () => {
    setAsking(true);
    try {
      await api.trpc.image.get.mutate();
    } catch (error) {
      showFailure(t("failed.image"), error, get);
    } finally {
      setAsking(false);
    }
  };
  return { running, failed, asking, get };
}
