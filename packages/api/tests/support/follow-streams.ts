import type { ViewerStream, ViewerStreams } from "../../src/services/runtime/viewer-streams.ts";

/** The streams that are opened from now on, in order; also those that have ended. */
export function followStreams(streams: ViewerStreams): readonly ViewerStream[] {
  const opened: ViewerStream[] = [];
  const open = streams.open.bind(streams);
  streams.open = (...args) => {
    const stream = open(...args);
    opened.push(stream);
    return stream;
  };
  return opened;
}
