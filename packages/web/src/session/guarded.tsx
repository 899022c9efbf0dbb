import { type Component, Show } from "solid-js";
import { Dynamic } from "solid-js/web";
import { part } from "../ui/part.tsx";
import { type Deed, useMay } from "./may.ts";

const ForbiddenPage = part(() => import("./forbidden-page.tsx"), "ForbiddenPage");

/** `page` for who may do what it is for; the others are told why not, and who can help. */
export function guarded(deed: Deed, page: Component): Component {
  return () => {
    const may = useMay();
    return (
      <Show when={may(deed)} fallback={<ForbiddenPage />}>
        <Dynamic component={page} />
      </Show>
    );
  };
}
