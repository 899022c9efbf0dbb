import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type Docker from "dockerode";

/**
 * Turns a truncated answer into an error. docker-modem buffers answers itself and then never calls
 * back (docker-modem 5, `buildRequest`), so they are buffered here. `onDate` receives the `Date` of
 * each.
 */
export function withWholeAnswers(
  docker: Docker,
  onDate: (date: string | undefined) => void,
): Docker {
  const { modem } = docker;
  const dial = modem.dial.bind(modem);
  modem.dial = (options, callback) => {
    if (options.isStream) return dial(options, callback);
    dial({ ...options, isStream: true }, (error, response) => {
      if (error) return callback?.(error, null);
      const message = response as IncomingMessage;
      onDate(message.headers.date);
      buffer(message).then(
        (body) => callback?.(null, parsed(body)),
        (broken: Error) => callback?.(broken, null),
      );
    });
  };
  return docker;
}

/** A few endpoints answer with plain text. */
function parsed(body: Buffer): object {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body;
  }
}
