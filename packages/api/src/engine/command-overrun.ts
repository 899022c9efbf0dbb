import { DomainError } from "@claw/core/errors";

/** A command that was ended at its time limit, where a less busy machine might have let it finish. */
export class CommandOverrun extends DomainError {
  constructor(command: string, seconds: number, cause?: unknown) {
    super(
      "COMMAND_FAILED",
      `The command ${command} did not end within ${seconds} seconds, and was ended.`,
      { cause },
    );
  }
}
